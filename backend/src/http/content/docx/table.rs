//! A table of a document: as wide as its page, its heads repeated on every page, no row broken between two.

use super::text::escaped;

/// Room between the margins in twentieths of a point: A4 upright and across.
pub const UPRIGHT: usize = 9_070;
pub const ACROSS: usize = 14_570;

/// A text and the side at which it stands: `left`, `right` or `center`.
pub type SidedText = (String, &'static str);

/// A table before it is written.
#[derive(Debug)]
pub struct DocxTable {
    /// The widths of the columns in any unit; the table fills its room.
    pub widths: Vec<usize>,
    /// The heads; a line break is one. None: the table has no head.
    pub head: Vec<String>,
    pub rows: Vec<Vec<SidedText>>,
    /// Across a page that lies.
    pub across: bool,
    /// Small letters.
    pub small: bool,
    /// Empty lines of a form, where there are no rows.
    pub form_lines: usize,
}

impl DocxTable {
    pub fn xml(&self) -> String {
        let whole: usize = self.widths.iter().sum::<usize>().max(1);
        let room = if self.across { ACROSS } else { UPRIGHT };
        let style = if self.small { "Small" } else { "Cell" };
        let columns: Vec<usize> = self.widths.iter().map(|it| it * room / whole).collect();
        let grid: String = columns.iter().map(|it| format!(r#"<w:gridCol w:w="{it}"/>"#)).collect();
        let shade = r#"<w:shd w:val="clear" w:color="auto" w:fill="E4E8EB"/>"#;
        let head = self.head.iter().zip(&columns);
        let head: String =
            head.map(|(text, width)| cell(text, *width, (style, "center"), shade)).collect();
        let mut rows = match self.head.is_empty() {
            true => String::new(),
            false => format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"),
        };
        for row in &self.rows {
            rows.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for ((text, side), width) in row.iter().zip(&columns) {
                rows.push_str(&cell(text, *width, (style, side), ""));
            }
            rows.push_str("</w:tr>");
        }
        if self.rows.is_empty() {
            let blank = columns.iter().map(|it| cell("", *it, (style, "left"), ""));
            let blank: String = blank.collect();
            let line = format!(
                r#"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="400"/></w:trPr>{blank}</w:tr>"#
            );
            rows.push_str(&line.repeat(self.form_lines));
        }
        let sides: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
            .iter()
            .map(|it| format!(r#"<w:{it} w:val="single" w:sz="4" w:space="0" w:color="4A535E"/>"#))
            .collect();
        format!(
            r#"<w:tbl><w:tblPr><w:tblW w:w="{room}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"#
        )
    }
}

fn cell(text: &str, width: usize, (style, side): (&str, &str), shade: &str) -> String {
    let run = match text {
        "" => String::new(),
        text => {
            let lines = text
                .split('\n')
                .map(|it| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(it)));
            format!("<w:r>{}</w:r>", lines.collect::<Vec<_>>().join("<w:br/>"))
        }
    };
    format!(
        r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{side}"/></w:pPr>{run}</w:p></w:tc>"#
    )
}
