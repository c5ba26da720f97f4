//! The preview of a file: its first rows and every row with a problem, each problem at its cell.

use std::collections::HashMap;

use nengce_messages::Rejected;
use nengce_shared::api::imports::{ImportProblem, PreviewProblem, PreviewRow};

use crate::import::sheet::{Row, Sheet};

/// Rows shown whether or not they have a problem.
const FIRST_ROWS: usize = 20;

/// The rows to show, by line, and whether more have problems.
pub fn rows(sheet: &Sheet, rejected: &[Rejected], most: usize) -> (Vec<PreviewRow>, bool) {
    let mut problems: HashMap<u32, Vec<PreviewProblem>> = HashMap::new();
    for it in rejected {
        let column = sheet.column(&it.field).ok();
        let problem = PreviewProblem {
            column: column.and_then(|it| u32::try_from(it).ok()),
            place: place(sheet, it),
            field: it.field.clone(),
            code: it.code.as_str().to_owned(),
            reason_zh: it.reason_zh.clone(),
            reason_en: it.reason_en.clone(),
        };
        problems.entry(it.index).or_default().push(problem);
    }
    let bad = problems.len();
    let mut rows = Vec::new();
    let mut shown = 0;
    for (at, row) in sheet.rows.iter().enumerate() {
        let found = problems.remove(&row.line).unwrap_or_default();
        let is_bad = !found.is_empty();
        if at < FIRST_ROWS || (is_bad && shown < most) {
            shown += usize::from(is_bad);
            rows.push(row_of(row, found));
        }
    }
    (rows, bad > shown)
}

fn row_of(row: &Row, problems: Vec<PreviewProblem>) -> PreviewRow {
    PreviewRow { line: row.line, cells: row.cells().map(str::to_owned).collect(), problems }
}

/// Where a rejected cell stands in the file.
pub fn place(sheet: &Sheet, it: &Rejected) -> String {
    sheet.place(it.index, sheet.column(&it.field).ok())
}

/// Rows with at least one problem.
pub fn bad_rows(rejected: &[Rejected]) -> usize {
    rejected.chunk_by(|a, b| a.index == b.index).count()
}

/// Refusals as the progress of a job shows them.
pub fn problems(sheet: &Sheet, rejected: &[Rejected], most: usize) -> Vec<ImportProblem> {
    rejected
        .iter()
        .take(most)
        .map(|it| ImportProblem {
            line: it.index,
            place: place(sheet, it),
            field: it.field.clone(),
            code: it.code.as_str().to_owned(),
            reason_zh: it.reason_zh.clone(),
            reason_en: it.reason_en.clone(),
        })
        .collect()
}
