//! The report of an import: what a file held, what was stored, and every rejected row.

use nengce_messages::Rejected;
use nengce_shared::api::imports::{ImportNote, ImportProblem, ImportSeries};
use nengce_shared::api::unit_change::NameConflict;
use serde::{Deserialize, Serialize};

use super::{preview, rejected_rows};
use crate::import::sheet::Sheet;

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
    pub awaiting_approval: u32,
    /// Rows with a cell that was rejected; the good cells of such a row count.
    pub rejected: u32,
    pub upload_id: Option<i32>,
    /// Set when the unit was not known before.
    pub created_units: u32,
    pub series: Vec<ImportSeries>,
    /// What was found, left aside or converted.
    #[serde(default)]
    pub notes: Vec<ImportNote>,
    /// Rows of units whose name other units' equals or can be taken for: told, never rejected.
    #[serde(default)]
    pub name_conflicts: Vec<ConflictingName>,
    /// The first rejected rows; all of them stand in `rejected_csv`.
    pub problems: Vec<ImportProblem>,
    /// The rejected rows with the file's own columns, then line and reason; mend and import it again.
    pub rejected_csv: Option<String>,
}

/// A unit of a list, and the approved units whose names are like its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictingName {
    pub enterprise_code: String,
    pub name: String,
    pub conflicts: Vec<NameConflict>,
}

/// How many rejected rows a report spells out.
const SPELLED_OUT: usize = 200;

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
            awaiting_approval: 0,
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

    /// Takes over the rejected rows of a sheet.
    pub fn reject(&mut self, sheet: &Sheet, rejected: &[Rejected]) {
        self.rejected = u32::try_from(preview::bad_rows(rejected)).unwrap_or(u32::MAX);
        self.problems = preview::problems(sheet, rejected, SPELLED_OUT);
        self.rejected_csv = (!rejected.is_empty())
            .then(|| rejected_rows::csv(sheet, rejected, b','))
            .flatten()
            .and_then(|it| String::from_utf8(it).ok());
    }
}
