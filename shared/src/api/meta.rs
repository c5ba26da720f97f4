//! `GET /api/v1/meta`: what every page needs once; `GET /api/v1/timeline`: the months of the time brush; dictionaries.

use super::common::Named;
use super::wire;
use crate::codes::basis::Basis;

wire! {
pub struct Meta {
    /// 「天津市」 and the system's name.
    pub place_zh: String,
    pub place_en: String,
    pub system_zh: String,
    pub system_en: String,
    /// True for an invented city; the foot of every page says so.
    pub demo: bool,
    /// While the invented city is filled for the first time: how many of its units have sent everything.
    pub filling: Option<DemoFilling>,
    pub regions: Vec<RegionInfo>,
    /// Industries (letter + division, `C31`) that have units.
    pub industries: Vec<Named>,
    pub products: Vec<ProductInfo>,
    pub units_by_class: Vec<ClassCount>,
    pub dic_version: String,
    pub data_from: Option<String>,
    pub data_until: Option<String>,
    pub data_time: Option<String>,
    /// Years with a control target, newest first.
    pub target_years: Vec<i16>,
    pub editions: Editions,
    pub data_version: u64,
}
pub struct DemoFilling {
    pub units_done: u32,
    pub units: u32,
}
pub struct Editions {
    pub region: String,
    pub industry: String,
    pub factor: String,
}
pub struct ClassCount {
    pub class: crate::codes::unit_class::UnitClass,
    pub units: u32,
}
pub struct RegionInfo {
    pub code: String,
    pub zh: String,
    pub en: String,
    /// Place in the tile map, data of the region list.
    pub tile_row: Option<u8>,
    pub tile_column: Option<u8>,
}
/// A product with unit product consumption; `code` is the path segment of `/benchmarks/{code}`.
pub struct ProductInfo {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub unit: String,
    pub units_with_data: u32,
}
/// The page's main measure by month for all years, under the page's filters.
pub struct Timeline {
    pub basis: Basis,
    pub months: Vec<TimelineMonth>,
}
pub struct TimelineMonth {
    pub period: String,
    pub tce: Option<f64>,
    pub completeness: Option<f64>,
    /// Days with data and days of the month; the month is complete when they are equal.
    pub days_done: u8,
    pub days_total: u8,
}
/// One coal-equivalent factor in force, with its source.
pub struct FactorRow {
    pub energy_type: String,
    pub zh: String,
    pub en: String,
    pub quantity_unit: String,
    pub basis: Basis,
    pub kgce_per_unit: f64,
    pub valid_from: String,
    pub valid_to: Option<String>,
    pub source: String,
    pub edition: String,
    pub certainty: String,
}
}
