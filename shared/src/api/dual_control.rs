//! `GET /api/v1/dual-control`: total and intensity against target, districts, industries, units.

use super::common::{Named, Scope, UnitRef, Warning};
use super::wire;
use crate::codes::energy_group::EnergyGroup;

wire! {
/// Dual control (能耗双控): total consumption and intensity of the scope against their targets.
pub struct DualControl {
    /// What the figures cover.
    pub scope: Scope,
    /// Comprehensive energy consumption (综合能源消费量, GB/T 2589) of the units in scope, in tce.
    pub total: Change,
    /// The control target of the year of `scope.to`; null where none stands for this scope on this basis.
    pub target: Option<TargetProgress>,
    /// Energy intensity of the units in scope, and what its target requires.
    pub intensity: IntensityStatus,
    /// The projected total of the year; null where it is over or months to project from are missing.
    pub projection: Option<Projection>,
    /// The total of the whole year against its target; null without a target, or without months to project from.
    pub year_end: Option<YearEnd>,
    /// The warning level of intensity (发改办环资〔2021〕629号).
    pub intensity_warning: Warning,
    /// The warning level of total consumption against the trajectory; its thresholds are this platform's choice.
    pub total_warning: Warning,
    /// The twelve months of the year of `scope.to`.
    pub months: Vec<DualMonth>,
    /// Consumption by energy group, in the order of the groups; a group without a figure is left out.
    pub composition: Vec<EnergyShare>,
    /// Whether units in scope convert energy, so that the composition is net of what they made. A share may then be
    /// below zero or above one; the energy flow shows end use by type.
    pub net_of_output: bool,
    /// The districts with units in scope, in the order of the region list.
    pub regions: Vec<GroupRow>,
    /// The industries (letter and division) with units in scope, largest consumption first.
    pub industries: Vec<GroupRow>,
    /// The twenty units with the largest rise against the comparison span, largest first.
    pub largest_rises: Vec<UnitDelta>,
}
/// A figure and the same figure of the comparison span.
pub struct Change {
    /// The figure of the span; null where it is missing.
    pub value: Option<f64>,
    /// The figure of the comparison; null where it is missing.
    pub previous: Option<f64>,
    /// value / previous − 1. Null against another district, because two sizes have no growth between them.
    pub change: Option<f64>,
    /// Against another district: value / previous, 1 where both are alike; else null.
    pub index: Option<f64>,
}
/// The annual control target of total consumption and the trajectory to it.
pub struct TargetProgress {
    /// The year of the target.
    pub year: i16,
    /// The yearly ceiling of total consumption in tce.
    pub target_tce: f64,
    /// Consumption from 1 January to `scope.to` in tce.
    pub consumed_tce: f64,
    /// The trajectory on the day `scope.to` in tce: the part of the ceiling that falls to the days so far.
    pub trajectory_tce: f64,
    /// consumed / target, a fraction.
    pub progress: f64,
    /// trajectory / target, a fraction.
    pub trajectory_progress: f64,
    /// consumed − trajectory in tce; positive is over.
    pub over_tce: f64,
    /// The document that sets the target, as the list of targets names it.
    pub source: String,
    /// How the annual target was spread over months: `seasonal_last_year` or `equal_days`.
    pub method: String,
}
/// Energy per unit of value added, and what the target requires.
pub struct IntensityStatus {
    /// The intensity of the span in tce per 10^4 yuan at comparable prices; null without value added.
    pub value: Option<f64>,
    /// The intensity of the comparison in the same unit; null where it is missing.
    pub previous: Option<f64>,
    /// value / previous − 1; null against another district.
    pub change: Option<f64>,
    /// Against another district: value / previous; else null.
    pub index: Option<f64>,
    /// The fall that the years from the comparison to the span require, as a positive fraction (0.031 = 3.1 %). Null
    /// without a target, and for a comparison with others, who require nothing.
    pub required_fall: Option<f64>,
    /// change + required_fall: positive is worse than required; null where either is missing.
    pub gap: Option<f64>,
    /// The source of value added: `gdp` (regional economy), `unit_value_added` (sum of the units' own), or `none`.
    pub denominator: String,
    /// The five-year target that covers the year of `scope.to`; null without one.
    pub five_year: Option<FiveYear>,
}
/// A five-year target (五年目标) of the fall of intensity. All falls are positive fractions.
pub struct FiveYear {
    /// The first year of the plan.
    pub from_year: i16,
    /// The last year of the plan.
    pub to_year: i16,
    /// The fall D that the whole plan requires.
    pub target_fall: f64,
    /// The fall required by the end of the year of `scope.to`: 1 − (1 − D)^(t/5) after t years.
    pub required_fall_by_now: f64,
    /// The fall since the base year, chained year by year; null where the data do not reach the base year.
    pub achieved_fall: Option<f64>,
}
/// The year-end projection (年终预测), a method of this platform's choice.
pub struct Projection {
    /// The projected year.
    pub year: i16,
    /// The projected total in tce.
    pub tce: f64,
    /// The lower end of the interval in tce; `tce` itself where no interval is known.
    pub low: f64,
    /// The upper end of the interval in tce; `tce` itself where no interval is known.
    pub high: f64,
    /// The coverage of the interval, 0.8; 0 where no interval is known.
    pub confidence: f64,
    /// projected / target − 1; null without a target.
    pub vs_target: Option<f64>,
    /// `remaining_last_year_times_recent_growth`: complete months + last year's remaining months × (1 + growth of the
    /// last three complete months).
    pub method: String,
    /// The error of the same method applied to the year before at the same month, as a fraction; null where the year
    /// before last is not known.
    pub past_error: Option<f64>,
    /// The year on which `past_error` was measured; null without it.
    pub past_year: Option<i16>,
}
/// The total of the whole year of `scope.to` against its target: projected while the year runs, summed once it is over.
pub struct YearEnd {
    /// The year.
    pub year: i16,
    /// The yearly ceiling of total consumption in tce.
    pub target_tce: f64,
    /// The projected total in tce, or the sum of the year once it is over.
    pub expected_tce: f64,
    /// expected / target − 1: positive misses the target.
    pub over: f64,
    /// Whether the year is over, so that `expected_tce` is its sum.
    pub is_final: bool,
}
/// The figures of one month in tce.
pub struct DualMonth {
    /// The month, `YYYY-MM`.
    pub period: String,
    /// Consumption of the month; null without a figure.
    pub tce: Option<f64>,
    /// Consumption of the same month a year earlier, or of the other district or the peers in this month; null without
    /// a figure.
    pub previous_tce: Option<f64>,
    /// The month's part of the yearly ceiling; null without a target.
    pub trajectory_tce: Option<f64>,
    /// Cumulative consumption − cumulative trajectory up to this month in tce, projected months included; null without
    /// a target or from the first missing month on.
    pub cumulative_gap: Option<f64>,
    /// The projected consumption of a month that is not complete; else null.
    pub projected_tce: Option<f64>,
    /// The lower end of its interval; null without one.
    pub projected_low: Option<f64>,
    /// The upper end of its interval; null without one.
    pub projected_high: Option<f64>,
    /// Received ÷ expected points of the month, 0–1; null where nothing was expected.
    pub completeness: Option<f64>,
    /// Units with a figure in the month.
    pub units_reporting: u32,
    /// Days with data, the most that any unit in scope has.
    pub days_done: u8,
    /// Days of the month.
    pub days_total: u8,
    /// Consumption by energy group; a group without a figure is left out.
    pub by_energy: Vec<EnergyAmount>,
}
/// The consumption of one energy group.
pub struct EnergyAmount {
    /// The energy group.
    pub group: EnergyGroup,
    /// Its consumption in tce.
    pub tce: f64,
}
/// The part of one energy group in the consumption of the span.
pub struct EnergyShare {
    /// The energy group.
    pub group: EnergyGroup,
    /// Its consumption in tce.
    pub tce: f64,
    /// Its share of the sum of all groups.
    pub share: f64,
    /// Its consumption in the comparison in tce; null without a figure.
    pub previous_tce: Option<f64>,
    /// Its share in the composition compared with; null without a figure.
    pub previous_share: Option<f64>,
    /// tce / previous_tce − 1; null against another district.
    pub change: Option<f64>,
}
/// A district or an industry. The first row of `regions` is not the city: the city is the answer itself.
pub struct GroupRow {
    /// Code and names of the district or industry.
    pub name: Named,
    /// The number of its units in scope.
    pub units: u32,
    /// The number of them with at least one reading in the span.
    pub units_reporting: u32,
    /// Comprehensive energy consumption in tce.
    pub total: Change,
    /// Contribution to the whole's change (拉动): (value − previous) / whole's previous. Null against others.
    pub pull: Option<f64>,
    /// Energy intensity, and what its target requires.
    pub intensity: IntensityStatus,
    /// The warning level of intensity (发改办环资〔2021〕629号).
    pub warning: Warning,
    /// The warning level of total consumption against the trajectory.
    pub total_warning: Warning,
    /// The total of the whole year against its target; null without a target of its own, or without months to project
    /// from.
    pub year_end: Option<YearEnd>,
    /// Received ÷ expected points over the span, 0–1; null where nothing was expected.
    pub completeness: Option<f64>,
    /// Consumption in tce of the last 24 months up to `scope.to`, oldest first; null for a month without a figure.
    pub spark: Vec<Option<f64>>,
}
/// A unit whose consumption rose.
pub struct UnitDelta {
    /// The unit.
    pub unit: UnitRef,
    /// Its consumption in tce.
    pub total: Change,
    /// The rise in tce: value − previous.
    pub delta_tce: f64,
}
}
