//! A file checked as a whole: what of it is good, what is refused and why. Still nothing is stored.

use std::borrow::Cow;
use std::collections::HashMap;

use nengce_core::ingest::envelope::Scalar;
use nengce_core::ingest::{Bounds, Reading, Rejected, period};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::imports::ImportMapping;
use nengce_shared::problem::ProblemCode;

use super::mapping::{self, MappingProblem};
use super::records::{self, Columns, Units};
use super::rows::{self, EconomyRow, TargetRow, UnitRow};
use super::sheet::Sheet;
use super::{CellProblem, FileProblem, Series, readings};

/// What a file gives.
#[derive(Debug)]
pub enum Good {
    /// Readings with their unit (0: the one named by the mapping), in the file's order; so many a row.
    Values {
        values: Vec<(i32, Reading)>,
        per_row: usize,
    },
    Economy(Vec<EconomyRow>),
    Targets(Vec<TargetRow>),
    Units(Vec<UnitRow>),
}

impl Good {
    /// Readings, or rows of the other kinds.
    pub fn count(&self) -> usize {
        match self {
            Self::Values { values, .. } => values.len(),
            Self::Economy(it) => it.len(),
            Self::Targets(it) => it.len(),
            Self::Units(it) => it.len(),
        }
    }
}

#[derive(Debug)]
pub struct Checked {
    pub good: Good,
    pub rejected: Vec<Rejected>,
    pub series: Vec<Series>,
}

/// Why a file cannot be checked at all.
#[derive(Debug)]
pub enum Unusable {
    File(FileProblem),
    Mapping(MappingProblem),
}

impl From<FileProblem> for Unusable {
    fn from(it: FileProblem) -> Self {
        Self::File(it)
    }
}

impl From<MappingProblem> for Unusable {
    fn from(it: MappingProblem) -> Self {
        Self::Mapping(it)
    }
}

/// What the check of a file asks of the world.
pub struct Frame<'a> {
    pub bounds: &'a Bounds,
    pub dictionaries: &'a Dictionaries,
    pub units: &'a Units<'a>,
}

pub const KINDS: [&str; 5] = ["readings", "records", "economy", "targets", "units"];

/// Reads every row; columns that the mapping names otherwise are renamed in the sheet.
pub fn check(
    sheet: &mut Sheet,
    mapping: &ImportMapping,
    frame: &Frame<'_>,
) -> Result<Checked, Unusable> {
    for it in &mapping.fields {
        sheet.rename(&it.column, &it.field)?;
    }
    let (good, rejected) = match mapping.kind.as_str() {
        "readings" => return wide(sheet, mapping, frame),
        "records" => return long(sheet, mapping, frame),
        "economy" => {
            let (rows, rejected) = rows::read(sheet, frame.dictionaries)?;
            (Good::Economy(rows), rejected)
        }
        "targets" => {
            let (rows, rejected) = rows::read(sheet, frame.dictionaries)?;
            (Good::Targets(rows), rejected)
        }
        _ => {
            let (rows, rejected) = rows::read(sheet, frame.dictionaries)?;
            (Good::Units(rows), rejected)
        }
    };
    Ok(Checked {
        good,
        rejected,
        series: Vec::new(),
    })
}

fn wide(sheet: &Sheet, mapping: &ImportMapping, frame: &Frame<'_>) -> Result<Checked, Unusable> {
    let plan = mapping::readings(mapping)?;
    let (values, rejected) = plan.read(sheet, frame.bounds)?;
    let column = |code: &_| plan.column_of(code);
    Ok(Checked {
        series: readings::series(values.iter(), frame.dictionaries, column),
        good: Good::Values {
            values: values.into_iter().map(|it| (0, it)).collect(),
            per_row: plan.maps.len(),
        },
        rejected,
    })
}

/// Rows of one value each; what the mapping says once counts for every row without a column of its own.
fn long(sheet: &Sheet, mapping: &ImportMapping, frame: &Frame<'_>) -> Result<Checked, Unusable> {
    let mut given = Vec::new();
    if mapping.unit.is_some() {
        given.push("enterpriseCode");
    }
    if mapping.stat_type.is_some() {
        given.push("statType");
    }
    let columns = Columns::of(&sheet.header, &given)?;
    let (one_unit, one_rhythm) = (!columns.has("enterpriseCode"), !columns.has("statType"));
    let (no_valid, no_input) = (!columns.has("valid"), !columns.has("inputType"));
    let (mut values, mut rejected) = (Vec::with_capacity(sheet.rows.len()), Vec::new());
    let bounds = Bounds {
        ends: mapping::ends(mapping)?,
        ..*frame.bounds
    };
    let mut seen: HashMap<_, (u32, u64, i32)> = HashMap::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let mut record = columns.record(|at| row.cells.get(at).map(String::as_str));
        if one_unit {
            record.enterprise = mapping.unit.as_deref().map_or(Scalar::Missing, text);
        }
        if one_rhythm {
            record.entry.stat_type = number(mapping.stat_type);
        }
        if no_valid {
            record.entry.valid = Scalar::Flag(true);
        }
        if no_input {
            record.entry.input_type = number(mapping.input_type.or(Some(7)));
        }
        match records::check(&record, frame.units, &bounds) {
            Ok((unit, mut it)) => {
                let key = (unit, it.data_code, it.stat_type, it.at);
                let own = (row.line, it.value.to_bits(), it.off);
                let (line, bits, off) = *seen.entry(key).or_insert(own);
                if (bits, off) == (own.1, own.2) {
                    // Declared ends lie where they were said to.
                    it.off = if bounds.ends.is_some() { 0 } else { it.off };
                    values.push((unit, it));
                    continue;
                }
                if off != own.2 {
                    let mut defect = period::clash(&it);
                    defect.hint_zh =
                        format!("第 {line} 行与第 {} 行；{}", row.line, defect.hint_zh);
                    defect.hint_en = format!("lines {line} and {}; {}", row.line, defect.hint_en);
                    rejected.push(defect.at(row.line, super::entry(sheet, row)));
                    continue;
                }
                let twice = CellProblem::new(
                    "statDate",
                    ProblemCode::EntryDuplicate,
                    format!("第 {line} 行与第 {} 行", row.line),
                    format!("lines {line} and {}", row.line),
                );
                rejected.push(twice.rejected(sheet, row));
            }
            Err(defect) => rejected.push(defect.at(row.line, super::entry(sheet, row))),
        }
    }
    let readings = values.iter().map(|it| &it.1);
    Ok(Checked {
        series: readings::series(readings, frame.dictionaries, |_| String::new()),
        good: Good::Values { values, per_row: 1 },
        rejected,
    })
}

fn text(it: &str) -> Scalar<'_> {
    Scalar::Text(Cow::Borrowed(it))
}

fn number<'a>(it: Option<u8>) -> Scalar<'a> {
    it.map_or(Scalar::Missing, |it| Scalar::Number(it.into()))
}
