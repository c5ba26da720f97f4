//! Dual control: total and intensity against target, months, composition, districts, industries,
//! and the units that rose most.

mod groups;
mod months;
mod target;

use nengce_shared::api::dual_control::{DualControl, EnergyShare, UnitDelta};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::warning::{TotalThresholds, Warning, total_level};

use super::evaluation::{Evaluation, outgoing};
use super::required;
use super::snapshot::group_index;
use super::unit_totals::{self, add_all};
use target::{Course, course};

pub use groups::industries;

/// How many of the largest rises are listed.
const LARGEST_RISES_LISTED: usize = 20;

/// The whole answer.
pub fn dual_control(evaluation: &Evaluation<'_>, thresholds: TotalThresholds) -> DualControl {
    let units = &evaluation.selected;
    let filter = &evaluation.query.filter;
    let city = evaluation.catalog.city.as_str();
    let key = filter.target_key(city);
    let (intensity, _) = required::status(evaluation, units, &filter.economy(city), key);
    let course = course(evaluation, units, key);
    let compared_units = evaluation.compared_units.as_deref();
    let total = evaluation.total_compared(units, compared_units);
    let whole_before = total.previous;
    let composition = composition(evaluation, units);
    DualControl {
        scope: evaluation.scope(),
        intensity_warning: outgoing(required::level(evaluation, units, &intensity)),
        total_warning: outgoing(total_warning(evaluation, units, &course, thresholds)),
        months: months::months(evaluation, units, &course),
        net_of_output: is_net(evaluation, &composition),
        composition,
        regions: groups::regions(evaluation, whole_before, thresholds),
        industries: groups::industries(evaluation, whole_before, thresholds),
        largest_rises: largest_rises(evaluation, units),
        total,
        target: course.progress,
        intensity: required::shown(evaluation, intensity, compared_units),
        projection: course.projection,
        year_end: course.year_end,
    }
}

/// Level of the total of units on their course.
fn total_warning(
    evaluation: &Evaluation<'_>,
    units: &[usize],
    course: &Course,
    thresholds: TotalThresholds,
) -> Warning {
    let over = course.progress.as_ref().filter(|it| it.trajectory_tce > 0.0);
    let over = over.map(|it| it.consumed_tce / it.trajectory_tce - 1.0);
    total_level(over, evaluation.completeness(units), thresholds)
}

fn composition(evaluation: &Evaluation<'_>, units: &[usize]) -> Vec<EnergyShare> {
    let filter = &evaluation.query.filter;
    let (others, earlier, times) = match &evaluation.compared_units {
        Some(compared_units) => {
            (compared_units.as_slice(), &evaluation.now, evaluation.share(units, compared_units))
        }
        None => (units, &evaluation.before, 1.0),
    };
    let sum = |units: &[usize], spans: &[super::unit_totals::UnitTotals], group: EnergyGroup| {
        add_all(units.iter().map(|it| spans[*it].by_group[group_index(group)]))
    };
    let groups = EnergyGroup::ALL.iter().copied().filter(|it| filter.takes_energy(*it));
    let is_comparable = evaluation.is_comparable(units);
    let parts: Vec<_> = groups
        .map(|group| {
            (
                group,
                evaluation.compared(
                    sum(units, &evaluation.now, group),
                    sum(others, earlier, group).map(|it| it * times),
                ),
            )
        })
        .collect();
    let whole: f64 = parts.iter().filter_map(|(_, part)| part.value).sum();
    let whole_before: f64 = parts.iter().filter_map(|(_, part)| part.previous).sum();
    let share = |(group, part): (EnergyGroup, nengce_shared::api::dual_control::Change)| {
        let tce = part.value?;
        let share = if whole == 0.0 { 0.0 } else { tce / whole };
        Some(EnergyShare {
            group,
            tce,
            share,
            previous_tce: part.previous,
            previous_share: unit_totals::index(part.previous, Some(whole_before)),
            change: part.change.filter(|_| is_comparable),
        })
    };
    parts.into_iter().filter_map(share).collect()
}

/// Whether conversion output is taken off the composition: it is known of the units, or seen in a sum below zero.
fn is_net(evaluation: &Evaluation<'_>, composition: &[EnergyShare]) -> bool {
    let snapshot = evaluation.snapshot;
    let mut units = evaluation.selected.iter();
    composition.iter().any(|it| it.tce < 0.0) || units.any(|it| snapshot.units[*it].converts)
}

/// None where groups stand for the units.
fn largest_rises(evaluation: &Evaluation<'_>, units: &[usize]) -> Vec<UnitDelta> {
    if evaluation.snapshot.is_grouped() {
        return Vec::new();
    }
    let mut rises: Vec<(usize, f64)> = units
        .iter()
        .filter(|it| evaluation.is_comparable(&[**it]))
        .filter_map(|it| Some((*it, evaluation.tce(*it)? - evaluation.tce_before(*it)?)))
        .filter(|(_, delta)| *delta > 0.0)
        .collect();
    rises.sort_by(|a, b| b.1.total_cmp(&a.1));
    let row = |(unit, delta_tce): (usize, f64)| UnitDelta {
        unit: evaluation.unit_ref(unit),
        total: evaluation.total(&[unit]),
        delta_tce,
    };
    rises.into_iter().take(LARGEST_RISES_LISTED).map(row).collect()
}
