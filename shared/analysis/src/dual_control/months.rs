//! The twelve months of the year in which the span ends: actual, last year, trajectory, the strip
//! of cumulative differences, and projected months.

use nengce_shared::api::dual_control::{DualMonth, EnergyAmount};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::quality;

use super::target::Course;
use crate::evaluation::Evaluation;
use crate::unit_totals::add_all;

/// January to December.
pub(super) fn months(
    evaluation: &Evaluation<'_>,
    units: &[usize],
    course: &Course,
) -> Vec<DualMonth> {
    let year = evaluation.query.spans.now.to().year();
    let mut gap = Some(0.0);
    let years_apart = evaluation.query.spans.years_apart();
    let months = (1..=12).filter_map(|it| Month::new(year, it));
    months
        .map(|month| {
            let tce = evaluation.month(units, month);
            let done = evaluation.snapshot.is_done(month);
            let last_year = evaluation.month(units, month.year_before());
            let previous = evaluation.month(units, month.plus(-12 * years_apart));
            let trajectory = course.trajectory.map(|it| it.months[month.month() as usize - 1]);
            let outlook = course.outlook.filter(|it| month.month() as u8 > it.months_done);
            let projected = outlook.zip(last_year).map(|(it, last)| last * (1.0 + it.growth));
            let half =
                outlook.and_then(|it| spread(evaluation, units, course, it.months_done, month));
            gap = match (gap, if done { tce } else { projected }, trajectory) {
                (Some(gap), Some(tce), Some(planned)) => Some(gap + tce - planned),
                _ => None,
            };
            let points = units.iter().map(|it| evaluation.snapshot.points(*it, month));
            let (received, expected) = points.fold((0, 0), |(received, expected), it| {
                (received + u64::from(it.received), expected + u64::from(it.expected))
            });
            DualMonth {
                period: month.to_string(),
                tce,
                previous_tce: match &evaluation.compared_units {
                    // A month that is not over stands against nobody.
                    Some(_) if !done => None,
                    Some(compared_units) => {
                        let share = evaluation.share(units, compared_units);
                        evaluation.month(compared_units, month).map(|it| it * share)
                    }
                    None => previous,
                },
                trajectory_tce: trajectory,
                cumulative_gap: gap,
                projected_tce: projected,
                projected_low: projected.zip(half).map(|(it, half)| it * (1.0 - half)),
                projected_high: projected.zip(half).map(|(it, half)| it * (1.0 + half)),
                completeness: quality::completeness(received, expected),
                units_reporting: evaluation.reporting_in(units, month),
                days_done: evaluation.days_done(units, month),
                days_total: month.days() as u8,
                by_energy: by_energy(evaluation, units, month),
            }
        })
        .collect()
}

/// Relative half width of a projected month: the interval of the year's remainder, shared by the
/// months in proportion to their size.
fn spread(
    evaluation: &Evaluation<'_>,
    units: &[usize],
    course: &Course,
    done: u8,
    month: Month,
) -> Option<f64> {
    let outlook = course.outlook?;
    let interval = outlook.interval?;
    let rest =
        (i8::try_from(done).ok()? + 1..=12).filter_map(|it| Month::new(month.year() - 1, it));
    let last_year = add_all(rest.map(|it| evaluation.month(units, it)))?;
    let rest = last_year * (1.0 + outlook.growth);
    (rest > 0.0).then(|| (interval.high - outlook.total) / rest)
}

fn by_energy(evaluation: &Evaluation<'_>, units: &[usize], month: Month) -> Vec<EnergyAmount> {
    let (snapshot, query) = (evaluation.snapshot, evaluation.query);
    let groups = EnergyGroup::ALL.iter().copied().filter(|it| query.filter.takes_energy(*it));
    let amount = |group: EnergyGroup| {
        let tce = add_all(units.iter().map(|it| snapshot.tce(query.basis, *it, month, group)))?;
        Some(EnergyAmount { group, tce })
    };
    groups.filter_map(amount).collect()
}
