//! Checks a file as a whole: which rows are good, which are refused and why. Stores nothing.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use nengce_core::ingest::envelope::Scalar;
use nengce_core::ingest::{Bounds, Defect, Reading, Rejected, echo, period};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::imports::{ImportMapping, ImportNote};
use nengce_shared::cell::{Moment, Precision};
use nengce_shared::data_code::DataCode;
use nengce_shared::problem::ProblemCode;
use nengce_shared::quantity;

use super::mapping::{self, MappingProblem};
use super::records::{self, Columns, Units};
use super::rows::{self, EconomyRow, TargetRow, UnitRow};
use super::sheet::{Format, Row, Sheet};
use super::stamps::{DateFormat, StampProblem};
use super::{CellProblem, FileProblem, Series, notes, readings, series};

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
    /// What was found, left aside or converted.
    pub notes: Vec<ImportNote>,
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
    /// Refused cells that are spelled out, at most.
    pub max_problems: usize,
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
    let mut checked = match mapping.kind.as_str() {
        "readings" => wide(sheet, mapping, frame)?,
        "records" => long(sheet, mapping, frame)?,
        "economy" => rows_of::<EconomyRow>(sheet, mapping, frame, Good::Economy)?,
        "targets" => rows_of::<TargetRow>(sheet, mapping, frame, Good::Targets)?,
        _ => rows_of::<UnitRow>(sheet, mapping, frame, Good::Units)?,
    };
    let mut said = notes::of_sheet(sheet);
    said.append(&mut checked.notes);
    checked.notes = said;
    Ok(checked)
}

fn rows_of<T: rows::Listed>(
    sheet: &Sheet,
    mapping: &ImportMapping,
    frame: &Frame<'_>,
    good: fn(Vec<T>) -> Good,
) -> Result<Checked, Unusable> {
    let reading = rows::Reading {
        dictionaries: frame.dictionaries,
        dates: mapping::dates(mapping)?,
        multiplier: mapping::multiplier(mapping)?,
        most: frame.max_problems,
    };
    let table = rows::read::<T>(sheet, &reading)?;
    Ok(Checked {
        good: good(table.good),
        rejected: table.rejected,
        series: Vec::new(),
        notes: table.notes,
    })
}

fn wide(sheet: &Sheet, mapping: &ImportMapping, frame: &Frame<'_>) -> Result<Checked, Unusable> {
    let plan = mapping::readings(mapping)?;
    let Frame { bounds, dictionaries, units, max_problems } = frame;
    let table = plan.read(sheet, bounds, dictionaries, units, *max_problems)?;
    let column = |code: &_| plan.column_of(code);
    let readings = table.values.iter().map(|it| &it.1);
    Ok(Checked {
        series: series::series(readings, dictionaries, column),
        good: Good::Values { values: table.values, per_row: plan.maps.len() },
        rejected: table.rejected,
        notes: table.notes,
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
    mapping::multiplier(mapping)?;
    let date_cells = columns.place("statDate").unwrap_or(usize::MAX);
    let dates = mapping::dates(mapping)?;
    let dates = dates.settled(sheet.rows.iter().map(|row| row.cell(date_cells)));
    let bounds = Bounds { ends: mapping::ends(mapping)?, ..*frame.bounds };
    let mut table = Long {
        bounds: &bounds,
        columns,
        dates,
        mapping,
        frame,
        sheet,
        stated: HashMap::new(),
        comma: matches!(sheet.format, Format::Csv(b';' | b'\t')),
    };
    let (mut values, mut rejected) = (Vec::with_capacity(sheet.rows.len()), Vec::new());
    let (mut repeated, mut notes) = (HashSet::new(), Vec::new());
    if let Some((at, unit)) = table.measured(|_| false) {
        let title = &sheet.titles[at];
        notes.push(notes::note(
            format!("「{title}」的单位是 {unit}；没有 dataUnit 的行按它换算"),
            format!("'{title}' is in {unit}: rows without a dataUnit are converted from it"),
        ));
    }
    let mut seen: HashMap<_, (u32, u64, i32)> = HashMap::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let refused = match table.row(row) {
            Ok((unit, mut it)) => {
                let key = (unit, it.data_code, it.stat_type, it.at);
                let own = (row.line, it.value.to_bits(), it.off);
                let (line, bits, off) = *seen.entry(key).or_insert(own);
                if line != row.line {
                    repeated.insert(values.len());
                }
                if (bits, off) == (own.1, own.2) {
                    // Declared ends lie where they were said to.
                    it.off = if bounds.ends.is_some() { 0 } else { it.off };
                    values.push((unit, it));
                    continue;
                }
                repeated.remove(&values.len());
                twice(sheet, row, line, (off != own.2).then_some(&it))
            }
            Err(Refusal::Cell(it)) => it.rejected(sheet, row),
            Err(Refusal::Entry(it)) => it.at(row.line, super::entry(sheet, row)),
        };
        if rejected.len() >= frame.max_problems {
            let place = sheet.place(row.line, None);
            return Err(super::limits::too_many_problems(frame.max_problems, &place).into());
        }
        rejected.push(refused);
    }
    // What stands twice is stored once, and counts once in what is shown.
    let once = values.iter().enumerate().filter(|it| !repeated.contains(&it.0));
    let readings = once.map(|it| &it.1.1);
    Ok(Checked {
        series: series::series(readings, frame.dictionaries, |_| String::new()),
        good: Good::Values { values, per_row: 1 },
        rejected,
        notes,
    })
}

/// A row whose period an earlier line has: with another value, or by another stamp.
fn twice(sheet: &Sheet, row: &Row, line: u32, by_stamp: Option<&Reading>) -> Rejected {
    let zh = format!("第 {line} 行与第 {} 行", row.line);
    let en = format!("lines {line} and {}", row.line);
    if let Some(it) = by_stamp {
        let mut defect = period::clash(it);
        defect.hint_zh = format!("{zh}；{}", defect.hint_zh);
        defect.hint_en = format!("{en}; {}", defect.hint_en);
        return defect.at(row.line, super::entry(sheet, row));
    }
    CellProblem::new("statDate", ProblemCode::EntryDuplicate, zh, en).rejected(sheet, row)
}

enum Refusal {
    Cell(CellProblem),
    Entry(Defect),
}

/// How the rows of a file of records are read.
struct Long<'a> {
    columns: Columns,
    dates: DateFormat,
    mapping: &'a ImportMapping,
    frame: &'a Frame<'a>,
    /// With what the mapping says of ends.
    bounds: &'a Bounds,
    sheet: &'a Sheet,
    /// By data code, the unit that the file states for its values.
    stated: HashMap<String, Option<String>>,
    /// The columns are separated by something else than commas.
    comma: bool,
}

