//! Turns the readings of a unit into marks with evidence, and marks into findings and daily figures. A rule sees only
//! what the series of its unit holds; each rule is one file in `rules/` and one line in `RULES`.

use nengce_shared::stat_type::StatType;

pub mod answer;
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
pub use rules::{FINGERPRINT, RULES, rule};
pub use scale::{Scale, median};
pub use season::HeatingSeason;
pub use series::{DayRecord, ItemSeries, OffStart, Point, RejectedStamp, UnitSeries, Value};

/// Days before an assessed day that its assessment depends on.
pub const BACK_DAYS: i32 = 64;
/// Days after an assessed day that its assessment depends on.
pub const AHEAD_DAYS: i32 = 15;
/// Days from a date to the same date of the year before.
pub const YEAR_DAYS: i32 = 365;
/// Days around the same date of the year before that are consulted, to either side.
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
    /// Points received ÷ points expected.
    Completeness,
    /// Whether data came by the end of the next day.
    Timeliness,
    /// Whether values are plausible.
    Validity,
    /// Whether points, days, months and years agree, and stamps with their periods.
    Conformity,
}

impl Part {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completeness => "completeness",
            Self::Timeliness => "timeliness",
            Self::Validity => "validity",
            Self::Conformity => "conformity",
        }
    }
}

/// How much a finding of a rule matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It is looked at last.
    Low,
    /// It is looked at after the high ones.
    Medium,
    /// It is looked at first.
    High,
}

impl Severity {
    /// The word on the wire.
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
    /// The name, as in the table of rules and in the documents.
    pub name: &'static str,
    /// The value in `unit`.
    pub value: f64,
    /// The unit: `days`, `hours`, `share` and so on.
    pub unit: &'static str,
    /// The meaning in Chinese.
    pub zh: &'static str,
    /// The meaning in English.
    pub en: &'static str,
}

/// The check of a rule: on one item's day, or on the whole unit's day.
#[derive(Debug, Clone, Copy)]
pub enum RuleCheck {
    /// Looks at one item's day.
    Item(fn(&ItemDay<'_>) -> Option<Hit>),
    /// Looks at the unit's day, a count of days from 1970-01-01.
    Unit(fn(&UnitSeries, i32) -> Option<Hit>),
}

/// A rule of the table.
#[derive(Debug)]
pub struct Rule {
    /// The name in findings, filters and documents.
    pub name: &'static str,
    /// The number of its check; whoever changes what the check finds raises it, so that stored days are assessed again.
    pub version: u32,
    /// The Chinese name.
    pub zh: &'static str,
    /// The English name.
    pub en: &'static str,
    /// What the rule finds, in Chinese.
    pub about_zh: &'static str,
    /// What the rule finds, in English.
    pub about_en: &'static str,
    /// The sentence of a finding in Chinese; `{}` stands for its measure.
    pub says_zh: &'static str,
    /// The sentence of a finding in English; `{}` stands for its measure.
    pub says_en: &'static str,
    /// The part of the index that its marks lower.
    pub part: Part,
    /// The severity of its findings.
    pub severity: Severity,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// The source of the rule or of its limit, in Chinese.
    pub source_zh: &'static str,
    /// The source of the rule or of its limit, in English.
    pub source_en: &'static str,
    /// How certain the rule is: `found` in a source, or `inferred` from what was found.
    pub certainty: &'static str,
    /// The function that looks at a day.
    pub check: RuleCheck,
}

/// A reading that proves a mark.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Evidence {
    /// The id of the item; 0 where a rejected entry names none that is known.
    pub item: i32,
    /// The length of the period.
    pub stat_type: StatType,
    /// The start of the period in local seconds.
    pub at: i64,
    /// The value in the unit of the item; `None` where nothing came.
    pub value: Option<f64>,
    /// The expected value, where the rule expects one.
    pub expected: Option<f64>,
    /// The lower bound of what the rule accepts.
    pub low: Option<f64>,
    /// The upper bound of what the rule accepts.
    pub high: Option<f64>,
    /// When it was received, in local seconds.
    pub received_at: Option<i64>,
}

/// The result of a rule that applies to a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The figure that the rule measured: a ratio, a share, or a number of days.
    pub measure: f64,
    /// The readings that prove it.
    pub evidence: Vec<Evidence>,
    /// Whether nothing is left to do, as with late data that has come.
    pub settled: bool,
}

impl Hit {
    /// A result that is not settled.
    pub fn new(measure: f64, evidence: Vec<Evidence>) -> Self {
        Self { measure, evidence, settled: false }
    }
}

/// What one rule found on one day of an item or of the unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The name of the rule.
    pub rule: &'static str,
    /// The item, or `None` for the whole unit.
    pub item: Option<i32>,
    /// The day, counted from 1970-01-01.
    pub day: i32,
    /// The measure and its evidence.
    pub hit: Hit,
}
