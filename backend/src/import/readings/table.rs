//! A table of readings: a time column and one column per data item. A cell that is empty or cannot be read refuses itself alone.

use std::collections::HashMap;

use nengce_core::reference::Dictionaries;
use nengce_messages::period::Period;
use nengce_messages::{Bounds, Reading, Rejected, echo, stamp};
use nengce_shared::api::imports::ImportNote;
use nengce_shared::cell::Precision;
use nengce_shared::data_code::DataCode;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use nengce_shared::quantity;
use nengce_shared::stat_type::StatType;

use super::numbers::{bounded, number};
use crate::import::cell_problem::CellProblem;
use crate::import::checked_file::Units;
use crate::import::mapping::columns::{Conversion, ReadingsMapping};
use crate::import::mapping::stamps::Stamps;
use crate::import::problem::FileProblem;
use crate::import::sheet::{Format, Row, Sheet};

/// Readings with their unit (0: the one that the mapping names), rejected cells, and notes.
#[derive(Debug, Default)]
pub struct Table {
    pub values: Vec<(i32, Reading)>,
    pub rejected: Vec<Rejected>,
    pub notes: Vec<ImportNote>,
}

/// The plan in this sheet.
struct Reader<'a> {
    plan: &'a ReadingsMapping,
    sheet: &'a Sheet,
    bounds: &'a Bounds,
    dictionaries: &'a Dictionaries,
    units: &'a Units<'a>,
    time: usize,
    unit: Option<usize>,
    /// Place, data code and measure of each column.
    columns: Vec<(usize, DataCode, Conversion)>,
    stamps: Stamps,
    stat_type: StatType,
    lines: HashMap<(i32, i64), u32>,
}

impl ReadingsMapping {
    /// Every cell as a reading or with the reason why not; at most `most` reasons.
    pub fn read(
        &self,
        sheet: &Sheet,
        bounds: &Bounds,
        dictionaries: &Dictionaries,
        units: &Units<'_>,
        most: usize,
    ) -> Result<Table, FileProblem> {
        let mut table = Table::default();
        let time = sheet.column(&self.time_column)?;
        let unit = self.unit_column.as_ref().map(|it| sheet.column(it)).transpose()?;
        let mut columns = Vec::with_capacity(self.maps.len());
        for it in &self.maps {
            let measure = it.resolve(sheet, dictionaries, &mut table.notes)?;
            columns.push((sheet.column(&it.column)?, it.data_code, measure));
        }
        let cells = || sheet.rows.iter().map(|row| row.cell(time));
        let stamps = Stamps { format: self.stamps.format.settled(cells()), ..self.stamps.clone() };
        let stat_type = self.stat_type.unwrap_or_else(|| rhythm(&stamps, cells()));
        table.values.reserve(sheet.rows.len() * columns.len());
        let mut reader = Reader {
            plan: self,
            sheet,
            bounds,
            dictionaries,
            units,
            time,
            unit,
            columns,
            stamps,
            stat_type,
            lines: HashMap::with_capacity(sheet.rows.len()),
        };
        for row in &sheet.rows {
            for it in reader.row(row, &mut table.values) {
                if table.rejected.len() >= most {
                    return Err(crate::import::limits::too_many_problems(
                        most,
                        &sheet.place(row.line, None),
                    ));
                }
                table.rejected.push(it.rejected(sheet, row));
            }
        }
        Ok(table)
    }
}

/// Months where every stamp is a month, years where every stamp is a year, else real-time.
fn rhythm<'a>(stamps: &Stamps, cells: impl Iterator<Item = &'a str>) -> StatType {
    let mut found = None;
    for it in cells.filter(|it| !it.is_empty()) {
        let Ok(moment) = stamps.format.read(it) else {
            continue;
        };
        if moment.precision > Precision::Month || found.is_some_and(|it| it != moment.precision) {
            return StatType::RealTime;
        }
        found = Some(moment.precision);
    }
    match found {
        Some(Precision::Month) => StatType::Month,
        Some(Precision::Year) => StatType::Year,
        _ => StatType::RealTime,
    }
}

