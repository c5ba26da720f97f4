//! Turns the evidence about units into points and places by criteria, in the server and, while weights are moved, in the
//! browser. Reads and writes changed criteria as the address has them: `silent:16:3:25`.

use std::cmp::Ordering;

use nengce_shared::api::targets::{Criterion, InspectionTargets, Reason, ScorePart, TargetRow};
use nengce_shared::lang::Lang;
use nengce_shared::number::{decimal, parameter, plain};

/// The most points that one criterion may give.
pub const MOST_WEIGHT: f64 = 100.0;

/// The degree of a value: 0 before `from`, `start` there, 1 at `full`, and more beyond it.
pub fn degree(criterion: &Criterion, value: f64) -> f64 {
    let along = (value - criterion.from) / (criterion.full - criterion.from);
    match along.is_finite() && along >= 0.0 {
        true => criterion.start + (1.0 - criterion.start) * along,
        false => 0.0,
    }
}

/// Gives each row its points, score and place by the criteria; those with points come first, the worst first.
pub fn rank(criteria: &[Criterion], rows: &mut [TargetRow]) {
    for row in rows.iter_mut() {
        for part in &mut row.parts {
            part.before_cap = weighed(criteria, part, f64::INFINITY);
            part.points = weighed(criteria, part, 1.0);
        }
        row.score = sum(&row.parts, |it| it.points);
        row.before_caps = sum(&row.parts, |it| it.before_cap);
    }
    rows.sort_by(|a, b| {
        let order = order(b).partial_cmp(&order(a)).unwrap_or(Ordering::Equal);
        order.then_with(|| a.unit.enterprise_code.cmp(&b.unit.enterprise_code))
    });
    let mut last = None;
    for (at, row) in rows.iter_mut().enumerate() {
        let place = match last {
            Some((weight, rank)) if weight == order(row) => rank,
            _ => at as u32 + 1,
        };
        last = Some((order(row), place));
        row.rank = (row.score > 0.0).then_some(place);
    }
}

/// What places are given by: the score, then what caps took off it, then the size of what is at stake.
fn order(row: &TargetRow) -> [f64; 3] {
    [row.score, row.before_caps, decimal(row.at_stake_tce.unwrap_or(0.0))]
}

fn sum(parts: &[ScorePart], of: impl Fn(&ScorePart) -> f64) -> f64 {
    decimal(parts.iter().map(of).sum())
}

/// The same, those with points apart from those without any.
pub fn ranked(
    criteria: &[Criterion],
    mut rows: Vec<TargetRow>,
) -> (Vec<TargetRow>, Vec<TargetRow>) {
    rank(criteria, &mut rows);
    let others = rows.split_off(rows.partition_point(|it| it.rank.is_some()));
    (rows, others)
}

/// The answer by other criteria: the same evidence, other points and places.
pub fn with_criteria(found: &InspectionTargets, criteria: Vec<Criterion>) -> InspectionTargets {
    let rows = found.rows.iter().chain(&found.others).cloned().collect();
    let (rows, others) = ranked(&criteria, rows);
    let mut reasons = found.reasons.clone();
    for it in &mut reasons {
        let units = rows.iter().filter(|row| row.points_of(it.reason) > 0.0).count() as u32;
        if units != it.units {
            // The note is about other units.
            (it.units, it.note_zh, it.note_en) = (units, String::new(), String::new());
        }
    }
    InspectionTargets { scope: found.scope.clone(), criteria, reasons, rows, others }
}

/// The first `visits` units by the criteria, as places among the rows.
pub fn first(criteria: &[Criterion], rows: &[&TargetRow], visits: usize) -> Vec<usize> {
    let weigh = |row: &TargetRow| {
        let sum = |most: f64| {
            decimal(row.parts.iter().map(|it| weighed(criteria, it, most)).sum::<f64>())
        };
        [sum(1.0), sum(f64::INFINITY), decimal(row.at_stake_tce.unwrap_or(0.0))]
    };
    let weights: Vec<_> = rows.iter().copied().map(weigh).collect();
    let mut places: Vec<_> = (0..rows.len()).filter(|it| weights[*it][0] > 0.0).collect();
    places.sort_by(|a, b| weights[*b].partial_cmp(&weights[*a]).unwrap_or(Ordering::Equal));
    places.truncate(visits);
    places
}

/// How many of the first `visits` units would be others without each criterion, in the order of the criteria.
pub fn exchanged(criteria: &[Criterion], rows: &[&TargetRow], visits: usize) -> Vec<u32> {
    let usual = first(criteria, rows, visits);
    let without = |at: usize| {
        let mut other = criteria.to_vec();
        other[at].weight = 0.0;
        let kept = first(&other, rows, visits);
        usual.iter().filter(|it| !kept.contains(it)).count() as u32
    };
    (0..criteria.len()).map(without).collect()
}

