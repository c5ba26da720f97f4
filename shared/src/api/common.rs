//! Parts that several answers share: what a figure covers, names, warning levels, pages.

use super::wire;
use crate::codes::basis::Basis;
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
