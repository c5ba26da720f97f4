//! `GET /api/v1/dual-control`: total and intensity against target, districts, industries, units.

use super::common::{Named, Scope, UnitRef, Warning};
use super::wire;
use crate::codes::energy_group::EnergyGroup;

wire! {
pub struct DualControl {
    pub scope: Scope,
    pub total: Change,
    pub target: Option<TargetProgress>,
    pub intensity: IntensityStatus,
    pub projection: Option<Projection>,
    pub year_end: Option<YearEnd>,
    pub intensity_warning: Warning,
    pub total_warning: Warning,
    /// The twelve months of the year of `scope.to`.
    pub months: Vec<DualMonth>,
    pub composition: Vec<EnergyShare>,
    /// Whether units in scope convert energy, so that the composition is net of what they made. A share may then be
    /// below zero or above one; the energy flow shows end use by type.
    pub net_of_output: bool,
    pub regions: Vec<GroupRow>,
    pub industries: Vec<GroupRow>,
    /// Units with the largest rise against the comparison span, largest first.
    pub largest_rises: Vec<UnitDelta>,
}
/// A figure and the same figure of the comparison span.
pub struct Change {
    pub value: Option<f64>,
    pub previous: Option<f64>,
    /// value / previous − 1. `None` against another district: two sizes have no growth between them.
    pub change: Option<f64>,
    /// Against another district: value / previous, 1 where both are alike.
    pub index: Option<f64>,
}
/// The annual control target of total consumption and the trajectory to it.
pub struct TargetProgress {
    pub year: i16,
    pub target_tce: f64,
    /// Consumption from 1 January to `scope.to`, and the trajectory on that day.
    pub consumed_tce: f64,
    pub trajectory_tce: f64,
    pub progress: f64,
    pub trajectory_progress: f64,
    /// consumed − trajectory; positive is over.
    pub over_tce: f64,
    pub source: String,
    /// How the annual target was spread over months: `seasonal_last_year` or `equal_days`.
    pub method: String,
}
/// Energy per unit of value added, and what the target requires.
pub struct IntensityStatus {
    /// tce per 10^4 yuan
    pub value: Option<f64>,
    pub previous: Option<f64>,
    pub change: Option<f64>,
    /// Against another district: value / previous, and no change.
    pub index: Option<f64>,
    /// The fall that the years from the comparison to the span require, as a positive fraction (0.031 = 3.1 %). `None`
    /// for a comparison with others, who require nothing.
    pub required_fall: Option<f64>,
    /// change + required_fall: positive is worse than required.
    pub gap: Option<f64>,
    /// The source of value added: `gdp` (regional economy), `unit_value_added` (sum of the units' own), or `none`.
    pub denominator: String,
    pub five_year: Option<FiveYear>,
}
pub struct FiveYear {
    pub from_year: i16,
    pub to_year: i16,
    pub target_fall: f64,
    pub required_fall_by_now: f64,
    pub achieved_fall: Option<f64>,
}
pub struct Projection {
    pub year: i16,
    pub tce: f64,
    pub low: f64,
    pub high: f64,
    /// Coverage of the interval, 0.8.
    pub confidence: f64,
    /// projected / target − 1
    pub vs_target: Option<f64>,
    /// The name of the method, which the screen writes out.
    pub method: String,
    /// Error of the same method applied to the year before at the same month, as a fraction.
    pub past_error: Option<f64>,
    pub past_year: Option<i16>,
}
/// The total of the whole year of `scope.to` against its target: projected while the year runs, summed once it is over.
pub struct YearEnd {
    pub year: i16,
    pub target_tce: f64,
    pub expected_tce: f64,
    /// expected / target − 1: positive misses the target.
    pub over: f64,
    /// Whether the year is over, so that `expected_tce` is its sum.
    pub is_final: bool,
}
pub struct DualMonth {
    pub period: String,
    pub tce: Option<f64>,
    pub previous_tce: Option<f64>,
    pub trajectory_tce: Option<f64>,
    /// Cumulative consumption − cumulative trajectory up to this month (projected months included).
    pub cumulative_gap: Option<f64>,
    pub projected_tce: Option<f64>,
    pub projected_low: Option<f64>,
    pub projected_high: Option<f64>,
    pub completeness: Option<f64>,
    pub units_reporting: u32,
    pub days_done: u8,
    pub days_total: u8,
    pub by_energy: Vec<EnergyAmount>,
}
pub struct EnergyAmount {
    pub group: EnergyGroup,
    pub tce: f64,
}
pub struct EnergyShare {
    pub group: EnergyGroup,
    pub tce: f64,
    pub share: f64,
    pub previous_tce: Option<f64>,
    /// Share in the composition compared with.
    pub previous_share: Option<f64>,
    pub change: Option<f64>,
}
/// A district or an industry. The first row of `regions` is not the city: the city is the answer itself.
pub struct GroupRow {
    pub name: Named,
    pub units: u32,
    pub units_reporting: u32,
    pub total: Change,
    /// Contribution to the whole's change: (value − previous) / whole's previous. `None` against others.
    pub pull: Option<f64>,
    pub intensity: IntensityStatus,
    pub warning: Warning,
    pub total_warning: Warning,
    /// `None` without a target of its own, or without months to project from.
    pub year_end: Option<YearEnd>,
    pub completeness: Option<f64>,
    /// tce of the last 24 months up to `scope.to`, oldest first.
    pub spark: Vec<Option<f64>>,
}
pub struct UnitDelta {
    pub unit: UnitRef,
    pub total: Change,
    pub delta_tce: f64,
}
}
