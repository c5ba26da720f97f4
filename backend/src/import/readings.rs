//! A file of readings of one unit: a time column and one column per data item, each with a multiplier.

use std::collections::{BTreeMap, HashMap};

use nengce_core::ingest::period::Period;
use nengce_core::ingest::{Bounds, Reading, Rejected, echo, stamp};
use nengce_core::reference::Dictionaries;
use nengce_shared::basis::Basis;
use nengce_shared::data_code::DataCode;
use nengce_shared::problem::ProblemCode;

use super::sheet::{Row, Sheet};
use super::stamps::{StampProblem, Stamps};
use super::{CellProblem, FileProblem, Series};

/// One column that is read.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnMap {
    pub data_code: DataCode,
    pub column: String,
    /// Column value × multiplier = value in the dictionary's unit.
    pub multiplier: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ReadingsPlan {
    pub time_column: String,
    pub maps: Vec<ColumnMap>,
    pub stat_type: u8,
    pub input_type: u8,
    pub stamps: Stamps,
}

impl ReadingsPlan {
    /// Reads `time=COLUMN;CODE=COLUMN*MULTIPLIER;…`.
    pub fn of_map(text: &str) -> Result<(String, Vec<ColumnMap>), String> {
        let (mut time, mut maps) = (None, Vec::new());
        for part in text.split(';').map(str::trim).filter(|it| !it.is_empty()) {
            let (target, column) = part
                .split_once('=')
                .ok_or_else(|| format!("'{part}' is not TARGET=COLUMN"))?;
            if matches!(target.trim(), "time" | "date" | "stamp") {
                time = Some(column.trim().to_owned());
                continue;
            }
            let data_code =
                DataCode::parse_lenient(target).map_err(|it| format!("'{target}': {it}"))?;
            let (column, multiplier) = match column.rsplit_once('*') {
                Some((column, factor)) => {
                    let factor: f64 = factor
                        .trim()
                        .parse()
                        .map_err(|_| format!("'{factor}' is not a multiplier"))?;
                    (column, factor)
                }
                None => (column, 1.0),
            };
            if !multiplier.is_finite() {
                return Err(format!("'{part}': the multiplier is not finite"));
            }
            maps.push(ColumnMap {
                data_code,
                column: column.trim().to_owned(),
                multiplier,
            });
        }
        let time = time.ok_or("no time=COLUMN among the maps")?;
        if maps.is_empty() {
            return Err("no CODE=COLUMN among the maps".to_owned());
        }
        Ok((time, maps))
    }

    /// Every row as readings or with every reason why not.
    pub fn read(
        &self,
        sheet: &Sheet,
        bounds: &Bounds,
    ) -> Result<(Vec<Reading>, Vec<Rejected>), FileProblem> {
        let time = sheet.column(&self.time_column)?;
        let columns: Vec<usize> = self
            .maps
            .iter()
            .map(|it| sheet.column(&it.column))
            .collect::<Result<_, _>>()?;
        let mut readings = Vec::with_capacity(sheet.rows.len() * columns.len());
        let mut rejected = Vec::new();
        let mut lines: HashMap<i64, u32> = HashMap::with_capacity(sheet.rows.len());
        for row in &sheet.rows {
            match self.row(sheet, row, time, &columns, bounds, &mut lines) {
                Ok(mut it) => readings.append(&mut it),
                Err(problems) => rejected.extend(problems.iter().map(|it| it.rejected(sheet, row))),
            }
        }
        Ok((readings, rejected))
    }

    /// The column of an item.
    pub fn column_of(&self, code: &DataCode) -> String {
        let map = self.maps.iter().find(|it| it.data_code == *code);
        map.map(|it| it.column.clone()).unwrap_or_default()
    }

