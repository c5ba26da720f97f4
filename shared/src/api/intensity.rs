//! `GET /api/v1/intensity` and `/intensity/decomposition`.

use super::common::{Named, Scope, UnitRef, Warning};
use super::dual_control::{Change, IntensityStatus};
use super::wire;

wire! {
/// Energy intensity (能耗强度) by district, industry or unit.
pub struct IntensityView {
    /// What the figures cover.
    pub scope: Scope,
    /// What the groups are: `region`, `industry` or `unit`.
    pub by: String,
    /// The intensity of all units in scope together.
    pub whole: IntensityStatus,
    /// The number of groups at each warning level.
    pub levels: Levels,
    /// The districts, industries or units in scope; of units only those with an intensity.
    pub groups: Vec<IntensityGroup>,
    /// One point per unit that has both energy and value added.
    pub points: Vec<ScatterPoint>,
    /// The unit product consumption of every product with a figure in the span.
    pub products: Vec<ProductConsumption>,
}
/// Groups by the warning level of their intensity (发改办环资〔2021〕629号).
pub struct Levels {
    /// Groups whose intensity rose (red).
    pub level1: u32,
    /// Groups whose intensity fell, but less than required (yellow).
    pub level2: u32,
    /// Groups whose intensity fell as required (green).
    pub level3: u32,
    /// Groups without an assessment: incomplete, without a target or without a comparable year.
    pub pending: u32,
}
/// A district, an industry or a unit.
pub struct IntensityGroup {
    /// Code and names; of a unit the credit code and its name.
    pub name: Named,
    /// The energy of the months with value added, in tce on the basis of the scope; null without any.
    pub tce: Option<f64>,
    /// The value added of the same months, in 10^4 yuan at comparable prices; null without any.
    pub value_added: Option<f64>,
    /// Its intensity, change and target.
    pub intensity: IntensityStatus,
    /// Its intensity ÷ that of the whole; null where either is missing.
    pub against_whole: Option<f64>,
    /// The warning level of its intensity.
    pub warning: Warning,
    /// Cumulative change since the base year of the five-year target, base year first; empty without two years.
    pub path: Vec<PathPoint>,
}
/// A year on the path of a five-year target.
pub struct PathPoint {
    /// The year.
    pub year: i16,
    /// Cumulative change since the base year (−0.139 = fell 13.9 %); null where a year of the chain is not known.
    pub change: Option<f64>,
    /// The cumulative change that the target requires by this year; null without a target.
    pub required: Option<f64>,
    /// True when the year is not complete yet.
    pub partial: bool,
}
/// A unit with both energy and value added.
pub struct ScatterPoint {
    /// The unit.
    pub unit: UnitRef,
    /// The energy of the months with value added, in tce on the basis of the scope.
    pub tce: f64,
    /// The value added of the same months, in 10^4 yuan at comparable prices.
    pub value_added: f64,
    /// `tce` ÷ `value_added`, in tce per 10^4 yuan.
    pub intensity: f64,
}
/// Unit product consumption of every unit that makes the product, against its limits.
pub struct ProductConsumption {
    /// The code of the product.
    pub code: String,
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
    /// The unit of unit product consumption, such as `kgce/t`.
    pub unit: String,
    /// The published levels of the product.
    pub limits: LimitLevels,
    /// The number of units that are worse than the baseline level.
    pub beyond_baseline: u32,
    /// The units with a figure in the span.
    pub points: Vec<ProductPoint>,
}
/// The unit product consumption of one unit.
pub struct ProductPoint {
    /// The unit.
    pub unit: UnitRef,
    /// Unit product consumption over the span, in the product's unit and on the basis of its levels.
    pub value: f64,
    /// The output behind the figure, in the product's unit of output.
    pub output: f64,
}
/// The published levels of a product's unit consumption; lower is better. A level that is not published is null.
pub struct LimitLevels {
    /// The benchmark level (标杆水平, 发改产业〔2023〕723号).
    pub benchmark: Option<f64>,
    /// The baseline level (基准水平, 发改产业〔2023〕723号).
    pub baseline: Option<f64>,
    /// Limit grade 1 of the product's national limit standard, the strictest.
    pub level1: Option<f64>,
    /// Limit grade 2, which admits new plants.
    pub level2: Option<f64>,
    /// Limit grade 3, the limit of existing plants.
    pub level3: Option<f64>,
    /// The unit of the levels, such as `kgce/t`.
    pub unit: String,
    /// The notices and standards that the levels come from; empty without levels.
    pub edition: String,
    /// How certain the levels are: `found`, `found-secondary` or `recalled`; empty without levels.
    pub certainty: String,
}
/// The change of energy between two spans in parts, by LMDI, chained year by year. Only units with value added enter.
pub struct Decomposition {
    /// What the figures cover.
    pub scope: Scope,
    /// What the members are: `region`, `industry` or `unit`.
    pub by: String,
    /// The energy of the members in tce, in the last and in the first period of the chain.
    pub total: Change,
    /// The value added of the members in 10^4 yuan at comparable prices, in the last and in the first period.
    pub value_added: Change,
    /// The activity effect (规模) in tce; the three effects add up to the change of the total.
    pub activity_tce: f64,
    /// The structure effect (结构) in tce.
    pub structure_tce: f64,
    /// The intensity effect (强度) in tce.
    pub intensity_tce: f64,
    /// The activity index; the product of the three indices is total.value / total.previous.
    pub activity_index: f64,
    /// The structure index.
    pub structure_index: f64,
    /// The intensity index.
    pub intensity_index: f64,
    /// The periods of the chain, oldest first: `2023-01..2023-09`, …
    pub chain: Vec<String>,
    /// The districts, industries or units that enter, with their parts of the effects.
    pub members: Vec<DecompositionMember>,
    /// Energy of units without value added and of those in `left_out`, in tce over the last period.
    pub left_out_tce: f64,
    /// Units without a place in a decomposition, or whole groups where units are not known.
    pub left_out: Vec<LeftOut>,
}
/// A unit or group that was left out of a decomposition, and the reason; sums over all of its periods.
pub struct LeftOut {
    /// Code and names of the unit or group.
    pub name: Named,
    /// `negative_value_added` or `negative_energy` in some period, or `no_comparison` where a period has figures of
    /// less than nine tenths of the units and months of the one after it.
    pub reason: String,
    /// Its energy in tce.
    pub tce: f64,
    /// Its value added in 10^4 yuan at comparable prices.
    pub value_added: f64,
}
/// A member's part of a decomposition.
pub struct DecompositionMember {
    /// Code and names of the district, industry or unit.
    pub name: Named,
    /// Its energy in tce, in the last and in the first period of the chain.
    pub total: Change,
    /// Its part of the activity effect in tce.
    pub activity_tce: f64,
    /// Its part of the structure effect in tce.
    pub structure_tce: f64,
    /// Its part of the intensity effect in tce.
    pub intensity_tce: f64,
}
}
