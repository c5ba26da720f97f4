//! LMDI of energy into activity, structure and intensity, chained over the same months of each
//! year. Only units with value added enter; the energy left out is stated.

use jiff::civil::Date;
use nengce_shared::api::intensity::{Decomposition, DecompositionMember};
use nengce_shared::lmdi::{Effects, LmdiError, Point, decompose};
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;

use super::By;
use crate::analysis::picture::Picture;
use crate::analysis::ratio::{Sums, own};
use crate::analysis::spans::{Compare, Spans};
use crate::analysis::sums::change;

/// The periods of the chain for a span, oldest first: a span within one year is compared with the
/// year before; one over several years gives the same months of each of its years.
pub fn windows(asked: DayRange, data_until: Option<Date>) -> (Spans, Vec<Vec<Month>>) {
    let end = Month::of(data_until.map_or(asked.to(), |it| asked.to().min(it).max(asked.from())));
    let (first, last) = (asked.from().year(), end.year());
    let from_month = if first == last || asked.from().month() <= end.month() {
        asked.from().month()
    } else {
        1
    };
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
        Some(DayRange::between(
            months.first()?.first_day(),
            months.last()?.last_day(),
        ))
    };
    let spans = match (
        periods.first().and_then(|it| range(it)),
        periods.last().and_then(|it| range(it)),
    ) {
        (Some(before), Some(now)) => Spans {
            asked: now,
            now,
            before,
        },
        _ => Spans::of(asked, Compare::YearBefore, data_until),
    };
    (spans, periods)
}

/// The decomposition of the picture's units over the periods of `windows`.
pub fn decomposition(
    picture: &Picture<'_>,
    by: By,
    periods: &[Vec<Month>],
) -> Result<Decomposition, LmdiError> {
    let sums = |units: &[usize], months: &[Month]| {
        let all = units.iter().flat_map(|unit| {
            months
                .iter()
                .filter_map(|month| own(picture, *unit, *month))
        });
        all.fold(Sums::default(), |sum, it| Sums {
            energy: sum.energy + it.energy,
            output: sum.output + it.output,
        })
    };
    // Net sellers of energy (a group below zero) have no logarithm; they stay out with the rest.
    let groups: Vec<_> = by
        .groups(picture)
        .into_iter()
        .map(|(name, units)| {
            let by_period: Vec<Sums> = periods.iter().map(|months| sums(&units, months)).collect();
            (name, by_period)
        })
        .filter(|(_, sums)| {
            sums.iter().all(|it| it.energy >= 0.0) && sums.iter().any(|it| it.output > 0.0)
        })
        .collect();
    let points: Vec<Vec<Point>> = (0..periods.len())
        .map(|at| {
            groups
                .iter()
                .map(|(_, it)| Point {
                    energy: it[at].energy,
                    activity: it[at].output,
                })
                .collect()
        })
        .collect();
    let result = decompose(&points)?;
    let total = |at: usize, part: fn(&Sums) -> f64| {
        Some(groups.iter().map(|(_, it)| part(&it[at])).sum::<f64>())
    };
    let last = periods.len() - 1;
    let total_now = total(last, |it| it.energy);
    let all_now: f64 = picture
        .selected
        .iter()
        .flat_map(|unit| {
            periods[last]
                .iter()
                .filter_map(|month| picture.month(&[*unit], *month))
        })
        .sum();
    let index = result.indices.last().copied().unwrap_or(Effects {
        activity: 1.0,
        structure: 1.0,
        intensity: 1.0,
    });
    let members = groups
        .iter()
        .zip(&result.members)
        .map(|((name, sums), effects)| DecompositionMember {
            name: name.clone(),
            total: change(Some(sums[last].energy), Some(sums[0].energy)),
            activity_tce: effects.activity,
            structure_tce: effects.structure,
            intensity_tce: effects.intensity,
        });
    Ok(Decomposition {
        scope: picture.scope(),
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
    })
}
