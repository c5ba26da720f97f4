//! `GET /api/v1/benchmarks` (subjects) and `/benchmarks/{product or industry}`.

use super::common::{Named, Scope, UnitRef};
use super::intensity::LimitLevels;
use super::wire;

wire! {
pub struct BenchmarkSubjects {
    pub subjects: Vec<Subject>,
}
pub struct Subject {
    /// `product` or `industry`.
    pub kind: String,
    pub name: Named,
    /// kgce/t for a product, tce/10^4 yuan for an industry.
    pub unit: String,
    pub output_unit: String,
    pub units: u32,
    /// True when a benchmark level is published for it.
    pub has_benchmark: bool,
}
pub struct BenchmarkView {
    pub scope: Scope,
    pub subject: Subject,
    pub limits: Option<LimitLevels>,
    pub distribution: Option<Distribution>,
    /// Σ(actual − benchmark)·output over units above the benchmark; against the best quartile for an industry.
    pub total_potential_tce: f64,
    /// The reference of the gap and the potential: `benchmark` or `first_quartile`.
    pub reference: String,
    pub reference_value: Option<f64>,
    /// Best first.
    pub rows: Vec<BenchmarkRow>,
    /// By month over the last 24 months: peers' quartiles and, when a unit is chosen, the unit.
    pub months: Vec<BenchmarkMonth>,
    /// The chosen unit, when it is among the rows.
    pub selected: Option<String>,
    /// Units of the subject without a usable figure, with the reason.
    pub without_value: Vec<WithoutValue>,
}
pub struct Distribution {
    pub n: u32,
    /// ΣE/Σoutput
    pub group_value: f64,
    pub min: f64,
    pub p25: f64,
    pub p50: f64,
    pub p75: f64,
    pub max: f64,
}
pub struct BenchmarkRow {
    pub unit: UnitRef,
    pub rank: u32,
    /// Average rank / n, 0–1; low is good.
    pub percentile: f64,
    pub value: f64,
    pub previous_value: Option<f64>,
    pub previous_rank: Option<u32>,
    pub output: f64,
    pub tce: f64,
    /// (actual − reference) / |reference|
    pub gap: Option<f64>,
    pub gap_baseline: Option<f64>,
    pub grade: Option<u8>,
    pub beyond_baseline: bool,
    pub potential_tce: f64,
    /// `computed` (process energy / output) or `reported` (class 08 item weighted by output).
    pub source: String,
    pub completeness: Option<f64>,
}
pub struct BenchmarkMonth {
    pub period: String,
    pub n: u32,
    pub p25: Option<f64>,
    pub p50: Option<f64>,
    pub p75: Option<f64>,
    pub unit_value: Option<f64>,
}
pub struct WithoutValue {
    pub unit: UnitRef,
    /// `no_output`, `no_energy` or `too_incomplete`.
    pub reason: String,
}
}
