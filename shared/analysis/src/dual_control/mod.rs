//! Dual control: total and intensity against target, months, composition, districts, industries,
//! and the units that rose most.

mod groups;
mod months;
mod target;

use nengce_shared::api::dual_control::{DualControl, EnergyShare, UnitDelta};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;
use nengce_shared::warning::{TotalThresholds, Warning, total_level};

use super::facts::group_index;
use super::picture::{Picture, outgoing};
use super::required;
use super::sums::{self, add_all};
use target::{Course, course};

pub use groups::industries;

/// How many of the largest rises are listed.
const RISERS: usize = 20;

/// The whole answer.
pub fn dual_control(picture: &Picture<'_>, thresholds: TotalThresholds) -> DualControl {
    let units = &picture.selected;
    let filter = &picture.question.filter;
    let city = picture.catalog.city.as_str();
    let key = filter.target_key(city);
    let (intensity, _) = required::status(picture, units, &filter.economy(city), key);
    let course = course(picture, units, key);
    let rivals = picture.rivals.as_deref();
    let total = picture.total_against(units, rivals);
    let whole_before = total.previous;
    let composition = composition(picture, units);
    DualControl {
        scope: picture.scope(),
        intensity_warning: outgoing(required::level(picture, units, &intensity)),
        total_warning: outgoing(total_warning(picture, units, &course, thresholds)),
        months: months::months(picture, units, &course),
        net_of_output: is_net(picture, &composition),
        composition,
        regions: groups::regions(picture, whole_before, thresholds),
        industries: groups::industries(picture, whole_before, thresholds),
        risers: risers(picture, units),
        total,
        target: course.progress,
        intensity: required::shown(picture, intensity, rivals),
        projection: course.projection,
    }
}

/// Level of the total of units on their course.
fn total_warning(
    picture: &Picture<'_>,
    units: &[usize],
    course: &Course,
    thresholds: TotalThresholds,
) -> Warning {
    let over = course.progress.as_ref().filter(|it| it.trajectory_tce > 0.0);
    let over = over.map(|it| it.consumed_tce / it.trajectory_tce - 1.0);
    total_level(over, picture.completeness(units), COMPLETENESS_THRESHOLD, thresholds)
}

fn composition(picture: &Picture<'_>, units: &[usize]) -> Vec<EnergyShare> {
    let filter = &picture.question.filter;
    let (others, earlier, times) = match &picture.rivals {
        Some(rivals) => (rivals.as_slice(), &picture.now, picture.share(units, rivals)),
        None => (units, &picture.before, 1.0),
    };
    let sum = |units: &[usize], spans: &[super::sums::UnitSpan], group: EnergyGroup| {
        add_all(units.iter().map(|it| spans[*it].by_group[group_index(group)]))
    };
    let groups = EnergyGroup::ALL.iter().copied().filter(|it| filter.takes_energy(*it));
    let parts: Vec<_> = groups
        .map(|it| {
            (
                it,
                picture.compared(
                    sum(units, &picture.now, it),
                    sum(others, earlier, it).map(|it| it * times),
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
            previous_share: sums::index(part.previous, Some(whole_before)),
            change: part.change,
        })
    };
    parts.into_iter().filter_map(share).collect()
}

/// Whether conversion output is taken off the composition: it is known of the units, or seen in a sum below zero.
fn is_net(picture: &Picture<'_>, composition: &[EnergyShare]) -> bool {
    let facts = picture.facts;
    let mut units = picture.selected.iter();
    composition.iter().any(|it| it.tce < 0.0) || units.any(|it| facts.converts(*it))
}

/// None where groups stand for the units.
fn risers(picture: &Picture<'_>, units: &[usize]) -> Vec<UnitDelta> {
    if picture.facts.is_grouped() {
        return Vec::new();
    }
    let mut rises: Vec<(usize, f64)> = units
        .iter()
        .filter_map(|it| Some((*it, picture.tce(*it)? - picture.tce_before(*it)?)))
        .filter(|(_, delta)| *delta > 0.0)
        .collect();
    rises.sort_by(|a, b| b.1.total_cmp(&a.1));
    let row = |(unit, delta_tce): (usize, f64)| UnitDelta {
        unit: picture.unit_ref(unit),
        total: picture.total(&[unit]),
        delta_tce,
    };
    rises.into_iter().take(RISERS).map(row).collect()
}
