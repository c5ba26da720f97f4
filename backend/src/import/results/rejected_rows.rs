//! The rejected rows of a file as the same kind of file, with line and reasons; mended, it is imported again.

use nengce_messages::Rejected;
use nengce_shared::api::imports::REASON_COLUMNS;
use rust_xlsxwriter::{Format as Style, Workbook, XlsxError};

use crate::import::sheet::{Format, Row, Sheet};

/// The columns of line and reasons that are written behind a row.
pub const WRITTEN: [&str; 3] = ["_line", "_reason_zh", "_reason_en"];

/// One rejected row: its cells, then line and reasons.
fn rows<'a>(
    sheet: &'a Sheet,
    rejected: &'a [Rejected],
    kept: &'a [usize],
) -> impl Iterator<Item = Vec<String>> + 'a {
    let lines: std::collections::HashMap<u32, &Row> =
        sheet.rows.iter().map(|it| (it.line, it)).collect();
    rejected.chunk_by(|a, b| a.index == b.index).filter_map(move |reasons| {
        let row = lines.get(&reasons[0].index)?;
        let said = |reason: fn(&Rejected) -> &str, stop: &str| {
            let all: Vec<String> =
                reasons.iter().map(|it| format!("{} {}", it.field, reason(it))).collect();
            all.join(stop)
        };
        let mut cells: Vec<String> = kept.iter().map(|at| row.cell(*at).to_owned()).collect();
        cells.push(row.line.to_string());
        cells.push(said(|it| &it.reason_zh, "；"));
        cells.push(said(|it| &it.reason_en, "; "));
        // Beyond the header as before, so that a row out of step stays rejected until it is mended.
        cells.extend((sheet.titles.len()..row.len()).map(|at| row.cell(at).to_owned()));
        Some(cells)
    })
}

fn kept(sheet: &Sheet) -> Vec<usize> {
    (0..sheet.titles.len())
        .filter(|at| !REASON_COLUMNS.contains(&sheet.titles[*at].as_str()))
        .collect()
}

fn head(sheet: &Sheet, kept: &[usize]) -> Vec<String> {
    let titles = kept.iter().map(|at| sheet.titles[*at].clone());
    titles.chain(WRITTEN.map(str::to_owned)).collect()
}

/// In the file's own format; `None` when nothing was rejected or it cannot be written.
pub fn file(sheet: &Sheet, rejected: &[Rejected]) -> Option<Vec<u8>> {
    match sheet.format {
        _ if rejected.is_empty() => None,
        Format::Csv(delimiter) => csv(sheet, rejected, delimiter),
        Format::Xlsx | Format::Xls | Format::Html => xlsx(sheet, rejected)
            .inspect_err(|error| tracing::error!(%error, "rejected rows could not be written"))
            .ok(),
    }
}

/// Of the file of rejected rows: workbooks and pages come back as workbooks of today.
pub fn extension(sheet: &Sheet) -> &'static str {
    match sheet.format {
        Format::Csv(_) => "csv",
        _ => "xlsx",
    }
}

/// As CSV, whatever the file was.
pub fn csv(sheet: &Sheet, rejected: &[Rejected], delimiter: u8) -> Option<Vec<u8>> {
    let kept = kept(sheet);
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(head(sheet, &kept)).ok()?;
    for row in rows(sheet, rejected, &kept) {
        let row = row.iter().map(|it| nengce_shared::cell::guarded(it).into_owned());
        writer.write_record(row.map(String::into_bytes)).ok()?;
    }
    writer.into_inner().ok()
}

fn xlsx(sheet: &Sheet, rejected: &[Rejected]) -> Result<Vec<u8>, XlsxError> {
    let kept = kept(sheet);
    let mut book = Workbook::new();
    let bold = Style::new().set_bold();
    let page = book.add_worksheet();
    page.set_freeze_panes(1, 0)?;
    for (column, title) in (0u16..).zip(head(sheet, &kept)) {
        page.write_string_with_format(0, column, title, &bold)?;
    }
    for (line, row) in (1u32..).zip(rows(sheet, rejected, &kept)) {
        for (column, text) in (0u16..).zip(row) {
            match number(&text) {
                Some(it) => page.write_number(line, column, it)?,
                None => page.write_string(line, column, text)?,
            };
        }
    }
    book.save_to_buffer()
}

/// A number that a workbook gives back as the same text; codes of many digits stay text.
fn number(text: &str) -> Option<f64> {
    let it: f64 = text.parse().ok()?;
    (it.is_finite() && text.len() <= 15 && it.to_string() == text).then_some(it)
}
