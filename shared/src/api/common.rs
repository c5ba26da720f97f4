//! Parts that several answers share: what a figure covers, names, warning levels, pages.

use super::wire;
use crate::codes::basis::Basis;
use crate::codes::reporting_state::ReportingState;
use crate::codes::unit_class::UnitClass;
use crate::indicators::warning::{WarningLevel, WarningRule};

wire! {
/// What every figure of an answer covers; the screen prints it beside the figures.
pub struct Scope {
    /// First and last day counted, both included.
    pub from: String,
    pub to: String,
    /// The first and last day of the comparison: the same span a year earlier, or the selected comparison.
    pub compare_from: String,
    pub compare_to: String,
    /// The district compared with over the same span; `None` for a comparison with an earlier span.
    pub compare_region: Option<String>,
    /// The number of units of the same industries that the comparison averages, for a comparison with peers over the
    /// same days.
    pub compare_peers: Option<u32>,
    pub basis: Basis,
    /// The selection in the form of the parameters: values separated by commas, `None` for all.
    pub region: Option<String>,
    pub industry: Option<String>,
    pub class: Option<String>,
    pub energy: Option<String>,
    pub unit: Option<String>,
    /// The number of units in scope, and of those with at least one reading in the span.
    pub units: u32,
    pub units_reporting: u32,
    /// How the units in scope report today, whatever the span.
    pub reporting_today: ReportingCounts,
    /// received / expected points over the span; `None` where nothing was expected.
    pub completeness: Option<f64>,
    /// The last local day for which the city has data; `to` never counts beyond it.
    pub data_until: Option<String>,
    /// When the newest upload in scope was received, local time `YYYY-MM-DD HH:MM:SS`.
    pub data_time: Option<String>,
    /// Editions in force: `GB/T 2589-2020 · 2025` and so on.
    pub factor_edition: String,
    /// The year of comparable prices of value added.
    pub price_year: Option<i16>,
    /// Rises with every accepted change of data; the cache key of every answer.
    pub data_version: u64,
}

/// Units by their state of reporting today.
pub struct ReportingCounts {
    pub never: u32,
    pub silent: u32,
    pub resumed: u32,
    pub not_due: u32,
    pub reporting: u32,
}

/// Whether a unit reports today, and since when it is so.
pub struct Reporting {
    pub state: ReportingState,
    /// The first day without data of a silent unit; the day on which a resumed one came back; the day from which one that
    /// never reported could have.
    pub since: Option<String>,
    /// Days of the silence, ended or not; days since a unit that never reported could have.
    pub days: Option<u32>,
}

/// A code of a dictionary with its two names.
pub struct Named {
    pub code: String,
    pub zh: String,
    pub en: String,
}

/// A unit with what a link to it needs.
pub struct UnitRef {
    pub enterprise_code: String,
    pub name: String,
    pub region: Named,
    pub industry: Named,
    pub class: UnitClass,
}

/// A warning level with the rule that gave it.
pub struct Warning {
    pub level: WarningLevel,
    pub rule: WarningRule,
}

/// One page of a list. `next` is the cursor of the next page.
pub struct PageInfo {
    pub total: u64,
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
