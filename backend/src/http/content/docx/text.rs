//! Text, paragraphs and sections of a document.

use super::package::FOOTER;

/// Text of a document: what XML must not hold is left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            it if it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}') => {}
            it => out.push(it),
        }
    }
    out
}

/// A run of text.
pub fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(text))
}

/// A paragraph of runs, by the id of its style.
pub fn paragraph(style: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>"#)
}

/// A paragraph of runs at a side: `left`, `right` or `center`.
pub fn aligned(style: &str, side: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{side}"/></w:pPr>{runs}</w:p>"#)
}

/// A4 with two centimetres or more around, page numbers in the footer.
pub fn section(across: bool) -> String {
    let (size, margin) = match across {
        true => (r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#, 1_134),
        false => (r#"<w:pgSz w:w="11906" w:h="16838"/>"#, 1_418),
    };
    format!(
        r#"<w:sectPr><w:footerReference w:type="default" r:id="{FOOTER}"/>{size}<w:pgMar w:top="1247" w:right="{margin}" w:bottom="1134" w:left="{margin}" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>"#
    )
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_name_of_a_unit_breaks_the_document() {
        assert_eq!(escaped("A&B <\"厂\">\u{0}\u{b}\n1"), "A&amp;B &lt;&quot;厂&quot;&gt; 1");
    }
}