/// The points of some evidence, of a degree of at most `most`.
fn weighed(criteria: &[Criterion], part: &ScorePart, most: f64) -> f64 {
    let criterion = criteria.iter().find(|it| it.reason == part.reason);
    criterion.map_or(0.0, |it| it.weight * degree(it, part.value).min(most))
}

/// The points of a value as a sum that can be done again by hand: `16 × (0.1 + 0.9 × (9 − 3) ÷ (25 − 3)) = 5.5`.
pub fn arithmetic(criterion: &Criterion, value: f64, lang: Lang) -> String {
    let Criterion { weight, from, full, start, .. } = criterion;
    let shown = plain(value, if value.fract() == 0.0 { 0 } else { 1 });
    let along = match *from == 0.0 {
        true => format!("{shown} ÷ {}", parameter(*full)),
        false if full > from => {
            format!("({shown} − {0}) ÷ ({1} − {0})", parameter(*from), parameter(*full))
        }
        false => format!("({0} − {shown}) ÷ ({0} − {1})", parameter(*from), parameter(*full)),
    };
    let degree = match *start == 0.0 {
        true => along,
        false => format!("({} + {} × {along})", parameter(*start), parameter(decimal(1.0 - start))),
    };
    let full_degree = self::degree(criterion, value);
    let capped = if full_degree > 1.0 { lang.pick("，至多 1", ", at most 1") } else { "" };
    let points = plain(weight * full_degree.min(1.0), 1);
    format!("{} × {degree}{capped} = {points}", parameter(*weight))
}

/// The rule of a criterion in words, with its parameters.
pub fn rule(criterion: &Criterion, lang: Lang) -> String {
    let Criterion { from, full, start, .. } = criterion;
    let (from, full) = (parameter(*from), parameter(*full));
    let at_once = parameter(decimal(start * 100.0));
    let unit = lang.pick(&criterion.unit_zh, &criterion.unit_en);
    match (lang, *start > 0.0) {
        (Lang::Zh, false) => format!("{from} 起，{full} {unit}计满"),
        (Lang::Zh, true) => format!("{from} 起计 {at_once}%，{full} {unit}计满"),
        (Lang::En, false) => format!("from {from}, all at {full} {unit}"),
        (Lang::En, true) => format!("{at_once}% from {from}, all at {full} {unit}"),
    }
}

/// Changes criteria as a text asks: `reason:weight` or `reason:weight:from:full`, separated by commas. The error is the part
/// that could not be read.
pub fn change(criteria: &mut [Criterion], text: &str) -> Result<(), String> {
    for asked in text.split(',').filter(|it| !it.trim().is_empty()) {
        let refused = || asked.to_owned();
        let mut words = asked.trim().split(':');
        let reason = words.next().and_then(Reason::parse).ok_or_else(refused)?;
        let numbers = words.map(|it| it.parse::<f64>().ok().filter(|it| it.is_finite()));
        let numbers: Vec<f64> = numbers.collect::<Option<_>>().ok_or_else(refused)?;
        let criterion = criteria.iter_mut().find(|it| it.reason == reason).ok_or_else(refused)?;
        let weight = *numbers.first().ok_or_else(refused)?;
        if !(0.0..=MOST_WEIGHT).contains(&weight) {
            return Err(refused());
        }
        criterion.weight = weight;
        match numbers[1..] {
            [] => {}
            [from, full] if (full > from) == (criterion.full > criterion.from) && full != from => {
                (criterion.from, criterion.full) = (from, full);
            }
            _ => return Err(refused()),
        }
    }
    Ok(())
}

