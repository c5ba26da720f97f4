//! A unit among its peers for a reader who may not see them: the ranking of a closed year in groups of several members, the
//! same groups for every reader, means in steps of a tenth. There is no filter, no span and no basis to choose, so
//! that no two answers can be subtracted from each other.

use nengce_shared::api::peers::{PeerComparison, PeerComparisonList, PeerGroup};
use nengce_shared::basis::Basis;
use nengce_shared::month::Month;
use nengce_shared::number::decimal;

use super::{Chosen, MIN_COMPLETENESS, subject, values};
use crate::catalog::division;
use crate::evaluation::Evaluation;
use crate::query::{Filter, Query};
use crate::snapshot::Snapshot;
use crate::spans::{ComparisonSpan, Spans};

/// The closed years that are shown, at most.
const MOST_YEARS: i16 = 3;

/// The closed years of a unit, its industry and its products; `least` is the fewest members of a group. A year is closed
/// once nobody can replace its values any more by themselves, `window_days` after its end.
pub fn peers(
    snapshot: &Snapshot,
    unit: usize,
    (least, window_days): (usize, u32),
) -> PeerComparisonList {
    let newest = snapshot.first.plus(snapshot.months as i32 - 1).year();
    let is_closed = |year: &i16| {
        let of_year = |month: i8| Month::new(*year, month);
        of_year(1).is_some_and(|it| snapshot.holds(it))
            && of_year(12).is_some_and(|it| {
                let since = snapshot.today - it.last_day();
                snapshot.holds(it)
                    && snapshot.is_done(it)
                    && i64::from(since.get_days()) > i64::from(window_days)
            })
    };
    let years =
        (0..=MOST_YEARS).map(|ago| newest - ago).filter(is_closed).take(MOST_YEARS as usize);
    PeerComparisonList {
        enterprise_code: snapshot.units[unit].code.clone(),
        min_members: u32::try_from(least).unwrap_or(u32::MAX),
        rows: years.flat_map(|year| of_year(snapshot, unit, year, least)).collect(),
    }
}

fn of_year(snapshot: &Snapshot, unit: usize, year: i16, least: usize) -> Vec<PeerComparison> {
    let word = year.to_string();
    let (compare, until) = (ComparisonSpan::YearBefore, snapshot.data_until);
    let Ok(spans) = Spans::read(Some(&word), Some(&word), compare, until, snapshot.today) else {
        return Vec::new();
    };
    let query =
        Query { filter: Filter::default(), basis: Basis::Equivalent, spans, comparison: None };
    let evaluation = Evaluation::new(snapshot, &query, &[]);
    let industry = division(&snapshot.units[unit].industry);
    let products = (0..snapshot.catalog.products.len())
        .filter(|at| snapshot.products.iter().any(|it| it.unit == unit && it.product == *at))
        .map(Chosen::Product);
    let industry = (!industry.is_empty()).then(|| Chosen::Industry(industry.to_owned()));
    industry
        .into_iter()
        .chain(products)
        .map(|it| compare_in(&evaluation, &it, unit, (year, least)))
        .collect()
}

fn compare_in(
    evaluation: &Evaluation<'_>,
    chosen: &Chosen,
    unit: usize,
    (year, least): (i16, usize),
) -> PeerComparison {
    let found = values::of(evaluation, chosen, &evaluation.query.spans.now_parts().whole);
    let (mut found, _) = values::usable(evaluation, found, MIN_COMPLETENESS);
    found.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.unit.cmp(&b.unit)));
    let own = found.iter().position(|it| it.unit == unit);
    let figures: Vec<f64> = found.iter().map(|it| it.value).collect();
    let sizes = sizes(figures.len(), least);
    let mut groups = Vec::new();
    let (mut from, mut own_group) = (0, None);
    for size in sizes {
        let to = from + size;
        if own.is_some_and(|at| (from..to).contains(&at)) {
            own_group = Some(groups.len() as u32 + 1);
        }
        let mean = figures[from..to].iter().sum::<f64>() / size as f64;
        groups.push(PeerGroup { members: size as u32, mean: step(mean) });
        from = to;
    }
    let subject = subject(evaluation, chosen);
    PeerComparison {
        year,
        kind: subject.kind,
        name: subject.name,
        unit: subject.unit,
        own: own.map(|at| figures[at]),
        own_group,
        groups,
    }
}

/// At most four groups of nearly one size, none below `least`. Whoever is a member knows their own figure: without it as
/// many remain as the rule asks for, so that a group needs one member more.
fn sizes(members: usize, least: usize) -> Vec<usize> {
    let count = (members / (least + 1)).min(4);
    (0..count).map(|at| (members + at) / count).collect()
}

/// The preferred numbers E24 of IEC 60063: twenty-four steps of a tenth or so from 1 to 10.
const E24_STEPS: [f64; 25] = [
    1.0, 1.1, 1.2, 1.3, 1.5, 1.6, 1.8, 2.0, 2.2, 2.4, 2.7, 3.0, 3.3, 3.6, 3.9, 4.3, 4.7, 5.1, 5.6,
    6.2, 6.8, 7.5, 8.2, 9.1, 10.0,
];

/// The step nearest to a figure. A change of one member's figure mostly leaves the step of a mean as it was.
fn step(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return 0.0;
    }
    let power = value.log10().floor();
    let rest = value / 10f64.powf(power);
    let nearest = E24_STEPS
        .into_iter()
        .min_by(|a, b| (a / rest).ln().abs().total_cmp(&(b / rest).ln().abs()));
    decimal(nearest.unwrap_or(rest) * 10f64.powf(power))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_mean_is_within_half_a_step(value in 1e-6..1e6f64) {
            let found = step(value);
            prop_assert!((found / value - 1.0).abs() < 0.075, "{found} for {value}");
            prop_assert_eq!(step(found), found);
        }

        #[test]
        fn no_group_is_below_the_least_and_all_members_are_in_one(
            members in 0..500usize,
            least in 5..20usize,
        ) {
            let sizes = sizes(members, least);
            prop_assert!(sizes.iter().all(|it| *it > least));
            prop_assert_eq!(sizes.iter().sum::<usize>(), if members > least { members } else { 0 });
        }

        /// Two answers that differ by one member, or by one figure: what their difference tells of that figure leaves it
        /// open by a tenth at least, whatever the others are.
        #[test]
        fn the_difference_of_two_answers_does_not_tell_a_figure(
            others in proptest::collection::vec(1.0..1_000.0f64, 6..60),
            figure in 1.0..1_000.0f64,
        ) {
            let published = |figures: &[f64]| -> Vec<(usize, f64)> {
                let mut sorted = figures.to_vec();
                sorted.sort_by(f64::total_cmp);
                let mut from = 0;
                let groups = sizes(sorted.len(), 5).into_iter().map(|size| {
                    let mean = sorted[from..from + size].iter().sum::<f64>() / size as f64;
                    from += size;
                    (size, step(mean))
                });
                groups.collect()
            };
            let sum = |all: &[(usize, f64)]| all.iter().map(|it| it.0 as f64 * it.1).sum::<f64>();
            let with: Vec<f64> = others.iter().copied().chain([figure]).collect();
            let (less, more) = (published(&others), published(&with));
            let told = sum(&more) - sum(&less);
            // Half a step is between 3.8 and 7.5 % of a mean.
            let all = sum(&more) + sum(&less);
            prop_assert!((told - figure).abs() <= 0.075 * all, "the steps explain it");
            let mean = others.iter().sum::<f64>() / others.len() as f64;
            prop_assert!(0.038 * all >= 0.1 * figure.min(mean));
        }
    }
}
