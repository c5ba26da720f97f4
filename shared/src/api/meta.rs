//! `GET /api/v1/meta`: what every page needs once; `GET /api/v1/timeline`: the months of the time brush; dictionaries.

use super::common::Named;
use super::wire;
use crate::codes::basis::Basis;

/// The administrator's token of every demo (`nengce demo`), known to everybody. No other server takes it: the configuration
/// refuses it.
pub const DEMO_TOKEN: &str = "demo-administrator";

wire! {
/// What every page needs once: the city, its lists, the editions in force and the span of the data.
pub struct Meta {
    /// The Chinese name of the city, 「天津市」.
    pub place_zh: String,
    /// The English name of the city.
    pub place_en: String,
    /// The Chinese name of the system.
    pub system_zh: String,
    /// The English name of the system.
    pub system_en: String,
    /// True for an invented city; the foot of every page says so.
    pub demo: bool,
    /// While the invented city is filled for the first time: how many of its units have sent everything; else null.
    pub filling: Option<DemoFilling>,
    /// The districts of the city, in the order of the region list.
    pub regions: Vec<RegionInfo>,
    /// Industries (letter and division, `C31`) that have units, in the order of their codes.
    pub industries: Vec<Named>,
    /// The products with unit product consumption.
    pub products: Vec<ProductInfo>,
    /// The number of units by class; every class has an entry.
    pub units_by_class: Vec<ClassCount>,
    /// The version of the dictionaries that terminals download.
    pub dic_version: String,
    /// The first local day with data, `YYYY-MM-DD`; null without data.
    pub data_from: Option<String>,
    /// The last local day with data, `YYYY-MM-DD`; null without data.
    pub data_until: Option<String>,
    /// When the newest upload of any unit was received, local time `YYYY-MM-DD HH:MM:SS`; null without uploads.
    pub data_time: Option<String>,
    /// Years with a control target of total consumption, newest first.
    pub target_years: Vec<i16>,
    /// The editions of the dictionaries in force.
    pub editions: Editions,
    /// The version of the data, which rises with every accepted change.
    pub data_version: u64,
}
/// The progress of the first filling of an invented city.
pub struct DemoFilling {
    /// Units that have sent everything.
    pub units_done: u32,
    /// Units that are to send.
    pub units: u32,
}
/// The editions of the dictionaries that names and figures rest on.
pub struct Editions {
    /// The edition of the districts (GB/T 2260).
    pub region: String,
    /// The edition of the industries (GB/T 4754).
    pub industry: String,
    /// The editions of the coal-equivalent factors in force.
    pub factor: String,
}
/// The number of units of one class.
pub struct ClassCount {
    /// The class (百家, 千家, 万家).
    pub class: crate::codes::unit_class::UnitClass,
    /// The number of its units.
    pub units: u32,
}
/// A district with its place in the tile map.
pub struct RegionInfo {
    /// The GB/T 2260 code.
    pub code: String,
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
    /// The row of its tile, which the region list states; null for a district without a tile.
    pub tile_row: Option<u8>,
    /// The column of its tile; null for a district without a tile.
    pub tile_column: Option<u8>,
}
/// A product with unit product consumption; `code` is the path segment of `/benchmarks/{code}`.
pub struct ProductInfo {
    /// The code of the product, the four digits of its type in data class 04.
    pub code: String,
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
    /// The unit of unit product consumption, such as `kgce/t`.
    pub unit: String,
    /// Units with a figure of unit product consumption in any month.
    pub units_with_data: u32,
}
/// The page's main measure by month for all years, under the page's filters.
pub struct Timeline {
    /// The basis of `tce`.
    pub basis: Basis,
    /// Every month from the first to the last with data, oldest first; a month without data has no figures.
    pub months: Vec<TimelineMonth>,
}
/// The figures of one month.
pub struct TimelineMonth {
    /// The month, `YYYY-MM`.
    pub period: String,
    /// Comprehensive energy consumption of the units in scope in tce; null without a figure.
    pub tce: Option<f64>,
    /// Received ÷ expected points of the month, 0–1; null where nothing was expected.
    pub completeness: Option<f64>,
    /// Days with data, the most that any unit in scope has; the month is complete when they equal `days_total`.
    pub days_done: u8,
    /// Days of the month.
    pub days_total: u8,
}
/// One coal-equivalent factor in force, with its source.
pub struct FactorRow {
    /// The energy type, four digits such as `3300`.
    pub energy_type: String,
    /// The Chinese name of the energy type.
    pub zh: String,
    /// The English name of the energy type.
    pub en: String,
    /// The unit of the quantity that the factor multiplies.
    pub quantity_unit: String,
    /// The basis of the factor; a type without a factor on the equivalent basis uses the calorific one on both.
    pub basis: Basis,
    /// kgce per `quantity_unit`.
    pub kgce_per_unit: f64,
    /// The first day on which the factor holds, `YYYY-MM-DD`.
    pub valid_from: String,
    /// The last day on which the factor holds; null where it has no end.
    pub valid_to: Option<String>,
    /// The source of the value.
    pub source: String,
    /// The source in Chinese; `source` where the dictionary names none.
    pub source_zh: String,
    /// The standard and its edition, such as `GB/T 2589-2020`.
    pub edition: String,
    /// How certain the value is: `found`, `found-secondary`, `recalled` or `assumed`.
    pub certainty: String,
}
}
