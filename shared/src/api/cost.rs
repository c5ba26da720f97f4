//! `GET /api/v1/units/{code}/costs`: what the energy of a unit cost. Money is in yuan; a figure that is not known is null.

use super::common::Named;
use super::wire;
use crate::codes::basis::Basis;
use crate::codes::energy_group::EnergyGroup;
use crate::codes::tariff::TariffPeriod;

wire! {
/// The costs of one year, and the days of one of its months.
pub struct CostView {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The calendar year.
    pub year: i16,
    /// The basis of tce.
    pub basis: Basis,
    /// The last day that is counted; null where the year has none.
    pub until: Option<String>,
    /// What is known of the costs of the year.
    pub total: CostSpan,
    /// The months of the year up to the last day.
    pub months: Vec<CostSpan>,
    /// The month whose days follow, `YYYY-MM`.
    pub month: Option<String>,
    /// Its days up to the last day.
    pub days: Vec<CostSpan>,
    /// The year by energy type.
    pub energies: Vec<CostEnergy>,
    /// Quantities with time-of-use prices by period.
    pub periods: Vec<CostPeriod>,
    /// Cost per unit of product.
    pub products: Vec<CostProduct>,
    /// What the gap to the benchmark costs.
    pub gaps: Vec<CostGap>,
    /// The highest mean power of each month, against the demand that is charged.
    pub demand: Vec<CostDemand>,
    /// The data version.
    pub data_version: u64,
}
/// The costs of a day, a month or the year.
pub struct CostSpan {
    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub period: String,
    /// Yuan, as far as prices and readings are known, with the charges of demand and capacity; null where nothing is known.
    pub cost: Option<f64>,
    /// The same by energy group, in the order of the stack; charges of demand and capacity belong to their energy.
    pub groups: Vec<Option<f64>>,
    /// The part of the cost that is charged for demand and capacity; null without such a tariff.
    pub fixed: Option<f64>,
    /// The days of the span that are counted.
    pub days: u32,
    /// Days on which some energy has no reading.
    pub days_without_reading: u32,
    /// Days on which some energy was used that has no price.
    pub days_without_price: u32,
    /// Days on which a time-of-use tariff was applied at its mean price, since hours are missing.
    pub days_at_mean: u32,
}
/// The highest mean power that the plant took in a month.
pub struct CostDemand {
    /// `YYYY-MM`.
    pub month: String,
    /// kW, over 15 minutes or, where only hours come, over an hour, which is at most the value over 15 minutes; null without
    /// a reading.
    pub measured_kw: Option<f64>,
    /// The local time at which that span began.
    pub at: Option<String>,
    /// The length of the span in minutes: 15 or 60.
    pub minutes: u8,
    /// The spans of the month, up to the last day, that have readings of all items.
    pub points: u32,
    /// The number of spans that are due.
    pub expected_points: u32,
    /// The kW that the tariff charges; null without a charge of demand.
    pub charged_kw: Option<f64>,
    /// Yuan of the month for these.
    pub charged_yuan: Option<f64>,
    /// Yuan of the month for the measured kW at the same price; null where either is not known.
    pub measured_yuan: Option<f64>,
}
/// One energy type in the year.
pub struct CostEnergy {
    /// The energy type.
    pub energy: Named,
    /// Its group.
    pub group: EnergyGroup,
    /// The unit of measure of the quantity.
    pub unit: String,
    /// What was used, net of what the unit made of it.
    pub quantity: Option<f64>,
    /// The part of the quantity without a price.
    pub unpriced: f64,
    /// The part of the quantity at the mean price of a time-of-use tariff.
    pub at_mean: f64,
    /// The part of the quantity that came as a value of a month alone.
    pub by_month: f64,
    /// Yuan for the quantity that has a price; null where none has.
    pub cost: Option<f64>,
    /// Yuan for demand and capacity; null without such a tariff.
    pub fixed: Option<f64>,
    /// Days without a reading.
    pub days_without_reading: u32,
    /// Days with a quantity and no price.
    pub days_without_price: u32,
    /// Days at the mean price.
    pub days_at_mean: u32,
}
/// What was used in one period of the day.
pub struct CostPeriod {
    /// The energy type.
    pub energy: Named,
    /// The period; null for what could not be split.
    pub period: Option<TariffPeriod>,
    /// The quantity.
    pub quantity: f64,
    /// The unit of measure of the quantity.
    pub unit: String,
    /// Yuan.
    pub cost: f64,
}
/// The energy cost of a product.
pub struct CostProduct {
    /// The product.
    pub product: Named,
    /// The output of the months that count.
    pub output: f64,
    /// The unit of the output.
    pub output_unit: String,
    /// Months that have both an output and costs that are wholly known.
    pub months: u32,
    /// The energy cost that belongs to the product, in yuan; null where it cannot be told.
    pub cost: Option<f64>,
    /// Yuan per unit of product.
    pub cost_per_output: Option<f64>,
    /// `whole`: the unit makes this product alone; `process`: the share of the product's process in the unit's tce; `unknown`:
    /// it makes several products, and the energy of their processes is not metered; `no_month`: no month counts.
    pub by: String,
}
/// What the gap of a product to its benchmark costs.
pub struct CostGap {
    /// The product.
    pub product: Named,
    /// The unit product consumption of the complete months of the year.
    pub value: Option<f64>,
    /// The benchmark level.
    pub benchmark: Option<f64>,
    /// The limits of grades 1, 2 and 3, each null where the standard has none.
    pub limits: Vec<Option<f64>>,
    /// The grade that `value` reaches; null where it is over the limit or no grade is known.
    pub grade: Option<u8>,
    /// Whether `value` is over the limit of existing plant (grade 3); null where that cannot be told.
    pub is_over_limit: Option<bool>,
    /// The unit of the levels and of `value`.
    pub unit: String,
    /// The output of these months.
    pub output: Option<f64>,
    /// The unit of the output.
    pub output_unit: String,
    /// tce that these months would have saved at the benchmark level; 0 where it is reached.
    pub potential_tce: Option<f64>,
    /// How many complete months these are.
    pub months: u32,
    /// tce of a whole year: `potential_tce` × 12 ÷ `months`.
    pub potential_tce_a_year: Option<f64>,
    /// The unit's own price of energy: the costs of quantity of the year ÷ their tce, on the basis of the product.
    pub yuan_per_tce: Option<f64>,
    /// Yuan a year; null where one of its parts is not known.
    pub yuan_a_year: Option<f64>,
    /// What is not known: `no_benchmark`, `no_value` or `no_price`; null where all is.
    pub missing: Option<String>,
}
}
