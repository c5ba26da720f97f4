//! Why a cell of a file cannot be used, and how its row is kept.

use nengce_messages::{Rejected, echo};
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;

use super::sheet::{Row, Sheet};

/// A rejected cell, not yet placed.
#[derive(Debug, Clone, PartialEq)]
pub struct CellProblem {
    pub field: String,
    pub code: ProblemCode,
    pub zh: String,
    pub en: String,
}

impl CellProblem {
    pub fn new(
        field: &str,
        code: ProblemCode,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { field: field.to_owned(), code, zh: zh.into(), en: en.into() }
    }

    /// A row that holds more than the header names is out of step; empty cells behind it are nothing.
    pub fn surplus(sheet: &Sheet, row: &Row) -> Option<Self> {
        let wanted = sheet.header.len();
        (wanted..row.len()).find(|at| !row.cell(*at).is_empty())?;
        let found = row.len();
        let zh = format!("{found} 列，表头 {wanted} 列；数值内的逗号须加引号");
        let en = format!("{found} fields, the header has {wanted}; commas of a value need quotes");
        Some(Self::new("", ProblemCode::ImportRowLength, zh, en))
    }

    /// With the offending text and the code's words before what to do.
    pub fn rejected(&self, sheet: &Sheet, row: &Row) -> Rejected {
        Rejected {
            index: row.line,
            field: echo(&self.field),
            code: self.code,
            reason_zh: format!("{}：{}", self.code.title(Lang::Zh), self.zh),
            reason_en: format!("{}: {}", self.code.title(Lang::En), self.en),
            entry: entry(sheet, row),
        }
    }
}

/// The row as JSON, column by column.
pub(super) fn entry(sheet: &Sheet, row: &Row) -> String {
    let cells = sheet.header.iter().cloned().zip(row.cells().map(Into::into));
    serde_json::Value::Object(cells.collect()).to_string()
}
