//! `GET /api/v1/units/{code}/savings`: what a retrofit saved, by a baseline model of months or days; and the projects of a unit, which
//! keep such an answer with who signed it and who redid it. Moments are local `YYYY-MM-DD HH:MM:SS`.

use super::common::Named;
use super::wire;
use crate::codes::basis::Basis;
use crate::codes::submission::Side;

/// The model of a project that was kept before there was a daily one.
fn monthly() -> String {
    "month".to_owned()
}

wire! {
/// The savings of one retrofit of a unit. Without `outcome`, `problem` says why.
pub struct SavingsView {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The basis of the energy.
    pub basis: Basis,
    /// `month` or `day`: what the model takes for one observation.
    #[serde(default = "monthly")]
    pub model: String,
    /// The items of the unit whose energy may be asked for; those used are meant, all energy where none is.
    #[serde(default)]
    pub items: Vec<SavingsItem>,
    /// The first month of the works, `YYYY-MM`.
    pub works_from: String,
    /// The last month of the works.
    pub works_to: String,
    /// The last month of the report.
    pub until: String,
    /// Months of the baseline.
    pub baseline_months: u32,
    /// What may drive the unit's energy, and what the model made of it.
    pub drivers: Vec<SavingsDriver>,
    /// The months of the baseline, of the works and of the report, oldest first; in a daily model their days.
    pub months: Vec<SavingsMonth>,
    /// The figures of the model.
    pub outcome: Option<SavingsOutcome>,
    /// `baseline_too_short`, `nothing_to_report`, `too_few_independent` or `driver_says_nothing`; null with an outcome.
    pub problem: Option<String>,
    /// The months, or days in a daily model, that the baseline needs, where it is too short.
    pub needed_months: Option<u32>,
    /// The code of the driver that says nothing.
    pub wrong_driver: Option<String>,
    /// Months of the question without imported temperatures for each of their days: no degree days are known of them. In a
    /// daily model the days without a temperature.
    pub months_without_weather: u32,
    /// Items that have values of months alone, so that a daily model of the whole unit lacks them.
    #[serde(default)]
    pub items_left_out: Vec<String>,
    /// The data version.
    pub data_version: u64,
    /// SM3 of the question and of the months that the model read: equal where the input is equal.
    pub input_hash: String,
}
/// An item of the unit whose energy may be asked for.
pub struct SavingsItem {
    /// Its data code, and what it measures.
    pub name: Named,
    /// 1 whole plant, 2 process, 3 process unit, 4 key equipment.
    pub scope: u8,
    /// The savings are those of this item.
    pub used: bool,
}
/// An output, or the weather, that may explain the energy of a month or a day.
pub struct SavingsDriver {
    /// The product code, `value_added`, `weekend`, `heating_degree_days` or `cooling_degree_days`.
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
    /// °C from which a daily model counts degree days, as it was searched; null elsewhere.
    pub balance_point: Option<f64>,
}
/// One month, or one day of a daily model.
pub struct SavingsMonth {
    /// `YYYY-MM`, or `YYYY-MM-DD` in a daily model.
    pub month: String,
    /// `baseline`, `works` or `report`.
    pub part: String,
    /// tce used; null without a figure.
    pub used: Option<f64>,
    /// The outputs of the drivers that are used, in their order; empty where the month does not count.
    pub outputs: Vec<f64>,
    /// The mean temperature of the day in a daily model, °C; null elsewhere.
    pub mean_celsius: Option<f64>,
    /// tce by the model; null where the month has none.
    pub modelled: Option<f64>,
    /// Why a month of the baseline or the report is left out: `no_energy`, `incomplete`, `no_output` or `no_temperatures`; null where it counts.
    pub left_out: Option<String>,
    /// A driver is beyond what the baseline saw by more than a tenth of its range.
    pub beyond_range: bool,
}
/// What the model came to.
pub struct SavingsOutcome {
    /// `saving`, `below_uncertainty`, `increase` or `model_unfit`.
    pub verdict: String,
    /// Months of the baseline that count; days in a daily model.
    pub baseline_months: u32,
    /// Months of the report that count; days in a daily model.
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
    /// The greatest `cv_rmse` at which a conclusion is drawn: 15 % of a monthly model (ASHRAE Guideline 14, recalled), 25 % of a
    /// daily one (California's rulebook on normalised metered consumption, recalled).
    pub most_cv_rmse: f64,
    /// Net bias of the model ÷ the energy of the baseline.
    pub nmbe: f64,
    /// The correlation of each residual with the one before; a positive one widens the intervals.
    pub autocorrelation: f64,
    /// Months or days of the baseline that are independent of each other, n (1 − ρ) / (1 + ρ); null in old projects.
    pub independent: Option<f64>,
    /// tce of a month or day without output.
    pub intercept: f64,
    /// Observations less coefficients.
    pub degrees_of_freedom: u32,
}
/// `GET /api/v1/units/{code}/savings-projects`: the projects of a unit, newest first.
pub struct SavingsProjectList {
    /// The projects, withdrawn ones too.
    pub rows: Vec<SavingsProjectRow>,
    /// Projects that are not withdrawn.
    pub kept: u32,
    /// The most that may be kept.
    pub most: u32,
}
/// A project without what it computed in detail.
pub struct SavingsProjectRow {
    /// Its number.
    pub project_id: u64,
    /// Its name.
    pub name: String,
    /// `computed`, `signed` or `withdrawn`.
    pub state: String,
    /// The question, as the query of `/api/v1/units/{code}/savings`.
    pub question: String,
    /// The meters of what was rebuilt, by their codes; projects of versions before have names here.
    pub meters: Vec<String>,
    /// What the project says more.
    pub note: String,
    /// The figures of the model.
    pub outcome: SavingsOutcome,
    /// SM3 of what the model read.
    pub input_hash: String,
    /// The data version at which it was computed.
    pub data_version: u64,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: String,
    /// Who signed it; null before.
    pub signed_by: Option<String>,
    /// When it was signed.
    pub signed_at: Option<String>,
    /// Who redid it last; null where nobody did.
    pub redone_by: Option<String>,
    /// When it was redone last.
    pub redone_at: Option<String>,
    /// Whether the last repetition has the figures that were signed.
    pub redone_same: Option<bool>,
}
/// A project with its result, its steps, and the last repetition.
pub struct SavingsProject {
    /// The project.
    pub project: SavingsProjectRow,
    /// What was computed, and signed where it is signed.
    pub result: SavingsView,
    /// What the last repetition computed; null where nobody redid it.
    pub redone: Option<SavingsView>,
    /// Months whose input differs between the two, `YYYY-MM`; days in a daily model.
    pub changed_months: Vec<String>,
    /// Each step that a person took, oldest first.
    pub steps: Vec<SavingsStep>,
    /// Steps that the project still takes.
    pub steps_left: u32,
}
/// One step of a project.
pub struct SavingsStep {
    /// When.
    pub happened_at: String,
    /// Who took it.
    pub author: String,
    /// The unit or the authority.
    pub side: Side,
    /// `computed`, `signed`, `redone` or `withdrawn`.
    pub step: String,
    /// Of a repetition: whether it has the figures that were signed.
    pub is_same: Option<bool>,
    /// The saving that this step computed, tce; null where it computed none.
    pub saved: Option<f64>,
    /// SM3 of what the model read.
    pub input_hash: String,
    /// The data version of the step.
    pub data_version: u64,
    /// The text of the person; may be empty.
    pub text: String,
}
/// `POST /api/v1/units/{code}/savings-projects?…`: the query is that of `/api/v1/units/{code}/savings`.
pub struct SavingsProjectRequest {
    /// Its name.
    pub name: String,
    /// The meters of what was rebuilt: codes of `/api/v1/units/{code}/meters`.
    pub meters: Vec<String>,
    /// What the project says more, such as the equipment; may be empty.
    pub note: String,
}
/// `POST …/sign`, `POST …/redo` and `POST …/withdraw`.
pub struct SavingsDecision {
    /// The `input_hash` of the result that the person saw and signs; null for the other two.
    pub input_hash: Option<String>,
    /// A text; a withdrawal needs one.
    pub text: String,
}
}