impl Long<'_> {
    /// The column of values and the unit that the file states for it; a multiplier wins over it.
    fn measured(&self, fits: impl Fn(&str) -> bool) -> Option<(usize, String)> {
        let at = self.columns.place("dataValue").filter(|_| self.mapping.multiplier.is_none())?;
        Some((at, self.sheet.stated_unit(at, fits)?))
    }

    /// The unit of a value whose row names none.
    fn stated(&mut self, code: &str) -> Option<String> {
        if let Some(known) = self.stated.get(code) {
            return known.clone();
        }
        let to = DataCode::parse_lenient(code).ok();
        let to = to.and_then(|it| self.frame.dictionaries.quantity_unit(&it));
        let found = to.and_then(|to| self.measured(|it| quantity::factor(Some(it), to).is_ok()));
        let found = found.map(|it| it.1);
        self.stated.insert(code.to_owned(), found.clone());
        found
    }

    /// A stamp as the protocol writes it: a bare day, month or year names itself whatever stamps are declared to be.
    fn stamp(&self, text: &str, stat_type: Option<u8>) -> Result<String, StampProblem> {
        let Moment { at, precision, closes_day } =
            self.dates.read(text).map_err(StampProblem::Date)?;
        let ends = self.bounds.ends.is_some();
        if closes_day && !ends {
            return Err(StampProblem::ClosesDay);
        }
        let (date, wanted) = match precision {
            Precision::Time => return Ok(at.strftime("%Y-%m-%d %H:%M:%S").to_string()),
            Precision::Day => (at.date(), stat_type),
            Precision::Month if ends => (at.date().last_of_month(), Some(2)),
            Precision::Month => (at.date(), Some(2)),
            Precision::Year if ends => (at.date().last_of_year(), Some(3)),
            Precision::Year => (at.date(), Some(3)),
        };
        match stat_type {
            Some(_) if stat_type != wanted => Err(StampProblem::OtherRhythm),
            _ => Ok(date.to_string()),
        }
    }

    fn row(&mut self, row: &Row) -> Result<(i32, Reading), Refusal> {
        if let Some(problem) = CellProblem::surplus(self.sheet, row) {
            return Err(Refusal::Cell(problem));
        }
        let code = self.columns.record(|at| row.get(at)).entry.data_code;
        let stated = self.stated(&code.text().unwrap_or_default());
        let (columns, mapping) = (&self.columns, self.mapping);
        let mut record = columns.record(|at| row.get(at));
        if let (Scalar::Missing, Some(unit)) = (&record.measure, stated) {
            record.measure = Scalar::Text(Cow::Owned(unit));
        }
        if !columns.has("enterpriseCode") {
            record.enterprise = mapping.unit.as_deref().map_or(Scalar::Missing, text);
        }
        if !columns.has("statType") {
            record.entry.stat_type = number(mapping.stat_type);
        }
        if !columns.has("valid") {
            record.entry.valid = Scalar::Flag(true);
        }
        if !columns.has("inputType") {
            record.entry.input_type = number(mapping.input_type.or(Some(7)));
        }
        if let Some(written) = record.entry.data_value.text() {
            let value =
                readings::number(&written, "dataValue", self.comma).map_err(Refusal::Cell)?;
            let value = value * mapping.multiplier.unwrap_or(1.0);
            record.entry.data_value = Scalar::Number(value);
        }
        // What the protocol's own form is not, people's forms may be.
        if let Some(written) = record.entry.stat_date.text() {
            let stat_type = record.entry.stat_type.small();
            let plain = self.stamp(&written, stat_type).map_err(|problem| {
                let ((zh, en), said) = (problem.words(), echo(&written));
                let (zh, en) = (format!("「{said}」{zh}"), format!("'{said}' {en}"));
                Refusal::Cell(CellProblem::new("statDate", problem.code(), zh, en))
            })?;
            record.entry.stat_date = Scalar::Text(Cow::Owned(plain));
        }
        let Frame { units, dictionaries, .. } = self.frame;
        records::check(&record, units, dictionaries, self.bounds).map_err(Refusal::Entry)
    }
}

fn text(it: &str) -> Scalar<'_> {
    Scalar::Text(Cow::Borrowed(it))
}

fn number<'a>(it: Option<u8>) -> Scalar<'a> {
    it.map_or(Scalar::Missing, |it| Scalar::Number(it.into()))
}
