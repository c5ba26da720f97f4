//! The pack as a report: title page, list of tables, the tables with captions and foot notes, the energy flow. A writer of
//! its own: the crate for it brings decoders of pictures and second versions of two libraries.

mod body;
mod package;
mod table;

use nengce_shared::api::audit_pack::AuditPack;

use super::{figure, layout};

/// The body of the report and its foot notes, as XML.
struct Report {
    body: String,
    footnotes: String,
}

/// The whole file.
pub(super) fn bytes(pack: &AuditPack) -> zip::result::ZipResult<Vec<u8>> {
    let picture = figure::png(pack);
    let checks = layout::checks(pack);
    let size = picture.as_ref().map(|it| (it.1, it.2));
    let report = body::report(pack, &checks, size);
    package::bytes(&report, picture.map(|it| it.0))
}

/// Text of a document: what XML must not hold is left out.
fn escaped(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_name_of_a_unit_breaks_the_document() {
        assert_eq!(escaped("A&B <\"厂\">\u{0}\u{b}\n1"), "A&amp;B &lt;&quot;厂&quot;&gt; 1");
    }
}
