//! A sheet of the pack as a table of the report.

use nengce_shared::api::audit_pack::{PackCell, PackSheet};

use crate::http::content::docx::table::DocxTable;
use crate::http::views::unit::audit_pack::layout::{self, FORM_LINES, head_lines, shown, widths};

/// Wider than so many half-width characters, a table has small letters.
const SMALL_FROM: usize = 110;

pub(super) fn table(sheet: &PackSheet) -> String {
    let widths = widths(sheet);
    let head = sheet.head.iter().map(|text| match sheet.head.len() > 7 {
        true => head_lines(text).join("\n"),
        false => text.clone(),
    });
    let row = |row: &Vec<PackCell>| row.iter().map(|it| (shown(it), side(it))).collect();
    DocxTable {
        small: widths.iter().sum::<usize>() > SMALL_FROM,
        widths,
        head: head.collect(),
        rows: sheet.rows.iter().map(row).collect(),
        across: layout::is_landscape(sheet),
        form_lines: FORM_LINES,
    }
    .xml()
}

/// Figures stand at the right.
fn side(cell: &PackCell) -> &'static str {
    if cell.number.is_some() { "right" } else { "left" }
}
