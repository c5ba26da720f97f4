//! A file with a row per value, each with its own unit and data code.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use nengce_messages::scalar::Scalar;
use nengce_messages::{Bounds, Problem, Reading, Rejected, echo, period};
use nengce_shared::api::imports::ImportMapping;
use nengce_shared::cell::{Moment, Precision};
use nengce_shared::data_code::DataCode;
use nengce_shared::problem::ProblemCode;
use nengce_shared::quantity;
use nengce_shared::stat_type::StatType;

use super::records::{self, Columns};
use super::{numbers, totals};
use crate::import::cell_problem::{self, CellProblem};
use crate::import::checked_file::{CheckContext, CheckProblem, CheckedFile, ValidRows};
use crate::import::limits;
use crate::import::mapping;
use crate::import::mapping::stamps::{DateFormat, StampProblem};
use crate::import::results::notes;
use crate::import::sheet::{Format, Row, Sheet};

/// Rows of one value each; what the mapping says once counts for every row without a column of its own.
pub fn check(
    sheet: &Sheet,
    mapping: &ImportMapping,
    context: &CheckContext<'_>,
) -> Result<CheckedFile, CheckProblem> {
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
    let bounds = Bounds { ends: mapping::ends(mapping)?, ..*context.bounds };
    let mut records = RecordSheet {
        bounds: &bounds,
        columns,
        dates,
        mapping,
        context,
        sheet,
        stated: HashMap::new(),
        comma: matches!(sheet.format, Format::Csv(b';' | b'\t')),
    };
    let (mut values, mut rejected) = (Vec::with_capacity(sheet.rows.len()), Vec::new());
    let (mut repeated, mut notes) = (HashSet::new(), Vec::new());
    if let Some((at, unit)) = records.measured(|_| false) {
        let title = &sheet.titles[at];
        notes.push(notes::note(
            format!("「{title}」的单位是 {unit}；没有 dataUnit 的行按它换算"),
            format!("'{title}' is in {unit}: rows without a dataUnit are converted from it"),
        ));
    }
    let mut seen: HashMap<_, (u32, u64, i32)> = HashMap::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let rejection = match records.row(row) {
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
            Err(RecordProblem::Cell(it)) => it.rejected(sheet, row),
            Err(RecordProblem::Entry(it)) => it.at(row.line, cell_problem::entry(sheet, row)),
        };
        if rejected.len() >= context.max_problems {
            let place = sheet.place(row.line, None);
            return Err(limits::too_many_problems(context.max_problems, &place).into());
        }
        rejected.push(rejection);
    }
    // What stands twice is stored once, and counts once in what is shown.
    let once = values.iter().enumerate().filter(|it| !repeated.contains(&it.0));
    let readings = once.map(|it| &it.1.1);
    Ok(CheckedFile {
        series: totals::by_item(readings, context.dictionaries, |_| String::new()),
        good: ValidRows::Values { values, per_row: 1 },
        rejected,
        notes,
    })
}

/// A row whose period an earlier line has: with another value, or by another stamp.
fn twice(sheet: &Sheet, row: &Row, line: u32, by_stamp: Option<&Reading>) -> Rejected {
    let zh = format!("第 {line} 行与第 {} 行", row.line);
    let en = format!("lines {line} and {}", row.line);
    if let Some(it) = by_stamp {
        let mut problem = period::clash(it);
        problem.hint_zh = format!("{zh}；{}", problem.hint_zh);
        problem.hint_en = format!("{en}; {}", problem.hint_en);
        return problem.at(row.line, cell_problem::entry(sheet, row));
    }
    CellProblem::new("statDate", ProblemCode::EntryDuplicate, zh, en).rejected(sheet, row)
}

enum RecordProblem {
    Cell(CellProblem),
    Entry(Problem),
}

/// How the rows of a file of records are read.
struct RecordSheet<'a> {
    columns: Columns,
    dates: DateFormat,
    mapping: &'a ImportMapping,
    context: &'a CheckContext<'a>,
    /// With what the mapping says of ends.
    bounds: &'a Bounds,
    sheet: &'a Sheet,
    /// By data code, the unit that the file states for its values.
    stated: HashMap<String, Option<String>>,
    /// The columns are separated by something else than commas.
    comma: bool,
}

impl RecordSheet<'_> {
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
        let to = to.and_then(|it| self.context.dictionaries.quantity_unit(&it));
        let found = to.and_then(|to| self.measured(|it| quantity::factor(Some(it), to).is_ok()));
        let found = found.map(|it| it.1);
        self.stated.insert(code.to_owned(), found.clone());
        found
    }

    /// A stamp as the protocol writes it: a bare day, month or year names itself whatever stamps are declared to be.
    fn stamp(&self, text: &str, stat_type: Option<StatType>) -> Result<String, StampProblem> {
        let Moment { at, precision, closes_day } =
            self.dates.read(text).map_err(StampProblem::Date)?;
        let ends = self.bounds.ends.is_some();
        if closes_day && !ends {
            return Err(StampProblem::ClosesDay);
        }
        let (date, wanted) = match precision {
            Precision::Time => return Ok(at.strftime("%Y-%m-%d %H:%M:%S").to_string()),
            Precision::Day => (at.date(), stat_type),
            Precision::Month if ends => (at.date().last_of_month(), Some(StatType::Month)),
            Precision::Month => (at.date(), Some(StatType::Month)),
            Precision::Year if ends => (at.date().last_of_year(), Some(StatType::Year)),
            Precision::Year => (at.date(), Some(StatType::Year)),
        };
        match stat_type {
            Some(_) if stat_type != wanted => Err(StampProblem::OtherRhythm),
            _ => Ok(date.to_string()),
        }
    }

    fn row(&mut self, row: &Row) -> Result<(i32, Reading), RecordProblem> {
        if let Some(problem) = CellProblem::surplus(self.sheet, row) {
            return Err(RecordProblem::Cell(problem));
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
            record.entry.stat_type = number(mapping.stat_type.map(StatType::code));
        }
        if !columns.has("valid") {
            record.entry.valid = Scalar::Flag(true);
        }
        if !columns.has("inputType") {
            record.entry.input_type = number(mapping.input_type.or(Some(7)));
        }
        if let Some(written) = record.entry.data_value.text() {
            let value =
                numbers::number(&written, "dataValue", self.comma).map_err(RecordProblem::Cell)?;
            let value = value * mapping.multiplier.unwrap_or(1.0);
            record.entry.data_value = Scalar::Number(value);
        }
        // What the protocol's own form is not, people's forms may be.
        if let Some(written) = record.entry.stat_date.text() {
            let stat_type = record.entry.stat_type.small().and_then(StatType::from_code);
            let plain = self.stamp(&written, stat_type).map_err(|problem| {
                let ((zh, en), said) = (problem.words(), echo(&written));
                let (zh, en) = (format!("「{said}」{zh}"), format!("'{said}' {en}"));
                RecordProblem::Cell(CellProblem::new("statDate", problem.code(), zh, en))
            })?;
            record.entry.stat_date = Scalar::Text(Cow::Owned(plain));
        }
        let CheckContext { units, dictionaries, .. } = self.context;
        records::check(&record, units, dictionaries, self.bounds).map_err(RecordProblem::Entry)
    }
}

fn text(it: &str) -> Scalar<'_> {
    Scalar::Text(Cow::Borrowed(it))
}

fn number<'a>(it: Option<u8>) -> Scalar<'a> {
    it.map_or(Scalar::Missing, |it| Scalar::Number(it.into()))
}
