//! Data quality: readings of a unit become marks with evidence, and marks become findings and daily figures. Rules see
//! readings only; each rule is one file in `rules/` and one line in its table.

use nengce_shared::stat_type::StatType;

mod assessment;
mod day;
mod finding;
mod history;
mod item_month;
mod months;
mod operating_pattern;
pub mod rules;
mod scale;
mod season;
mod series;
#[cfg(any(test, feature = "series-builder"))]
pub mod series_builder;
#[cfg(test)]
mod tests;
pub mod timeliness;

pub use assessment::{Assessment, assess};
pub use day::ItemDay;
pub use finding::{Span, spans};
pub use months::{MONTH_REACH_DAYS, months_around};
pub use operating_pattern::{OperatingPattern, PastMonth, is_for_warmth};
pub use rules::{RULES, rule};
pub use scale::{Scale, median};
pub use season::HeatingSeason;
pub use series::{DayRecord, ItemSeries, OffStart, Point, RejectedStamp, UnitSeries, Value};

/// Days before an assessed day that its assessment depends on.
pub const BACK_DAYS: i32 = 64;
/// Days after an assessed day that its assessment depends on.
pub const AHEAD_DAYS: i32 = 15;
/// Days from a date to the same date of the year before.
pub const YEAR_DAYS: i32 = 365;
pub const AROUND_DAYS: i32 = 21;

/// The days one year earlier that the assessment of the days `from..=to` depends on.
pub const fn year_before(from: i32, to: i32) -> (i32, i32) {
    (from - YEAR_DAYS - BACK_DAYS, to - YEAR_DAYS + AROUND_DAYS + 1)
}
/// Days before an assessed day of which the single points are read.
pub const POINT_DAYS: i32 = 14;

/// The part of the quality index that a rule affects.
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

/// A figure of a rule, with its name for readers of the table of rules.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    pub name: &'static str,
    pub value: f64,
    pub unit: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
}

/// The check of a rule: on one item's day, or on the whole unit's day.
#[derive(Debug, Clone, Copy)]
pub enum RuleCheck {
    Item(fn(&ItemDay<'_>) -> Option<Hit>),
    Unit(fn(&UnitSeries, i32) -> Option<Hit>),
}

/// A rule of the table.
#[derive(Debug)]
pub struct Rule {
    pub name: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub about_zh: &'static str,
    pub about_en: &'static str,
    /// The sentence of a finding; `{}` stands for its measure.
    pub says_zh: &'static str,
    pub says_en: &'static str,
    pub part: Part,
    pub severity: Severity,
    pub parameters: &'static [Parameter],
    pub source_zh: &'static str,
    pub source_en: &'static str,
    pub certainty: &'static str,
    pub check: RuleCheck,
}

/// A reading that proves a mark.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Evidence {
    pub item: i32,
    pub stat_type: StatType,
    /// The start of the period in local seconds.
    pub at: i64,
    pub value: Option<f64>,
    pub expected: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub received_at: Option<i64>,
}

/// The result of a rule that applies to a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The figure that the rule measured: a ratio, a share, or a number of days.
    pub measure: f64,
    pub evidence: Vec<Evidence>,
    /// Whether nothing is left to do, as with late data that has come.
    pub settled: bool,
}

impl Hit {
    pub fn new(measure: f64, evidence: Vec<Evidence>) -> Self {
        Self { measure, evidence, settled: false }
    }
}

/// What one rule found on one day of an item or of the unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub rule: &'static str,
    /// The item, or `None` for the whole unit.
    pub item: Option<i32>,
    pub day: i32,
    pub hit: Hit,
}
