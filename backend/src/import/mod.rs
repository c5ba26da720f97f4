//! Turns files into readings and rows: named columns in any order, every refused row kept with its line and reason.
//! Reads no clock, and uses only the store's reader of columnar files; `http/` stores the result.

pub mod bulk;
mod bulk_text;
mod cfb;
pub mod checked;
mod clash;
mod grid;
mod html;
mod layout;
pub mod limits;
pub mod mapping;
pub mod notes;
mod package;
pub mod plan;
pub mod preview;
pub mod readings;
pub mod records;
pub mod refused;
mod row_cells;
pub mod rows;
mod series;
pub mod sheet;
pub mod stamps;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_cells;
#[cfg(test)]
mod tests_sheets;
#[cfg(test)]
mod tests_silent;
#[cfg(test)]
mod tests_stamps;
mod text;
mod workbook;
mod xls;

use nengce_core::ingest::{Rejected, echo};
use nengce_shared::api::imports::ImportNote;
use nengce_shared::api::unit_change::NameConflict;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use serde::{Deserialize, Serialize};

use sheet::{Row, Sheet};

/// What a file held and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    pub kind: String,
    pub file: String,
    /// True: nothing was stored, this is what would be.
    pub dry_run: bool,
    /// Rows below the header.
    pub rows: u32,
    pub accepted: u32,
    pub stored: u32,
    pub unchanged: u32,
    pub replaced: u32,
    #[serde(default)]
    pub held: u32,
    /// Rows with a cell that was refused; the good cells of such a row count.
    pub rejected: u32,
    pub upload_id: Option<i32>,
    /// Set when the unit was not known before.
    pub created_units: u32,
    pub series: Vec<Series>,
    /// What was found, left aside or converted.
    #[serde(default)]
    pub notes: Vec<ImportNote>,
    /// Rows of units whose name other units' equals or can be taken for: told, never refused.
    #[serde(default)]
    pub name_conflicts: Vec<ConflictingName>,
    /// The first refused rows; all of them stand in `rejected_csv`.
    pub problems: Vec<RowProblem>,
    /// The refused rows with the file's own columns, then line and reason; mend and import it again.
    pub rejected_csv: Option<String>,
}

/// A unit of a list, and the approved units whose names are like its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictingName {
    pub enterprise_code: String,
    pub name: String,
    pub conflicts: Vec<NameConflict>,
}

/// One data item of an import of readings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    pub data_code: String,
    pub column: String,
    pub readings: u32,
    pub sum: f64,
    pub unit: Option<String>,
    /// tce on the calorific basis, where the dictionary has a factor.
    pub tce_calorific: Option<f64>,
    pub first: Option<String>,
    pub last: Option<String>,
    /// Readings whose stamp was not the start of the period they count for, and one of them: stamp → start.
    #[serde(default)]
    pub moved: u32,
    #[serde(default)]
    pub moved_example: Option<String>,
    /// Years' values of which finer ones are there: they are kept and compared, and do not count.
    #[serde(default)]
    pub not_counted: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowProblem {
    pub line: u32,
    /// Where it stands: `B5`, `Sheet1!B5`.
    #[serde(default)]
    pub place: String,
    pub field: String,
    pub code: String,
    pub reason_zh: String,
    pub reason_en: String,
}

/// How many refused rows a report spells out.
const SPELLED_OUT: usize = 200;

/// A file that cannot be used at all.
#[derive(Debug, Clone, PartialEq)]
pub struct FileProblem {
    pub code: ProblemCode,
    pub detail: String,
}

impl FileProblem {
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

/// A refused cell, not yet placed.
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
fn entry(sheet: &Sheet, row: &Row) -> String {
    let cells = sheet.header.iter().cloned().zip(row.cells().map(Into::into));
    serde_json::Value::Object(cells.collect()).to_string()
}

impl ImportReport {
    pub fn new(kind: &str, file: &str, dry_run: bool) -> Self {
        Self {
            kind: kind.to_owned(),
            file: file.to_owned(),
            dry_run,
            rows: 0,
            accepted: 0,
            stored: 0,
            unchanged: 0,
            replaced: 0,
            held: 0,
            rejected: 0,
            upload_id: None,
            created_units: 0,
            series: Vec::new(),
            notes: Vec::new(),
            name_conflicts: Vec::new(),
            problems: Vec::new(),
            rejected_csv: None,
        }
    }

    /// Takes over the refused rows of a sheet.
    pub fn reject(&mut self, sheet: &Sheet, rejected: &[Rejected]) {
        self.rejected = u32::try_from(preview::bad_rows(rejected)).unwrap_or(u32::MAX);
        self.problems = rejected
            .iter()
            .take(SPELLED_OUT)
            .map(|it| RowProblem {
                line: it.index,
                place: preview::place(sheet, it),
                field: it.field.clone(),
                code: it.code.as_str().to_owned(),
                reason_zh: it.reason_zh.clone(),
                reason_en: it.reason_en.clone(),
            })
            .collect();
        self.rejected_csv = (!rejected.is_empty())
            .then(|| refused::csv(sheet, rejected, b','))
            .flatten()
            .and_then(|it| String::from_utf8(it).ok());
    }
}

/// Columns that say why a row was refused; ignored when the file comes back.
pub const REASON_COLUMNS: [&str; 3] = ["_line", "_reason_zh", "_reason_en"];
