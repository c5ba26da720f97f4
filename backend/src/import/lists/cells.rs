//! The cells of one row of a list, read by name: numbers, months, years, codes; every problem is kept with its column.

use std::collections::HashMap;

use jiff::civil::Date;
use nengce_core::reference::Dictionaries;
use nengce_messages::echo;
use nengce_shared::api::imports::ImportNote;
use nengce_shared::cell::{self, DateProblem, Moment, NumberProblem, Precision};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::lang::Lang;
use nengce_shared::month::Month;
use nengce_shared::problem::ProblemCode;
use nengce_shared::quantity::{self, Unconvertible};

use crate::import::cell_problem::CellProblem;
use crate::import::mapping::stamps::{DateFormat, StampProblem};
use crate::import::problem::FileProblem;
use crate::import::results::notes::at_line;
use crate::import::sheet::{Row, Sheet};

/// How the rows of a file are read.
pub struct Reading<'a> {
    pub dictionaries: &'a Dictionaries,
    pub dates: DateFormat,
    /// Value × multiplier = value in the field's unit; without one the unit says it that the column states.
    pub multiplier: Option<f64>,
    /// Rejected cells that are spelled out, at most.
    pub most: usize,
}

/// Where the columns of a kind stand, looked up once.
pub struct Header(HashMap<&'static str, usize>);

impl Header {
    pub fn of(
        sheet: &Sheet,
        required: &[&'static str],
        optional: &[&'static str],
    ) -> Result<Self, FileProblem> {
        let mut places = HashMap::new();
        for name in required {
            places.insert(*name, sheet.column(name)?);
        }
        for name in optional {
            match sheet.column(name) {
                Ok(at) => drop(places.insert(*name, at)),
                Err(it) if it.code == ProblemCode::ImportColumnMissing => {}
                Err(it) => return Err(it),
            }
        }
        Ok(Self(places))
    }
}

pub struct Cells<'a> {
    pub header: &'a Header,
    pub reading: &'a Reading<'a>,
    pub row: &'a Row,
    /// The unit that the column of values states.
    pub stated: Option<&'a str>,
    pub problems: Vec<CellProblem>,
    pub notes: &'a mut Vec<ImportNote>,
}

impl Cells<'_> {
    pub fn optional(&self, column: &str) -> String {
        let at = self.header.0.get(column);
        at.map(|it| self.row.cell(*it).to_owned()).unwrap_or_default()
    }

    /// Takes the value all the same, and says so.
    pub fn warn(&mut self, zh: &str, en: &str) {
        self.notes.push(at_line(self.row.line, zh, en));
    }

    pub fn refuse(&mut self, column: &str, code: ProblemCode, zh: &str, en: &str) {
        let found = echo(&self.optional(column));
        self.problems.push(CellProblem::new(
            column,
            code,
            format!("「{found}」{zh}"),
            format!("'{found}' {en}"),
        ));
    }

    /// What turns a value into `to`, or a share into its fraction.
    fn times(&self, to: &str, fraction: bool) -> Result<f64, Unconvertible> {
        match (self.reading.multiplier, self.stated) {
            (Some(it), _) => Ok(it),
            (None, Some(unit)) if fraction => {
                Ok(quantity::factor(Some(unit), "%").map_or(1.0, |it| it / 100.0))
            }
            (None, Some(unit)) => quantity::factor(Some(unit), to),
            (None, None) => Ok(1.0),
        }
    }

    /// A number as people write it, in the unit `to`; a percentage is its fraction where that is what is wanted.
    pub fn number(&mut self, column: &str, to: &str, fraction: bool) -> f64 {
        let found = self.optional(column);
        let (code, zh, en) = match cell::number(&found) {
            Ok(Some(it)) if it.percent && !fraction => {
                (ProblemCode::ImportValueUnreadable, "是百分数", "is a percentage")
            }
            Ok(Some(it)) if it.percent => return it.value,
            Ok(Some(it)) if it.value.is_finite() => match self.times(to, fraction) {
                Ok(times) => return it.value * times,
                Err(why) => {
                    let (zh, en) = (why.reason(Lang::Zh), why.reason(Lang::En));
                    self.refuse(column, ProblemCode::ImportMeasureUnknown, &zh, &en);
                    return 0.0;
                }
            },
            Ok(None) => (ProblemCode::ImportValueMissing, "", ""),
            Err(NumberProblem::CommaAmbiguous) => (
                ProblemCode::ImportValueUnreadable,
                "逗号是千分位还是小数点不明",
                "is the comma decimal? write a point",
            ),
            _ => (ProblemCode::ImportValueUnreadable, "", ""),
        };
        self.refuse(column, code, zh, en);
        0.0
    }

    /// A month as people write it; a day must be the month's first.
    pub fn month(&mut self, column: &str) -> Month {
        let found = self.optional(column);
        match self.reading.dates.read(&found) {
            Ok(Moment { at, precision, closes_day: false })
                if precision >= Precision::Month
                    && at == at.date().first_of_month().at(0, 0, 0, 0) =>
            {
                if (2000..=2100).contains(&at.year()) {
                    return Month::of(at.date());
                }
                let (zh, en) = ("应在 2000–2100 年", "must lie in the years 2000 to 2100");
                self.refuse(column, ProblemCode::ImportDateUnreadable, zh, en);
            }
            Err(problem @ (DateProblem::OrderUnknown | DateProblem::Serial)) => {
                let (zh, en) = StampProblem::Date(problem).words();
                self.refuse(column, ProblemCode::ImportDateUnreadable, zh, en);
            }
            _ => self.refuse(
                column,
                ProblemCode::ImportDateUnreadable,
                "应为一个月，如 2025-01、2025年1月",
                "must be one month, such as 2025-01",
            ),
        }
        Month::of(Date::ZERO)
    }

    /// A day as people write it.
    pub fn day(&mut self, column: &str) -> Date {
        match self.reading.dates.read(&self.optional(column)) {
            Ok(Moment { at, precision, closes_day: false })
                if precision >= Precision::Day
                    && at == at.date().at(0, 0, 0, 0)
                    && (2000..=2100).contains(&at.year()) =>
            {
                return at.date();
            }
            Err(problem @ (DateProblem::OrderUnknown | DateProblem::Serial)) => {
                let (zh, en) = StampProblem::Date(problem).words();
                self.refuse(column, ProblemCode::ImportDateUnreadable, zh, en);
            }
            _ => self.refuse(
                column,
                ProblemCode::ImportDateUnreadable,
                "应为 2000–2100 年的一天，如 2025-01-31",
                "must be one day of the years 2000 to 2100, such as 2025-01-31",
            ),
        }
        Date::ZERO
    }

    pub fn year(&mut self, column: &str) -> i16 {
        let found = self.optional(column);
        match found.trim_end_matches(['年', '度']).parse::<i16>() {
            Ok(it) if (2000..=2100).contains(&it) => it,
            _ => {
                self.refuse(
                    column,
                    ProblemCode::ImportValueUnreadable,
                    "应为 2000–2100 的年份",
                    "must be a year from 2000 to 2100",
                );
                0
            }
        }
    }

    pub fn one_of(&mut self, column: &str, words: &[&str]) -> String {
        let found = self.optional(column);
        if !words.contains(&found.as_str()) {
            let list = words.join(", ");
            self.refuse(
                column,
                ProblemCode::ImportCodeUnknown,
                &format!("可为 {list}"),
                &format!("may be {list}"),
            );
        }
        found
    }

    pub fn listed(&mut self, column: &str, known: impl Fn(&str) -> bool) -> String {
        let found = self.optional(column);
        if !known(&found) {
            self.refuse(column, ProblemCode::ImportCodeUnknown, "", "");
        }
        found
    }

    pub fn credit_code(&mut self, column: &str) -> String {
        let found = self.optional(column);
        match CreditCode::parse(&found) {
            Ok(it) => it.to_string(),
            Err(error) => {
                self.refuse(
                    column,
                    ProblemCode::EntryCreditCodeInvalid,
                    &error.reason_zh(),
                    &error.to_string(),
                );
                found
            }
        }
    }
}