impl Reader<'_> {
    fn row(&mut self, row: &Row, values: &mut Vec<(i32, Reading)>) -> Vec<CellProblem> {
        if let Some(problem) = CellProblem::surplus(self.sheet, row) {
            return vec![problem];
        }
        let mut problems = Vec::new();
        let at = self.at(row.cell(self.time));
        let unit = self.unit_of(row);
        let first = values.len();
        for at in 0..self.columns.len() {
            if self.columns[..at].iter().any(|it| it.1 == self.columns[at].1) {
                continue;
            }
            if let Some(value) = self.item(row, at, &mut problems) {
                let reading = Reading {
                    data_code: self.columns[at].1,
                    stat_type: self.stat_type,
                    at: 0,
                    off: 0,
                    value,
                    valid: true,
                    input_type: Some(self.plan.input_type),
                };
                values.push((0, reading));
            }
        }
        let (at, unit) = match (at, unit) {
            (Ok(at), Ok(unit)) => (at, unit),
            (at, unit) => {
                values.truncate(first);
                let whole = [at.err(), unit.err()].into_iter().flatten();
                return whole.chain(problems).collect();
            }
        };
        if values.len() == first {
            return problems;
        }
        let Period { start: at, off } = at;
        if let Some(line) = self.lines.get(&(unit, at)) {
            values.truncate(first);
            return vec![CellProblem::new(
                &self.plan.time_column,
                ProblemCode::ImportStampDuplicate,
                format!("第 {line} 行与第 {} 行", row.line),
                format!("lines {line} and {}", row.line),
            )];
        }
        self.lines.insert((unit, at), row.line);
        for (of, reading) in &mut values[first..] {
            (*of, reading.at, reading.off) = (unit, at, off);
        }
        let mut kept = first;
        for from in first..values.len() {
            match crate::import::readings::records::usable(&values[from].1, self.dictionaries) {
                Ok(()) => {
                    values.swap(kept, from);
                    kept += 1;
                }
                Err(it) => {
                    let column = self.plan.column_of(&values[from].1.data_code);
                    problems.push(CellProblem::new(&column, it.code, it.hint_zh, it.hint_en));
                }
            }
        }
        values.truncate(kept);
        problems
    }

    /// The sum of the columns that feed an item; a column that cannot be read leaves it out, an empty one does not.
    fn item(&self, row: &Row, first: usize, problems: &mut Vec<CellProblem>) -> Option<f64> {
        let code = self.columns[first].1;
        let (mut sum, mut bad) = (None, false);
        for (map, (column, of, measure)) in self.plan.maps.iter().zip(&self.columns) {
            if *of != code {
                continue;
            }
            match self.value(row, *column, &map.column, measure) {
                Ok(value) => sum = Some(sum.unwrap_or(0.0) + value),
                Err(it) => {
                    bad |= it.code != ProblemCode::ImportValueMissing;
                    problems.push(it);
                }
            }
        }
        sum.filter(|_| !bad)
    }

    fn value(
        &self,
        row: &Row,
        column: usize,
        name: &str,
        measure: &Conversion,
    ) -> Result<f64, CellProblem> {
        let text = row.cell(column);
        let comma = matches!(self.sheet.format, Format::Csv(b';' | b'\t'));
        let value = number(text, name, comma)?;
        let factor = match measure {
            Conversion::Factor(it) => *it,
            Conversion::PerRow(column, to) => {
                let unit = row.cell(*column);
                quantity::factor(Some(unit), to).map_err(|error| {
                    let (zh, en) = (error.reason(Lang::Zh), error.reason(Lang::En));
                    CellProblem::new(
                        &self.sheet.header[*column],
                        ProblemCode::ImportMeasureUnknown,
                        zh,
                        en,
                    )
                })?
            }
        };
        bounded(value * factor, text, name, self.bounds)
    }

    fn unit_of(&self, row: &Row) -> Result<i32, CellProblem> {
        let Some(column) = self.unit else {
            return Ok(0);
        };
        let text = row.cell(column);
        crate::import::readings::records::unit(text, self.units).map_err(|problem| {
            CellProblem::new(
                &self.sheet.header[column],
                problem.code,
                format!("「{}」{}", echo(text), problem.hint_zh),
                format!("'{}' {}", echo(text), problem.hint_en),
            )
        })
    }

    fn at(&self, text: &str) -> Result<Period, CellProblem> {
        let said = echo(text);
        let refuse = |code, zh: &str, en: &str| {
            let (zh, en) = (format!("「{said}」{zh}"), format!("'{said}' {en}"));
            Err(CellProblem::new(&self.plan.time_column, code, zh, en))
        };
        let moment = match self.stamps.start(text, self.stat_type) {
            Ok(it) => it,
            Err(problem) => {
                let (zh, en) = problem.words();
                return refuse(problem.code(), zh, en);
            }
        };
        let named = match moment.precision {
            Precision::Month => StatType::Month,
            Precision::Year => StatType::Year,
            _ => StatType::RealTime,
        };
        if named > self.stat_type || (named == StatType::Month && self.stat_type == StatType::Year)
        {
            return refuse(
                ProblemCode::ImportDateUnreadable,
                &format!("是月或年，与统计类型 {} 不符", self.stat_type),
                &format!("names a month or a year, which statType {} is not", self.stat_type),
            );
        }
        let start = moment.at;
        if !self.stamps.on_grid(start) {
            return refuse(ProblemCode::ImportStampOffGrid, "", "");
        }
        let plain = start.strftime("%Y-%m-%d %H:%M:%S").to_string();
        stamp::read_period(&plain, self.stat_type, self.bounds)
            .or_else(|problem| refuse(problem.code, &problem.hint_zh, &problem.hint_en))
    }
}
