//! Builds the tables: cells, rows, notes, and the place of a cell in the workbook.

use nengce_shared::api::audit_pack::{PackCell, PackSheet, PackText};

/// The row of the workbook in which the first row of a table stands, counted from 1: title, unit and year, heads.
pub(super) const FIRST_ROW: usize = 4;

/// A text in both languages.
pub(super) fn text(zh: impl Into<String>, en: impl Into<String>) -> PackText {
    PackText { zh: zh.into(), en: en.into() }
}

/// Nothing is known.
pub(super) fn empty() -> PackCell {
    PackCell { text: None, number: None, percent: false }
}

/// Words; a blank text is an empty cell.
pub(super) fn words(text: impl Into<String>) -> PackCell {
    let text = text.into();
    PackCell { text: Some(text).filter(|it| !it.trim().is_empty()), number: None, percent: false }
}

/// A figure, or nothing.
pub(super) fn figure(number: impl Into<Option<f64>>) -> PackCell {
    let number = number.into().filter(|it| it.is_finite());
    PackCell { text: None, number, percent: false }
}

/// A fraction that is shown in percent, or nothing.
pub(super) fn percent(fraction: impl Into<Option<f64>>) -> PackCell {
    PackCell { percent: true, ..figure(fraction) }
}

/// now ÷ before − 1; none where the base is not positive.
pub(super) fn change(now: Option<f64>, before: Option<f64>) -> Option<f64> {
    let (now, before) = (now?, before?);
    (before > 0.0).then(|| now / before - 1.0)
}

/// a ÷ b where both are known and b is positive.
pub(super) fn ratio(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    let (a, b) = (a?, b?);
    (b > 0.0).then(|| a / b)
}

/// A table without rows.
pub(super) fn sheet(no: &str, title: (&str, &str), head: &[&str]) -> PackSheet {
    PackSheet {
        no: no.to_owned(),
        title: text(title.0, title.1),
        state: "form".to_owned(),
        head: head.iter().map(|it| (*it).to_owned()).collect(),
        rows: Vec::new(),
        notes: Vec::new(),
    }
}

/// Rows and notes of a table; it is `filled` where every cell is known, and an empty form where it has no rows.
pub(super) fn with_rows(
    mut sheet: PackSheet,
    rows: Vec<Vec<PackCell>>,
    notes: Vec<PackText>,
) -> PackSheet {
    let is_known = |it: &PackCell| it.text.is_some() || it.number.is_some();
    let is_full = rows.iter().flatten().all(is_known);
    let state = match (rows.is_empty(), is_full) {
        (true, _) => "form",
        (false, true) => "filled",
        (false, false) => "partly",
    };
    sheet.state = state.to_owned();
    sheet.rows = rows;
    sheet.notes = notes;
    sheet
}

/// The name of a cell in the workbook, from its place in the table: column and row from 0 → `A4`.
pub fn address(column: usize, row: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + FIRST_ROW)
}
