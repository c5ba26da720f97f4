//! What a client needs beside the months' cube to derive the answers of the views by itself.

use super::intensity::LimitLevels;
use super::wire;
use crate::basis::Basis;

crate::wire_enum! {
    /// What one row of a cube stands for.
    pub enum Level {
        Unit = 1, "unit", "用能单位", "Unit";
        IndustryRegion = 2, "industry_region", "行业×区划", "Industry and district";
    }
}

wire! {
/// What the portal needs beside the months' cube to answer by itself: who its units are, targets, economy, names.
pub struct CubeFrame {
    pub data_version: u64,
    /// What a unit of the list stands for: as in the months' cube.
    pub level: Level,
    pub today: String,
    pub data_from: Option<String>,
    pub data_until: Option<String>,
    pub price_year: Option<i16>,
    /// Of the whole city, under which its economy and targets stand.
    pub city: String,
    pub place_zh: String,
    pub place_en: String,
    pub regions: Vec<super::meta::RegionInfo>,
    /// Every industry, section and class that a unit's code begins with.
    pub industries: Vec<super::common::Named>,
    pub factor_edition: String,
    /// In the order of the cube's members.
    pub units: Vec<FrameUnit>,
    /// What is not additive in them, when they are groups; empty where they are units.
    pub groups: Vec<FrameGroup>,
    pub targets: Vec<FrameTarget>,
    pub economy: Vec<FrameEconomy>,
}
pub struct FrameUnit {
    pub enterprise_code: String,
    pub last_upload: Option<String>,
    /// Energy conversion: its figures are net of what it made.
    pub converts: bool,
    /// Days with a figure, by month of the cube.
    pub days: Vec<u8>,
}
/// A district's units of one industry and class.
pub struct FrameGroup {
    pub units: u32,
    pub silent: Vec<FrameSilence>,
    pub uneven: Vec<FrameUneven>,
}
/// Units that sent nothing from one month of the cube to another, both included, and something before and after: a unit
/// is silent in a span when one such stretch covers it, so units with data in any span can be counted.
pub struct FrameSilence {
    pub from: u16,
    pub to: u16,
    pub units: u32,
}
/// A month in which energy and value added do not come of the same units: Σ over those that have both, and Σ of the
/// same units a year earlier as far as they had both then.
pub struct FrameUneven {
    pub month: u16,
    pub basis: Basis,
    pub energy: f64,
    pub value_added: f64,
    pub energy_before: f64,
    pub value_added_before: f64,
}
pub struct FrameTarget {
    /// `region`, `industry` or `unit`.
    pub scope: String,
    pub code: String,
    pub kind: String,
    pub from_year: i16,
    pub to_year: i16,
    pub value: f64,
    pub basis: Basis,
    pub source: String,
}
/// Value added of a region in 10^4 yuan, by month of the cube.
pub struct FrameEconomy {
    pub region: String,
    pub value_added: Vec<Option<f64>>,
}
/// What unit product consumption needs beside the cube and its frame: products with their limits, and what was made.
pub struct CubeProducts {
    pub data_version: u64,
    pub products: Vec<FrameProduct>,
    /// By product and unit.
    pub made: Vec<FrameMade>,
}
pub struct FrameProduct {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub output_unit: String,
    pub basis: Basis,
    /// Units of the product's figure per tce: 1,000 for kgce.
    pub value_per_tce: f64,
    pub levels: LimitLevels,
}
/// A unit's months of one product; the n-th of every list is of the n-th month.
pub struct FrameMade {
    /// Place among `products`.
    pub product: u32,
    /// Place among the frame's units.
    pub unit: u32,
    /// Months since the cube's first.
    pub months: Vec<i16>,
    /// In the product's output unit.
    pub output: Vec<f64>,
    /// Energy of the product's process, tce.
    pub process_calorific: Vec<Option<f64>>,
    pub process_equivalent: Vec<Option<f64>>,
    /// The class 08 indicator the unit reports.
    pub indicator: Vec<Option<f64>>,
}
}
