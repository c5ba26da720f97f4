//! A file after its check: valid rows, rejected rows and notes; and what the check needs to know.

use nengce_core::reference::Dictionaries;
use nengce_messages::{Bounds, Reading, Rejected};
use nengce_shared::api::imports::{ImportNote, ImportSeries};
use nengce_shared::problem::ProblemCode;

use super::mapping::MappingProblem;
use super::problem::FileProblem;
use crate::list_rows::{EconomyRow, TargetRow, TemperatureRow, UnitRow};

/// The rows of a file that passed the check.
#[derive(Debug)]
pub enum ValidRows {
    /// Readings with their unit (0: the one named by the mapping), in the file's order; `per_row` of them from each row.
    Values {
        values: Vec<(i32, Reading)>,
        per_row: usize,
    },
    Economy(Vec<EconomyRow>),
    Targets(Vec<TargetRow>),
    Units(Vec<UnitRow>),
    Temperatures(Vec<TemperatureRow>),
}

impl ValidRows {
    /// Readings, or rows of the other kinds.
    pub fn count(&self) -> usize {
        match self {
            Self::Values { values, .. } => values.len(),
            Self::Economy(it) => it.len(),
            Self::Targets(it) => it.len(),
            Self::Units(it) => it.len(),
            Self::Temperatures(it) => it.len(),
        }
    }
}

#[derive(Debug)]
pub struct CheckedFile {
    pub good: ValidRows,
    pub rejected: Vec<Rejected>,
    pub series: Vec<ImportSeries>,
    /// What was found, left aside or converted.
    pub notes: Vec<ImportNote>,
}

/// Why a file cannot be checked at all.
#[derive(Debug)]
pub enum CheckProblem {
    File(FileProblem),
    Mapping(MappingProblem),
}

impl From<FileProblem> for CheckProblem {
    fn from(it: FileProblem) -> Self {
        Self::File(it)
    }
}

impl From<MappingProblem> for CheckProblem {
    fn from(it: MappingProblem) -> Self {
        Self::Mapping(it)
    }
}

/// The unit behind a credit code, or why this sender has none.
pub type Units<'a> = dyn Fn(&str) -> Result<i32, ProblemCode> + 'a;

/// What rows are checked against.
pub struct CheckContext<'a> {
    pub bounds: &'a Bounds,
    pub dictionaries: &'a Dictionaries,
    pub units: &'a Units<'a>,
    /// The most rejected cells; a file with more is not imported at all.
    pub max_problems: usize,
}
