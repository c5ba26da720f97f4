//! LMDI of energy into activity, structure and intensity, chained over the same months of each
//! year. Only units with value added enter; the energy left out is stated.

use jiff::civil::Date;
use nengce_shared::api::common::Named;
use nengce_shared::api::intensity::{Decomposition, DecompositionMember, LeftOut};
use nengce_shared::lmdi::{Effects, LmdiError, Point, decompose};
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;
use nengce_shared::quality::{COMPLETENESS_THRESHOLD, completeness};

use super::By;
use crate::evaluation::Evaluation;
use crate::ratio::{RatioSums, own};
use crate::spans::{ComparisonSpan, Spans};
use crate::unit_totals::change;

/// The periods of the chain for a span, oldest first: a span within one year is compared with the
/// year before; one over several years gives the same months of each of its years.
pub fn windows(asked: DayRange, data_until: Option<Date>) -> (Spans, Vec<Vec<Month>>) {
    let end = Month::of(data_until.map_or(asked.to(), |it| asked.to().min(it).max(asked.from())));
    let (first, last) = (asked.from().year(), end.year());
    let from_month =
        if first == last || asked.from().month() <= end.month() { asked.from().month() } else { 1 };
    let first = if first == last { last - 1 } else { first };
    let months = |year: i16| -> Vec<Month> {
        (from_month..=end.month())
            .filter_map(|it| Month::new(year, it))
            .filter(|it| data_until.is_none_or(|until| it.last_day() <= until) || it.year() < last)
            .collect()
    };
    let done = months(last).len();
    let cut = |year: i16| months(year).into_iter().take(done).collect::<Vec<_>>();
    let periods: Vec<Vec<Month>> = (first..=last).map(cut).collect();
    let range = |months: &[Month]| {
        Some(DayRange::between(months.first()?.first_day(), months.last()?.last_day()))
    };
    let spans =
        match (periods.first().and_then(|it| range(it)), periods.last().and_then(|it| range(it))) {
            (Some(before), Some(now)) => Spans { asked: now, now, before },
            _ => Spans::of(asked, ComparisonSpan::YearBefore, data_until),
        };
    (spans, periods)
}

/// The decomposition of the evaluation's units over the periods of `windows`.
pub fn decomposition(
    evaluation: &Evaluation<'_>,
    by: By,
    periods: &[Vec<Month>],
) -> Result<Decomposition, LmdiError> {
    let mut left_out = Vec::new();
    let groups: Vec<_> = by
        .groups(evaluation)
        .into_iter()
        .filter_map(|(name, units)| {
            let sums = positive(evaluation, periods, &name, &units, &mut left_out)?;
            sums.iter().any(|it| it.output > 0.0).then_some((name, sums))
        })
        .collect();
    let points: Vec<Vec<Point>> = (0..periods.len())
        .map(|at| {
            groups
                .iter()
                .map(|(_, it)| Point { energy: it[at].energy, activity: it[at].output })
                .collect()
        })
        .collect();
    let result = decompose(&points)?;
    let total = |at: usize, part: fn(&RatioSums) -> f64| {
        Some(groups.iter().map(|(_, it)| part(&it[at])).sum::<f64>())
    };
    let last = periods.len() - 1;
    let total_now = total(last, |it| it.energy);
    let all_now: f64 = evaluation
        .selected
        .iter()
        .flat_map(|unit| {
            periods[last].iter().filter_map(|month| evaluation.month(&[*unit], *month))
        })
        .sum();
    let index = result.indices.last().copied().unwrap_or(Effects {
        activity: 1.0,
        structure: 1.0,
        intensity: 1.0,
    });
    let members =
        groups.iter().zip(&result.members).map(|((name, sums), effects)| DecompositionMember {
            name: name.clone(),
            total: change(Some(sums[last].energy), Some(sums[0].energy)),
            activity_tce: effects.activity,
            structure_tce: effects.structure,
            intensity_tce: effects.intensity,
        });
    Ok(Decomposition {
        scope: evaluation.scope(),
        by: by.as_str().to_owned(),
        total: change(total_now, total(0, |it| it.energy)),
        value_added: change(total(last, |it| it.output), total(0, |it| it.output)),
        activity_tce: result.effects.activity,
        structure_tce: result.effects.structure,
        intensity_tce: result.effects.intensity,
        activity_index: index.activity,
        structure_index: index.structure,
        intensity_index: index.intensity,
        chain: periods
            .iter()
            .filter_map(|it| Some(format!("{}..{}", it.first()?, it.last()?)))
            .collect(),
        members: members.collect(),
        left_out_tce: all_now - total_now.unwrap_or(0.0),
        left_out,
    })
}

