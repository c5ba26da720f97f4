//! `GET /api/v1/units/{code}/savings`: what a retrofit saved, by a baseline model of months.

use super::common::Named;
use super::wire;
use crate::codes::basis::Basis;

wire! {
/// The savings of one retrofit of a unit. Without `outcome`, `problem` says why.
pub struct SavingsView {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The basis of the energy.
    pub basis: Basis,
    /// The first month of the works, `YYYY-MM`.
    pub works_from: String,
    /// The last month of the works.
    pub works_to: String,
    /// What may drive the unit's energy, and what the model made of it.
    pub drivers: Vec<SavingsDriver>,
    /// The months of the baseline, of the works and of the report, oldest first.
    pub months: Vec<SavingsMonth>,
    /// The figures of the model.
    pub outcome: Option<SavingsOutcome>,
    /// `baseline_too_short`, `nothing_to_report` or `driver_says_nothing`; null with an outcome.
    pub problem: Option<String>,
    /// The months that the baseline needs, where it is too short.
    pub needed_months: Option<u32>,
    /// The code of the driver that says nothing.
    pub wrong_driver: Option<String>,
    /// The data version.
    pub data_version: u64,
}
/// An output that may explain the energy of a month.
pub struct SavingsDriver {
    /// The product code, or `value_added`.
    pub code: String,
    /// The product, or value added.
    pub name: Named,
    /// The unit of the output.
    pub unit: String,
    /// The model uses it.
    pub used: bool,
    /// tce per unit of output; null where it is not used.
    pub coefficient: Option<f64>,
    /// The standard error of the coefficient.
    pub standard_error: Option<f64>,
}
/// One month.
pub struct SavingsMonth {
    /// `YYYY-MM`.
    pub month: String,
    /// `baseline`, `works` or `report`.
    pub part: String,
    /// tce used; null without a figure.
    pub used: Option<f64>,
    /// tce by the model; null where the month has none.
    pub modelled: Option<f64>,
    /// Why a month of the baseline or the report is left out: `no_energy`, `incomplete` or `no_output`; null where it counts.
    pub left_out: Option<String>,
    /// A driver is beyond what the baseline saw by more than a tenth of its range.
    pub beyond_range: bool,
}
/// What the model came to.
pub struct SavingsOutcome {
    /// `saving`, `below_uncertainty`, `increase` or `model_unfit`.
    pub verdict: String,
    /// Months of the baseline that count.
    pub baseline_months: u32,
    /// Months of the report that count.
    pub report_months: u32,
    /// tce that the months of the report would have used.
    pub adjusted_baseline: f64,
    /// tce that they used.
    pub used: f64,
    /// tce saved; negative where more was used.
    pub saved: f64,
    /// The saving ÷ the adjusted baseline.
    pub saved_share: f64,
    /// Half of the interval that holds the saving with a probability of 68 %, tce.
    pub half_width_68: f64,
    /// The same for 90 %.
    pub half_width_90: f64,
    /// Root mean square error of the model ÷ the mean energy of the baseline.
    pub cv_rmse: f64,
    /// The greatest `cv_rmse` of a monthly model (ASHRAE Guideline 14, recalled).
    pub most_cv_rmse: f64,
    /// Net bias of the model ÷ the energy of the baseline.
    pub nmbe: f64,
    /// The correlation of each residual with the one before; a positive one widens the intervals.
    pub autocorrelation: f64,
    /// tce of a month without output.
    pub intercept: f64,
    /// Observations less coefficients.
    pub degrees_of_freedom: u32,
}
}