/// What `change` makes of `usual` to reach `criteria`; none where nothing differs.
pub fn changes(usual: &[Criterion], criteria: &[Criterion]) -> Option<String> {
    let written = usual.iter().zip(criteria).filter_map(|(usual, it)| {
        let words = format!("{}:{}", it.reason.as_str(), it.weight);
        match (usual.from, usual.full) == (it.from, it.full) {
            true if usual.weight == it.weight => None,
            true => Some(words),
            false => Some(format!("{words}:{}:{}", it.from, it.full)),
        }
    });
    let all: Vec<_> = written.collect();
    (!all.is_empty()).then(|| all.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use nengce_shared::api::common::{Named, UnitRef};

    fn criterion(reason: Reason, weight: f64, (from, full, start): (f64, f64, f64)) -> Criterion {
        let words = String::new;
        Criterion {
            reason,
            zh: words(),
            en: words(),
            measures_zh: words(),
            measures_en: words(),
            unit_zh: "天".to_owned(),
            unit_en: "days".to_owned(),
            weight,
            from,
            full,
            start,
        }
    }

    fn criteria() -> Vec<Criterion> {
        vec![
            criterion(Reason::Silent, 16.0, (3.0, 25.0, 0.12)),
            criterion(Reason::Completeness, 8.0, (90.0, 60.0, 0.0)),
        ]
    }

    fn row(code: &str, values: &[(Reason, f64)], stake: f64) -> TargetRow {
        let named = || Named { code: String::new(), zh: String::new(), en: String::new() };
        let part = |it: &(Reason, f64)| ScorePart {
            reason: it.0,
            value: it.1,
            points: 0.0,
            before_cap: 0.0,
            evidence_zh: it.0.as_str().to_owned(),
            evidence_en: it.0.as_str().to_owned(),
            link: String::new(),
        };
        TargetRow {
            rank: None,
            unit: UnitRef {
                enterprise_code: code.to_owned(),
                name: code.to_owned(),
                region: named(),
                industry: named(),
                class: nengce_shared::unit_class::UnitClass::TenThousand,
            },
            tce: None,
            score: 0.0,
            before_caps: 0.0,
            at_stake_tce: Some(stake),
            parts: values.iter().map(part).collect(),
            daily_completeness: Vec::new(),
        }
    }

    #[test]
    fn a_degree_begins_at_its_start_and_passes_one_beyond_full() {
        let all = criteria();
        let seen: Vec<_> = [2.0, 3.0, 25.0, 47.0].map(|it| degree(&all[0], it)).into();
        assert_eq!(seen, [0.0, 0.12, 1.0, 1.88]);
        let seen: Vec<_> = [95.0, 90.0, 75.0, 60.0, 30.0].map(|it| degree(&all[1], it)).into();
        assert_eq!(seen, [0.0, 0.0, 0.5, 1.0, 2.0]);
    }

    #[test]
    fn equal_points_are_ordered_by_what_caps_took_and_then_by_size() {
        let mut rows = vec![
            row("a", &[(Reason::Silent, 25.0)], 10.0),
            row("b", &[(Reason::Silent, 90.0)], 1.0),
            row("c", &[(Reason::Silent, 25.0)], 20.0),
            row("d", &[(Reason::Silent, 2.0)], 90.0),
            row("e", &[(Reason::Silent, 25.0)], 20.0),
        ];
        rank(&criteria(), &mut rows);
        let seen: Vec<_> =
            rows.iter().map(|it| (it.unit.enterprise_code.as_str(), it.rank)).collect();
        assert_eq!(
            seen,
            [("b", Some(1)), ("c", Some(2)), ("e", Some(2)), ("a", Some(4)), ("d", None)]
        );
        assert_eq!(rows[0].sentence(Lang::Zh), "silent");
        assert_eq!(rows[4].sentence(Lang::Zh), "", "evidence without points is no reason");
    }

    /// Whom a criterion brings in is who leaves without it.
    #[test]
    fn a_criterion_exchanges_those_whom_it_alone_brings_in() {
        let rows = [
            row("a", &[(Reason::Silent, 25.0)], 1.0),
            row("b", &[(Reason::Completeness, 60.0)], 1.0),
            row("c", &[(Reason::Silent, 4.0), (Reason::Completeness, 80.0)], 1.0),
            row("d", &[], 50.0),
        ];
        let rows: Vec<&TargetRow> = rows.iter().collect();
        assert_eq!(first(&criteria(), &rows, 2), [0, 1]);
        assert_eq!(exchanged(&criteria(), &rows, 2), [1, 1]);
        assert_eq!(exchanged(&criteria(), &rows, 9), [1, 1], "who has no points is not visited");
    }

    #[test]
    fn the_sum_can_be_done_again_by_hand() {
        let all = criteria();
        let seen = arithmetic(&all[0], 9.0, Lang::En);
        assert_eq!(seen, "16 × (0.12 + 0.88 × (9 − 3) ÷ (25 − 3)) = 5.8");
        let seen = arithmetic(&all[1], 45.5, Lang::Zh);
        assert_eq!(seen, "8 × (90 − 45.5) ÷ (90 − 60)，至多 1 = 8.0");
    }

    #[test]
    fn changes_are_written_as_they_are_read() {
        let (usual, mut changed) = (criteria(), criteria());
        assert_eq!(change(&mut changed, "silent:20,completeness:8:95:50"), Ok(()));
        let written = changes(&usual, &changed).expect("two differ");
        assert_eq!(written, "silent:20,completeness:8:95:50");
        let mut again = criteria();
        assert_eq!(change(&mut again, &written), Ok(()));
        assert_eq!(again, changed);
        assert_eq!(changes(&usual, &usual), None);
        for wrong in [
            "silent",
            "silent:-1",
            "silent:101",
            "other:1",
            "silent:1:2",
            "silent:1:5:5",
            "silent:NaN",
            "completeness:1:50:90",
        ] {
            assert_eq!(change(&mut criteria(), wrong), Err(wrong.to_owned()));
        }
    }
}
