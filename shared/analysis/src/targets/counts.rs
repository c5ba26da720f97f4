//! How many units score for each reason, with one further figure about the reason.

use std::collections::HashMap;

use nengce_shared::api::targets::{Criterion, Reason, ReasonCount, TargetRow};
use nengce_shared::benchmark::saving_potential;
use nengce_shared::number::{parameter, percent, ten_thousand_tce};

use super::Evidence;
use super::findings::UnitFindings;
use super::silence::silence;

/// The reasons in their order.
pub(super) fn counts(
    evidence: &Evidence<'_>,
    criteria: &[Criterion],
    rows: &[TargetRow],
) -> Vec<ReasonCount> {
    let snapshot = evidence.evaluation.snapshot;
    let number: HashMap<&str, usize> =
        snapshot.units.iter().enumerate().map(|(at, it)| (it.code.as_str(), at)).collect();
    Reason::ALL
        .iter()
        .copied()
        .map(|reason| {
            let gives = |row: &&TargetRow| {
                row.parts.iter().any(|it| it.reason == reason && it.points > 0.0)
            };
            let units: Vec<usize> = rows
                .iter()
                .filter(gives)
                .filter_map(|it| number.get(it.unit.enterprise_code.as_str()).copied())
                .collect();
            let criterion = criteria.iter().find(|it| it.reason == reason);
            let (note_zh, note_en) = note(evidence, reason, &units, criterion);
            let ongoing = || {
                let silences = units.iter().filter_map(|it| silence(evidence, *it));
                silences.filter(|it| it.ongoing).count() as u32
            };
            ReasonCount {
                reason,
                units: units.len() as u32,
                ongoing: (reason == Reason::Silent).then(ongoing),
                note_zh,
                note_en,
            }
        })
        .collect()
}

fn note(
    evidence: &Evidence<'_>,
    reason: Reason,
    units: &[usize],
    criterion: Option<&Criterion>,
) -> (String, String) {
    match reason {
        Reason::NeverUploaded => criterion.map_or_else(nothing, |it| {
            let days = parameter(it.full);
            (format!("批准满 {days} 天计满分"), format!("full points after {days} days"))
        }),
        Reason::SuspectData => {
            let all = |of: fn(&UnitFindings) -> u32| findings(evidence, units).map(of).sum::<u32>();
            let count = all(|it| it.suspect);
            (format!("共 {count} 条问题"), format!("{count} findings"))
        }
        Reason::Unanswered => {
            let oldest = findings(evidence, units).map(|it| it.overdue_days).max();
            oldest.map_or_else(nothing, |days| {
                (format!("最久 {days} 天"), format!("the oldest by {days} days"))
            })
        }
        Reason::RisingIntensity => {
            ("比上年同月".to_owned(), "on the same months a year before".to_owned())
        }
        Reason::Silent => {
            let silences: Vec<_> = units.iter().filter_map(|it| silence(evidence, *it)).collect();
            let longest = silences.iter().map(|it| it.days).max();
            let resumed = silences.iter().filter(|it| !it.ongoing).count();
            longest.map_or_else(nothing, |days| match resumed {
                0 => (format!("最长 {days} 天"), format!("longest {days} days")),
                _ => (
                    format!("其中 {resumed} 家已恢复；最长 {days} 天"),
                    format!("{resumed} of them report again; longest {days} days"),
                ),
            })
        }
        Reason::Completeness => {
            let lowest = units
                .iter()
                .filter_map(|it| evidence.evaluation.now[*it].completeness())
                .min_by(f64::total_cmp);
            lowest.map_or_else(nothing, |share| {
                (
                    format!("最低 {}", percent(Some(share))),
                    format!("lowest {}", percent(Some(share))),
                )
            })
        }
        Reason::AboveLimit => {
            let saved: f64 = units.iter().map(|it| potential(evidence, *it)).sum();
            let figure = ten_thousand_tce(Some(saved));
            (
                format!("至标杆合计潜力 {figure} 万tce"),
                format!("potential to the benchmark {figure} 10⁴ tce"),
            )
        }
        Reason::WorseThanPeers => {
            ("按行业小类，不足时按大类".to_owned(), "by industry class, else division".to_owned())
        }
        Reason::RepeatOffender => {
            let count = findings(evidence, units).map(|it| it.offences).sum::<u32>();
            (format!("共 {count} 件"), format!("{count} cases"))
        }
        Reason::NotVisited => {
            let longest = findings(evidence, units).map(|it| it.quarters_since_visit).max();
            longest.map_or_else(nothing, |it| {
                (format!("最久 {it} 个季度"), format!("the longest {it} quarters"))
            })
        }
        Reason::OverTarget => {
            ("按本单位总量控制目标".to_owned(), "by the unit's own total target".to_owned())
        }
        Reason::MeterOverdue => {
            let meters: u32 = units.iter().map(|it| evidence.statuses[*it].meters_overdue).sum();
            (format!("{meters} 台表"), format!("{meters} meters"))
        }
    }
}

fn findings<'a>(
    evidence: &'a Evidence<'_>,
    units: &[usize],
) -> impl Iterator<Item = &'a UnitFindings> {
    units.iter().filter_map(|it| evidence.findings.get(&evidence.statuses[*it].id))
}

fn potential(evidence: &Evidence<'_>, unit: usize) -> f64 {
    let of = |(product, value): &(usize, super::Value)| {
        let level = evidence.evaluation.catalog.products[*product].limits.benchmark?;
        Some(saving_potential(value.value, level, value.output) / value.per_tce)
    };
    evidence.products.get(&unit).into_iter().flatten().filter_map(of).sum()
}

fn nothing() -> (String, String) {
    ("—".to_owned(), "—".to_owned())
}
