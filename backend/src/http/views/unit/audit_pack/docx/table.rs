//! A table of the report: as wide as its page, its heads repeated on every page, no row broken between two.

use nengce_shared::api::audit_pack::{PackCell, PackSheet};

use super::escaped;
use crate::http::views::unit::audit_pack::layout::{self, FORM_LINES, head_lines, shown, widths};

/// Room between the margins in twentieths of a point: A4 upright and across.
pub(super) const UPRIGHT: usize = 9_070;
pub(super) const ACROSS: usize = 14_570;
/// Wider than so many half-width characters, a table has small letters.
const SMALL_FROM: usize = 110;

pub(super) fn table(sheet: &PackSheet) -> String {
    let widths = widths(sheet);
    let whole: usize = widths.iter().sum::<usize>().max(1);
    let room = if layout::is_landscape(sheet) { ACROSS } else { UPRIGHT };
    let style = if whole > SMALL_FROM { "Small" } else { "Cell" };
    let columns: Vec<usize> = widths.iter().map(|it| it * room / whole).collect();
    let grid: String = columns.iter().map(|it| format!(r#"<w:gridCol w:w="{it}"/>"#)).collect();
    let head = sheet.head.iter().zip(&columns).map(|(text, width)| {
        let shade = r#"<w:shd w:val="clear" w:color="auto" w:fill="E4E8EB"/>"#;
        let lines = if sheet.head.len() > 7 { head_lines(text) } else { vec![text.as_str()] };
        cell(&lines.join("\n"), *width, (style, "center"), shade)
    });
    let head: String = head.collect();
    let mut rows = format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>");
    for row in &sheet.rows {
        rows.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (it, width) in row.iter().zip(&columns) {
            rows.push_str(&cell(&shown(it), *width, (style, side(it)), ""));
        }
        rows.push_str("</w:tr>");
    }
    if sheet.rows.is_empty() {
        let blank: String = columns.iter().map(|it| cell("", *it, (style, "left"), "")).collect();
        let line = format!(
            r#"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="400"/></w:trPr>{blank}</w:tr>"#
        );
        rows.push_str(&line.repeat(FORM_LINES));
    }
    let sides: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .iter()
        .map(|it| format!(r#"<w:{it} w:val="single" w:sz="4" w:space="0" w:color="4A535E"/>"#))
        .collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{room}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"#
    )
}

/// Figures stand at the right.
fn side(cell: &PackCell) -> &'static str {
    if cell.number.is_some() { "right" } else { "left" }
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