    fn row(
        &self,
        sheet: &Sheet,
        row: &Row,
        time: usize,
        columns: &[usize],
        bounds: &Bounds,
        lines: &mut HashMap<i64, u32>,
    ) -> Result<Vec<Reading>, Vec<CellProblem>> {
        if row.cells.len() != sheet.header.len() {
            let (found, wanted) = (row.cells.len(), sheet.header.len());
            return Err(vec![CellProblem::new(
                "",
                ProblemCode::ImportRowLength,
                format!("{found} 列，表头 {wanted} 列"),
                format!("{found} fields, the header has {wanted}"),
            )]);
        }
        let at = self.time(&row.cells[time], bounds);
        let mut problems = Vec::new();
        let mut values = Vec::with_capacity(columns.len());
        for (map, column) in self.maps.iter().zip(columns) {
            match number(&row.cells[*column], &map.column, map.multiplier, bounds) {
                Ok(value) => values.push((map.data_code, value)),
                Err(it) => problems.push(it),
            }
        }
        let Period { start: at, off } = match at {
            Ok(it) => it,
            Err(it) => {
                problems.insert(0, it);
                return Err(problems);
            }
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        if let Some(first) = lines.get(&at) {
            return Err(vec![CellProblem::new(
                &self.time_column,
                ProblemCode::ImportStampDuplicate,
                format!("第 {first} 行与第 {} 行", row.line),
                format!("lines {first} and {}", row.line),
            )]);
        }
        lines.insert(at, row.line);
        let reading = |(data_code, value)| Reading {
            data_code,
            stat_type: self.stat_type,
            at,
            off,
            value,
            valid: true,
            input_type: Some(self.input_type),
        };
        Ok(values.into_iter().map(reading).collect())
    }

    fn time(&self, text: &str, bounds: &Bounds) -> Result<Period, CellProblem> {
        let said = echo(text);
        let refuse =
            |code, zh: String, en: String| Err(CellProblem::new(&self.time_column, code, zh, en));
        let start = match self.stamps.start(text, self.stat_type) {
            Ok(it) => it,
            Err(StampProblem::Unreadable) => {
                return refuse(
                    ProblemCode::ImportDateUnreadable,
                    format!("「{said}」"),
                    format!("'{said}' does not have the named format"),
                );
            }
            Err(StampProblem::ClosesDay) => {
                return refuse(
                    ProblemCode::EntryStatDateNotPeriodStart,
                    format!("「{said}」24:00 是一日的终点；请声明时间为时段结束"),
                    format!("'{said}': 24:00 ends a day; say that stamps are ends"),
                );
            }
            Err(StampProblem::NoEnd) => {
                return refuse(
                    ProblemCode::EntryStatDateNotPeriodStart,
                    format!("「{said}」已声明时间为终点，此值不是统计期的终点"),
                    format!("'{said}': stamps were declared as ends; this ends no period"),
                );
            }
        };
        if !self.stamps.on_grid(start) {
            return refuse(
                ProblemCode::ImportStampOffGrid,
                format!("「{said}」"),
                format!("'{said}'"),
            );
        }
        let plain = start.strftime("%Y-%m-%d %H:%M:%S").to_string();
        stamp::read_period(&plain, self.stat_type, bounds).or_else(|defect| {
            refuse(
                defect.code,
                format!("「{said}」{}", defect.hint_zh),
                format!("'{said}' {}", defect.hint_en),
            )
        })
    }
}

fn number(text: &str, column: &str, multiplier: f64, bounds: &Bounds) -> Result<f64, CellProblem> {
    let refuse = |code| {
        Err(CellProblem::new(
            column,
            code,
            format!("「{}」", echo(text)),
            format!("'{}'", echo(text)),
        ))
    };
    let Ok(value) = text.trim().parse::<f64>() else {
        return refuse(ProblemCode::ImportValueUnreadable);
    };
    let value = value * multiplier;
    if !value.is_finite() {
        return refuse(ProblemCode::EntryValueNotFinite);
    }
    if value.abs() > bounds.value_abs_max {
        return refuse(ProblemCode::EntryValueAbsurd);
    }
    Ok(value)
}

/// Count, sum and span of each data item; `column` names where it stands in the file.
pub fn series<'a>(
    readings: impl Iterator<Item = &'a Reading>,
    dictionaries: &Dictionaries,
    column: impl Fn(&DataCode) -> String,
) -> Vec<Series> {
    let mut by_code: BTreeMap<DataCode, Vec<&Reading>> = BTreeMap::new();
    for it in readings {
        by_code.entry(it.data_code).or_default().push(it);
    }
    by_code
        .into_iter()
        .map(|(code, rows)| {
            let text = |at: i64| {
                stamp::date_time(at)
                    .strftime("%Y-%m-%d %H:%M:%S")
                    .to_string()
            };
            let sum: f64 = rows.iter().map(|it| it.value).sum();
            let first = rows.iter().map(|it| it.at).min();
            let kgce = first
                .filter(|_| {
                    code.class()
                        .is_some_and(nengce_shared::data_class::DataClass::is_energy)
                })
                .and_then(|at| {
                    dictionaries.factor(
                        code.energy_type(),
                        Basis::Calorific,
                        stamp::date_time(at).date(),
                    )
                })
                .map(|it| it.kgce_per_unit);
            let moved = || rows.iter().filter(|it| it.off != 0);
            Series {
                data_code: code.to_string(),
                column: column(&code),
                readings: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                sum,
                unit: dictionaries.quantity_unit(&code).map(str::to_owned),
                tce_calorific: kgce.map(|it| sum * it / 1000.0),
                first: first.map(text),
                last: rows.iter().map(|it| it.at).max().map(text),
                not_counted: 0,
                moved: u32::try_from(moved().count()).unwrap_or(u32::MAX),
                moved_example: moved()
                    .next()
                    .map(|it| format!("{} → {}", text(it.at + i64::from(it.off)), text(it.at))),
            }
        })
        .collect()
}
