//! `GET /api/v1/benchmarks` (subjects) and `/benchmarks/{product or industry}`.

use super::common::{Named, Scope, UnitRef};
use super::intensity::LimitLevels;
use super::wire;

wire! {
/// Everything that can be compared: products first, then industries.
pub struct BenchmarkSubjects {
    /// The products and industries with at least one figure.
    pub subjects: Vec<Subject>,
}
/// A product or an industry whose units are compared.
pub struct Subject {
    /// `product` or `industry`.
    pub kind: String,
    /// Code and names; the code is the path segment of `/benchmarks/{code}`.
    pub name: Named,
    /// The unit of the figures: `kgce/t` or the like for a product, `tce/10^4 yuan` for an industry.
    pub unit: String,
    /// The unit of the output: `t` or the like for a product, `10^4 yuan` of value added for an industry.
    pub output_unit: String,
    /// Units with a figure: of a product in any month, of an industry in the span and the scope.
    pub units: u32,
    /// True when a benchmark level is published for it.
    pub has_benchmark: bool,
}
/// The units of one product or industry, ranked by unit product consumption or intensity.
pub struct BenchmarkView {
    /// What the figures cover; its basis is that of the product's published levels.
    pub scope: Scope,
    /// The product or industry.
    pub subject: Subject,
    /// The published levels of the product; null for an industry.
    pub limits: Option<LimitLevels>,
    /// The distribution of the ranked figures; null without any.
    pub distribution: Option<Distribution>,
    /// Saving potential in tce: Σ(actual − reference) · output over units above the reference.
    pub total_potential_tce: f64,
    /// The reference of the gap and the potential: `benchmark` (标杆水平), or `first_quartile` where none is published.
    pub reference: String,
    /// The reference in the unit of the subject; null where there is neither a level nor a figure.
    pub reference_value: Option<f64>,
    /// The ranked units, best first; units under 50 % completeness are not ranked.
    pub rows: Vec<BenchmarkRow>,
    /// By month over the last 24 months: peers' quartiles and, when a unit is chosen, the unit.
    pub months: Vec<BenchmarkMonth>,
    /// The credit code of the chosen unit, where it is among the rows; else null.
    pub selected: Option<String>,
    /// Units of the subject without a usable figure, with the reason.
    pub without_value: Vec<WithoutValue>,
}
/// The distribution of the units' figures, in the unit of the subject. Quartiles interpolate linearly (Hyndman–Fan type
/// 7).
pub struct Distribution {
    /// The number of figures.
    pub n: u32,
    /// The figure of all units together, ΣE / Σoutput; the median where no output is known.
    pub group_value: f64,
    /// The lowest figure, which is the best.
    pub min: f64,
    /// The lower quartile.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// The upper quartile.
    pub p75: f64,
    /// The highest figure.
    pub max: f64,
}
/// A ranked unit.
pub struct BenchmarkRow {
    /// The unit.
    pub unit: UnitRef,
    /// The place from the best, from 1; equal figures share the better place.
    pub rank: u32,
    /// The average rank divided by the number of units, 0–1; low is good.
    pub percentile: f64,
    /// The figure of the span in the unit of the subject.
    pub value: f64,
    /// The figure of the earlier span, a year before unless another one is asked for; null without one.
    pub previous_value: Option<f64>,
    /// The place in the earlier span; null without a figure.
    pub previous_rank: Option<u32>,
    /// The output behind the figure, in the output unit of the subject.
    pub output: f64,
    /// The energy behind the figure in tce: metered, or a reported figure times the output.
    pub tce: f64,
    /// (actual − reference) / |reference|, a fraction, positive is worse; null without a reference.
    pub gap: Option<f64>,
    /// (actual − baseline) / |baseline|, a fraction; null without a baseline level.
    pub gap_baseline: Option<f64>,
    /// The limit grade that the figure reaches, 1 to 3; null where it reaches none or there are none.
    pub grade: Option<u8>,
    /// True where the figure is worse than the baseline level (基准水平, 发改产业〔2023〕723号).
    pub beyond_baseline: bool,
    /// Saving potential in tce: (actual − reference) · output, never below zero.
    pub potential_tce: f64,
    /// `computed` (process energy / output, or energy / value added) or `reported` (class 08 item weighted by output).
    pub source: String,
    /// Received ÷ expected points of the unit over the span, 0–1; null where nothing was expected.
    pub completeness: Option<f64>,
}
/// The figures of one month, in the unit of the subject.
pub struct BenchmarkMonth {
    /// The month, `YYYY-MM`.
    pub period: String,
    /// Units with a figure.
    pub n: u32,
    /// The lower quartile; null without figures.
    pub p25: Option<f64>,
    /// The median; null without figures.
    pub p50: Option<f64>,
    /// The upper quartile; null without figures.
    pub p75: Option<f64>,
    /// The figure of the chosen unit; null where it has none or no unit is chosen.
    pub unit_value: Option<f64>,
}
/// A unit of the subject that is not ranked.
pub struct WithoutValue {
    /// The unit.
    pub unit: UnitRef,
    /// `no_output`, `no_energy` or `too_incomplete` (completeness under 50 %).
    pub reason: String,
}
}
