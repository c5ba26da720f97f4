//! Data quality: the readings of a unit and a day → marks, each with its evidence; marks → findings and daily figures.
//! Rules see readings alone. One file per rule in `rules/`, one line each in its table. No store, no clock.

use nengce_shared::stat_type::StatType;

mod day;
pub mod figures;
mod finding;
mod habit;
mod judge;
mod learnt;
mod months;
pub mod rules;
mod scale;
mod season;
mod series;
#[cfg(any(test, feature = "series-builder"))]
pub mod series_builder;
#[cfg(test)]
mod tests;

pub use day::ItemDay;
pub use finding::{Span, spans};
pub use habit::{Habit, PastMonth, is_for_warmth};
pub use judge::{Judged, judge};
pub use months::{MONTH_REACH_DAYS, months_around};
pub use rules::{RULES, rule};
pub use scale::{Scale, median};
pub use season::HeatingSeason;
pub use series::{DayRecord, ItemSeries, Marked, Point, Refused, UnitSeries, Value};

/// How far a reading reaches: the judgement of a day rests on this many days before it …
pub const BACK_DAYS: i32 = 64;
/// … this many after it …
pub const AHEAD_DAYS: i32 = 15;
/// … and, one year before, on the days so far to either side of its date.
pub const YEAR_DAYS: i32 = 365;
pub const AROUND_DAYS: i32 = 21;

/// The days of the year before that the judgement of the days `from..=to` rests on.
pub const fn year_before(from: i32, to: i32) -> (i32, i32) {
    (from - YEAR_DAYS - BACK_DAYS, to - YEAR_DAYS + AROUND_DAYS + 1)
}
/// Days before a judged one of which single points are read.
pub const POINT_DAYS: i32 = 14;

/// Which part of the index a rule bears on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Completeness,
    Timeliness,
    Validity,
    Conformity,
}

impl Part {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completeness => "completeness",
            Self::Timeliness => "timeliness",
            Self::Validity => "validity",
            Self::Conformity => "conformity",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Low,
    Medium,
    High,
}

impl Severity {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A figure that a rule works with, named for whoever reads its table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    pub name: &'static str,
    pub value: f64,
    pub unit: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
}

/// How a rule looks: at one item's day, or at the whole unit's.
#[derive(Debug, Clone, Copy)]
pub enum Look {
    Item(fn(&ItemDay<'_>) -> Option<Hit>),
    Unit(fn(&UnitSeries, i32) -> Option<Hit>),
}

/// A row of the table.
#[derive(Debug)]
pub struct Rule {
    pub name: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub about_zh: &'static str,
    pub about_en: &'static str,
    /// What a finding says; `{}` is its measure.
    pub says_zh: &'static str,
    pub says_en: &'static str,
    pub part: Part,
    pub severity: Severity,
    pub parameters: &'static [Parameter],
    pub source: &'static str,
    pub certainty: &'static str,
    pub look: Look,
}

/// One reading that tells.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Evidence {
    pub item: i32,
    pub stat_type: StatType,
    /// Start of the period, local seconds.
    pub at: i64,
    pub value: Option<f64>,
    pub expected: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub received_at: Option<i64>,
}

/// What a rule found on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The rule's own figure: a ratio, a share, a number of days.
    pub measure: f64,
    pub evidence: Vec<Evidence>,
    /// Nothing is left to be done: late data that has come.
    pub settled: bool,
}

impl Hit {
    pub fn new(measure: f64, evidence: Vec<Evidence>) -> Self {
        Self { measure, evidence, settled: false }
    }
}

/// A hit with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub rule: &'static str,
    /// `None`: the whole unit.
    pub item: Option<i32>,
    pub day: i32,
    pub hit: Hit,
}
