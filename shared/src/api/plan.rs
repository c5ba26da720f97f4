//! `/api/v1/units/{code}/plan`: a unit's own plan of comprehensive consumption by month, its budget, and the targets of its
//! products. These are the unit's own; control targets are set by the authority.

use super::account::WrongCell;
use super::common::Named;
use super::wire;
use crate::codes::basis::Basis;
use crate::indicators::trajectory::SpreadMethod;

wire! {
/// The plan of a year as it is typed.
pub struct PlanRequest {
    /// The calendar year.
    pub year: i16,
    /// The basis of its tce.
    pub basis: Basis,
    /// The budget of the year in tce; null: the sum of the months.
    pub budget: Option<f64>,
    /// tce of January to December: twelve, or none where the budget is to be spread.
    pub months: Vec<f64>,
    /// Targets of products.
    pub products: Vec<PlanTarget>,
}
/// The target of a product's unit consumption.
pub struct PlanTarget {
    /// The product code.
    pub product: String,
    /// The target in the unit of the product's consumption.
    pub value: f64,
}
/// The plan of a year and how far it is kept.
pub struct PlanView {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The calendar year.
    pub year: i16,
    /// The plan as it was typed; null where there is none.
    pub plan: Option<PlanRequest>,
    /// Who entered it.
    pub saved_by: Option<String>,
    /// When that was.
    pub saved_at: Option<String>,
    /// The basis of the figures.
    pub basis: Basis,
    /// The budget of the year, tce.
    pub budget: Option<f64>,
    /// How the budget was spread over the months; null where the months were typed.
    pub spread: Option<SpreadMethod>,
    /// The twelve months.
    pub months: Vec<PlanMonth>,
    /// The number of complete months with a figure.
    pub months_done: u32,
    /// tce of these months.
    pub done: Option<f64>,
    /// tce planned for these months.
    pub planned: Option<f64>,
    /// Done less planned.
    pub difference: Option<f64>,
    /// How many of these months are over their plan.
    pub months_over: u32,
    /// The expected total of the year; null where it cannot be told.
    pub forecast: Option<f64>,
    /// The lower end of its interval of 80 %.
    pub forecast_low: Option<f64>,
    /// The upper end.
    pub forecast_high: Option<f64>,
    /// How the forecast is made, in Chinese.
    pub method_zh: String,
    /// The same in English.
    pub method_en: String,
    /// The unit's products and their targets.
    pub products: Vec<PlanProduct>,
    /// The data version.
    pub data_version: u64,
}
/// A month of the plan.
pub struct PlanMonth {
    /// `YYYY-MM`.
    pub month: String,
    /// tce planned; null without a plan.
    pub planned: Option<f64>,
    /// tce used; null while the month is not over, or without a figure.
    pub done: Option<f64>,
    /// tce of the same month of the year before.
    pub before: Option<f64>,
    /// Done less planned.
    pub difference: Option<f64>,
    /// Received ÷ expected points; null without expected points.
    pub completeness: Option<f64>,
}
/// A product of the unit.
pub struct PlanProduct {
    /// The product.
    pub product: Named,
    /// The unit of its consumption.
    pub unit: String,
    /// The unit's own target; null without one.
    pub target: Option<f64>,
    /// The unit product consumption of the complete months of the year.
    pub value: Option<f64>,
    /// Value less target.
    pub difference: Option<f64>,
}
/// What a file of plans holds, and what became of it.
pub struct PlanImport {
    /// Rows of the file.
    pub rows: u32,
    /// Nothing was stored.
    pub dry_run: bool,
    /// Cells that are wrong; nothing is stored while there is one.
    pub errors: Vec<WrongCell>,
    /// The plans as they were read.
    pub plans: Vec<PlanRequest>,
}
}
