//! `GET /api/v1/intensity` and `/intensity/decomposition`.

use super::common::{Named, Scope, UnitRef, Warning};
use super::dual_control::{Change, IntensityStatus};
use super::wire;

wire! {
pub struct IntensityView {
    pub scope: Scope,
    /// `region`, `industry` or `unit`.
    pub by: String,
    pub whole: IntensityStatus,
    /// Districts at level 1, 2, 3 and pending.
    pub levels: Levels,
    pub groups: Vec<IntensityGroup>,
    /// One point per unit that has both energy and value added.
    pub points: Vec<ScatterPoint>,
    pub products: Vec<ProductConsumption>,
}
pub struct Levels {
    pub level1: u32,
    pub level2: u32,
    pub level3: u32,
    pub pending: u32,
}
pub struct IntensityGroup {
    pub name: Named,
    pub tce: Option<f64>,
    pub value_added: Option<f64>,
    pub intensity: IntensityStatus,
    /// value / whole's value
    pub against_whole: Option<f64>,
    pub warning: Warning,
    /// Cumulative change since the base year of the five-year target, base year first.
    pub path: Vec<PathPoint>,
}
pub struct PathPoint {
    pub year: i16,
    /// Cumulative change since the base year (−0.139 = fell 13.9 %).
    pub change: Option<f64>,
    /// The cumulative change that the target requires by this year.
    pub required: Option<f64>,
    /// True when the year is not complete yet.
    pub partial: bool,
}
pub struct ScatterPoint {
    pub unit: UnitRef,
    pub tce: f64,
    pub value_added: f64,
    /// tce per 10^4 yuan
    pub intensity: f64,
}
/// Unit product consumption of every unit that makes the product, against its limits.
pub struct ProductConsumption {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub unit: String,
    pub limits: LimitLevels,
    pub beyond_baseline: u32,
    pub points: Vec<ProductPoint>,
}
pub struct ProductPoint {
    pub unit: UnitRef,
    pub value: f64,
    pub output: f64,
}
/// Benchmark and baseline (标杆/基准) and limit grades 1–3, with where they come from.
pub struct LimitLevels {
    pub benchmark: Option<f64>,
    pub baseline: Option<f64>,
    pub level1: Option<f64>,
    pub level2: Option<f64>,
    pub level3: Option<f64>,
    pub unit: String,
    pub edition: String,
    /// `found`, `found-secondary` or `recalled`.
    pub certainty: String,
}
/// LMDI between the comparison span and the span, chained year by year.
pub struct Decomposition {
    pub scope: Scope,
    pub by: String,
    pub total: Change,
    pub value_added: Change,
    /// Additive effects in tce; their sum is the change of the total.
    pub activity_tce: f64,
    pub structure_tce: f64,
    pub intensity_tce: f64,
    /// Multiplicative indices; their product is total.value / total.previous.
    pub activity_index: f64,
    pub structure_index: f64,
    pub intensity_index: f64,
    /// The links of the chain: `2023-01..2023-09`, …
    pub chain: Vec<String>,
    pub members: Vec<DecompositionMember>,
    /// Energy of units without value added and of those in `left_out`, in the span.
    pub left_out_tce: f64,
    /// Units without a place in a decomposition, or whole groups where units are not known.
    pub left_out: Vec<LeftOut>,
}
/// A unit or group that was left out of a decomposition, and the reason; sums over all of its periods.
pub struct LeftOut {
    pub name: Named,
    /// `negative_value_added` or `negative_energy` in some period.
    pub reason: String,
    pub tce: f64,
    pub value_added: f64,
}
pub struct DecompositionMember {
    pub name: Named,
    pub total: Change,
    pub activity_tce: f64,
    pub structure_tce: f64,
    pub intensity_tce: f64,
}
}
