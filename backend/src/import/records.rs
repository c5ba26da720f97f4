//! A row per value, with its own unit and data code: the one check of such rows, whatever file or upload they came in.

use std::borrow::Cow;

use nengce_core::ingest::energy::{self, Entry};
use nengce_core::ingest::envelope::{Scalar, key_is};
use nengce_core::ingest::profile::national::NATIONAL;
use nengce_core::ingest::{Bounds, Defect, Reading, echo};
use nengce_shared::api::imports::RECORD_FIELDS;
use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;

use super::FileProblem;

/// A row before it is checked.
#[derive(Debug, Default)]
pub struct Record<'a> {
    pub enterprise: Scalar<'a>,
    pub entry: Entry<'a>,
}

/// The unit behind a credit code, or why this sender has none.
pub type Units<'a> = dyn Fn(&str) -> Result<i32, ProblemCode> + 'a;

/// The unit and the reading of a row, by the rules of the terminal protocol.
pub fn check(
    record: &Record<'_>,
    units: &Units<'_>,
    bounds: &Bounds,
) -> Result<(i32, Reading), Defect> {
    const FIELD: &str = "enterpriseCode";
    let text = record.enterprise.text().filter(|it| !it.is_empty());
    let text = text.ok_or_else(|| Defect::new(FIELD, ProblemCode::EntryFieldMissing, FIELD))?;
    let code = CreditCode::parse(&text).map_err(|error| {
        Defect::new(FIELD, ProblemCode::EntryCreditCodeInvalid, text.as_ref())
            .hint(error.reason_zh(), error.to_string())
    })?;
    let unit = units(code.as_str()).map_err(|it| Defect::new(FIELD, it, text.as_ref()))?;
    Ok((unit, energy::reading(&record.entry, &NATIONAL, bounds)?))
}

/// Where the fields of a record stand in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    at: [Option<usize>; RECORD_FIELDS.len()],
}

impl Columns {
    /// Finds fields by name, without regard to case and underscores; the first five must be there unless
    /// `given` has them for every row.
    pub fn of(header: &[String], given: &[&str]) -> Result<Self, FileProblem> {
        let at = RECORD_FIELDS.map(|field| header.iter().position(|it| key_is(it.trim(), field)));
        let missing = RECORD_FIELDS
            .iter()
            .zip(&at)
            .take(5)
            .find(|(field, at)| at.is_none() && !given.contains(field));
        match missing {
            None => Ok(Self { at }),
            Some((field, _)) => Err(FileProblem::new(
                ProblemCode::ImportColumnMissing,
                format!("{field}（{}）", echo(&header.join(", "))),
            )),
        }
    }

    pub fn has(&self, field: &str) -> bool {
        RECORD_FIELDS
            .iter()
            .zip(&self.at)
            .any(|(name, at)| *name == field && at.is_some())
    }

    /// A row of text; an empty cell is a missing field.
    pub fn record<'a>(&self, cell: impl Fn(usize) -> Option<&'a str>) -> Record<'a> {
        let field = |which: usize| match self.at[which].and_then(&cell).map(str::trim) {
            None | Some("") => Scalar::Missing,
            Some(it) => Scalar::Text(Cow::Borrowed(it)),
        };
        Record {
            enterprise: field(0),
            entry: Entry {
                data_code: field(1),
                stat_type: field(2),
                stat_date: field(3),
                data_value: field(4),
                input_type: field(5),
                valid: field(6),
                scope: field(7),
                upload_date: Scalar::Missing,
            },
        }
    }
}