fn sums_of(evaluation: &Evaluation<'_>, periods: &[Vec<Month>], units: &[usize]) -> Vec<RatioSums> {
    let of_period = |months: &Vec<Month>| {
        let mut sum = RatioSums::default();
        for unit in units {
            let known = months.iter().filter_map(|it| own(evaluation, *unit, *it));
            known.for_each(|it| sum.take(it));
        }
        sum
    };
    periods.iter().map(of_period).collect()
}

/// Why units have no place in a decomposition: their data begin within it, or what is below zero has no logarithm.
fn reason_against(
    evaluation: &Evaluation<'_>,
    periods: &[Vec<Month>],
    units: &[usize],
    sums: &[RatioSums],
) -> Option<&'static str> {
    if !is_comparable(evaluation, periods, units) {
        Some("no_comparison")
    } else if sums.iter().any(|it| it.output < 0.0) {
        Some("negative_value_added")
    } else if sums.iter().any(|it| it.energy < 0.0) {
        Some("negative_energy")
    } else {
        None
    }
}

/// Whether each period has figures of nearly as many units and months as the period after it.
fn is_comparable(evaluation: &Evaluation<'_>, periods: &[Vec<Month>], units: &[usize]) -> bool {
    let months = |of: &[Month]| -> u64 {
        let each = units.iter().flat_map(|unit| of.iter().map(move |it| (*unit, *it)));
        each.map(|(unit, it)| u64::from(evaluation.snapshot.unit_months(unit, it))).sum()
    };
    periods.windows(2).all(|pair| {
        completeness(months(&pair[0]), months(&pair[1]))
            .is_none_or(|it| it >= COMPLETENESS_THRESHOLD)
    })
}

/// The sums of a group by period. A group that has no place goes without the units that have none: those whose data
/// begin within the periods, net sellers of energy, those with negative value added. `None` where nothing is left.
fn positive(
    evaluation: &Evaluation<'_>,
    periods: &[Vec<Month>],
    name: &Named,
    units: &[usize],
    left_out: &mut Vec<LeftOut>,
) -> Option<Vec<RatioSums>> {
    let sums = sums_of(evaluation, periods, units);
    let Some(reason) = reason_against(evaluation, periods, units, &sums) else {
        return Some(sums);
    };
    let mut tell = |name: Named, reason: &str, sums: &[RatioSums]| {
        left_out.push(LeftOut {
            name,
            reason: reason.to_owned(),
            tce: sums.iter().map(|it| it.energy).sum(),
            value_added: sums.iter().map(|it| it.output).sum(),
        });
    };
    if evaluation.snapshot.is_grouped() || units.len() == 1 {
        tell(name.clone(), reason, &sums);
        return None;
    }
    let mut kept = Vec::new();
    for unit in units {
        let own = sums_of(evaluation, periods, &[*unit]);
        match reason_against(evaluation, periods, &[*unit], &own) {
            Some(reason) => tell(super::unit_name(evaluation, *unit), reason, &own),
            None => kept.push(*unit),
        }
    }
    (!kept.is_empty()).then(|| sums_of(evaluation, periods, &kept))
}
