//! Parts that several answers share: what a figure covers, names, warning levels, pages.

use super::wire;
use crate::codes::basis::Basis;
use crate::codes::reporting_state::ReportingState;
use crate::codes::unit_class::UnitClass;
use crate::indicators::warning::{WarningLevel, WarningRule};

wire! {
/// What every figure of an answer covers; the screen prints it beside the figures.
pub struct Scope {
    /// The first day counted, `YYYY-MM-DD`, included.
    pub from: String,
    /// The last day counted, included; where the span asked for holds `data_until`, it ends there.
    pub to: String,
    /// The first day of the comparison: the same span a year earlier, or the selected comparison.
    pub compare_from: String,
    /// The last day of the comparison, included.
    pub compare_to: String,
    /// The GB/T 2260 code of the district compared with over the same span; null for any other comparison.
    pub compare_region: Option<String>,
    /// The number of units of the same industries that the comparison averages, for a comparison with peers over the
    /// same days; else null.
    pub compare_peers: Option<u32>,
    /// The basis of every figure in tce: `calorific` (当量) or `equivalent` (等价), GB/T 2589.
    pub basis: Basis,
    /// Districts selected, GB/T 2260 codes separated by commas; null for all.
    pub region: Option<String>,
    /// Industries selected, GB/T 4754 codes with their letter, by prefix, separated by commas; null for all.
    pub industry: Option<String>,
    /// Classes of units selected, separated by commas; null for all.
    pub class: Option<String>,
    /// Energy groups selected, separated by commas; null for all.
    pub energy: Option<String>,
    /// Units selected, credit codes separated by commas; null for all.
    pub unit: Option<String>,
    /// The number of units in scope.
    pub units: u32,
    /// The number of units in scope with at least one reading in the span.
    pub units_reporting: u32,
    /// How the units in scope report today, whatever the span.
    pub reporting_today: ReportingCounts,
    /// Received ÷ expected points over the span, 0–1; null where nothing was expected.
    pub completeness: Option<f64>,
    /// Months with figures of all units in the comparison span ÷ those in the span, at most 1; changes are null below
    /// 0.9. Null where nothing stands in the span, and for a comparison with others.
    pub comparison_coverage: Option<f64>,
    /// The last local day for which the city has data, `YYYY-MM-DD`; null without data.
    pub data_until: Option<String>,
    /// When the newest upload in scope was received, local time `YYYY-MM-DD HH:MM:SS`; null without uploads.
    pub data_time: Option<String>,
    /// The editions of the coal-equivalent factors in force: `GB/T 2589-2020 · 2025` and so on.
    pub factor_edition: String,
    /// The year of the comparable prices of value added; null where it is not known.
    pub price_year: Option<i16>,
    /// Rises with every accepted change of data; the cache key of every answer.
    pub data_version: u64,
}

/// Units by their state of reporting today.
pub struct ReportingCounts {
    /// Units of which nothing was ever received.
    pub never: u32,
    /// Units of which two days or more that were due have not come.
    pub silent: u32,
    /// Units whose data came again within the last seven days, after a silence.
    pub resumed: u32,
    /// Units of which nothing is due today: a new device, or a rhythm of months or years.
    pub not_due: u32,
    /// Units of which everything due has come.
    pub reporting: u32,
}

/// Whether a unit reports today, and since when it is so.
pub struct Reporting {
    /// The state of reporting today, judged by the points that were due up to yesterday.
    pub state: ReportingState,
    /// The first day without data of a silent unit, the day on which a resumed one came back, or the day from which one
    /// that never reported could have; else null.
    pub since: Option<String>,
    /// Days of the silence, ended or not, or days since a unit that never reported could have; else null.
    pub days: Option<u32>,
}

/// A code of a dictionary with its two names.
pub struct Named {
    /// The code in its dictionary, such as GB/T 2260 for districts and GB/T 4754 with its letter for industries.
    pub code: String,
    /// The Chinese name; the code where the dictionary has no name.
    pub zh: String,
    /// The English name; the code where the dictionary has no name.
    pub en: String,
}

/// A unit with what a link to it needs.
pub struct UnitRef {
    /// The unified social credit code of the enterprise (GB 32100).
    pub enterprise_code: String,
    /// The name of the unit.
    pub name: String,
    /// The district of the unit (GB/T 2260).
    pub region: Named,
    /// The industry of the unit (GB/T 4754 with its letter).
    pub industry: Named,
    /// The class under which the unit is assessed (百家, 千家, 万家).
    pub class: UnitClass,
}

/// A warning level (晴雨表) with the rule that gave it.
pub struct Warning {
    /// The level; `pending` where no assessment is possible.
    pub level: WarningLevel,
    /// The rule that gave the level, or the reason why it is pending.
    pub rule: WarningRule,
}

/// The place of a page in its list.
pub struct PageInfo {
    /// The number of rows of the whole list under its filter.
    pub total: u64,
    /// The cursor of the next page, for the parameter `cursor`; null where the list ends.
    pub next: Option<String>,
}
}

impl ReportingCounts {
    /// No unit.
    pub const fn none() -> Self {
        Self { never: 0, silent: 0, resumed: 0, not_due: 0, reporting: 0 }
    }

    /// Units of a state.
    pub const fn of(&self, state: ReportingState) -> u32 {
        match state {
            ReportingState::Never => self.never,
            ReportingState::Silent => self.silent,
            ReportingState::Resumed => self.resumed,
            ReportingState::NotDue => self.not_due,
            ReportingState::Reporting => self.reporting,
        }
    }

    /// Counts more units of a state.
    pub const fn add(&mut self, state: ReportingState, units: u32) {
        let count = match state {
            ReportingState::Never => &mut self.never,
            ReportingState::Silent => &mut self.silent,
            ReportingState::Resumed => &mut self.resumed,
            ReportingState::NotDue => &mut self.not_due,
            ReportingState::Reporting => &mut self.reporting,
        };
        *count += units;
    }
}
