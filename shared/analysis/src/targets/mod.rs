//! Inspection targets: units ranked by a sum of six reasons, each with its evidence and arithmetic.

mod counts;
mod parts;
mod peers;
mod rules;
mod silence;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use nengce_shared::api::targets::{InspectionTargets, ScorePart, TargetRow};
use nengce_shared::number::decimal;

use super::benchmark::{Value, product_values};
use super::evaluation::Evaluation;
use super::unit_status::UnitStatus;

pub use peers::{Peers, peers};
pub use rules::Rules;

/// What the parts of every unit are read from, computed once.
pub struct Evidence<'a> {
    /// The evaluated query.
    pub evaluation: &'a Evaluation<'a>,
    /// The statuses of the units, in the order of the snapshot.
    pub statuses: &'a [UnitStatus],
    /// The rules of the score.
    pub rules: &'a Rules,
    /// By unit: the figures of its products, by product index.
    pub products: BTreeMap<usize, Vec<(usize, Value)>>,
    /// By unit: its intensity and its peers' upper quartile.
    pub peers: BTreeMap<usize, Peers>,
}

impl<'a> Evidence<'a> {
    /// Reads the evaluation.
    pub fn new(
        evaluation: &'a Evaluation<'a>,
        statuses: &'a [UnitStatus],
        rules: &'a Rules,
    ) -> Self {
        let months = evaluation.query.spans.now_parts().whole;
        let mut products: BTreeMap<usize, Vec<(usize, Value)>> = BTreeMap::new();
        for at in 0..evaluation.catalog.products.len() {
            for value in product_values(evaluation, at, &months) {
                products.entry(value.unit).or_default().push((at, value));
            }
        }
        Self { evaluation, statuses, rules, products, peers: peers(evaluation, rules.peers_least) }
    }

    /// The parts of a unit, in the order of the reasons.
    pub fn parts(&self, unit: usize) -> Vec<ScorePart> {
        parts::parts(self, unit)
    }
}

/// The whole answer.
pub fn targets(
    evaluation: &Evaluation<'_>,
    statuses: &[UnitStatus],
    rules: &Rules,
) -> InspectionTargets {
    let evidence = Evidence::new(evaluation, statuses, rules);
    let scored = scored(&evidence);
    let ranks = ranks(&evidence, &scored);
    InspectionTargets {
        scope: evaluation.scope(),
        rules: rules.describe(),
        reasons: counts::counts(&evidence, &scored),
        rows: scored
            .into_iter()
            .zip(ranks)
            .map(|((unit, parts), rank)| TargetRow {
                rank,
                unit: evaluation.unit_ref(unit),
                tce: evaluation.tce(unit),
                score: score(&parts),
                before_caps: before_caps(&parts),
                at_stake_tce: at_stake(evaluation, unit),
                sentence_zh: sentence(&parts, |it| &it.evidence_zh, "；"),
                sentence_en: sentence(&parts, |it| &it.evidence_en, "; "),
                parts,
                daily_completeness: daily(&statuses[unit]),
            })
            .collect(),
    }
}

/// Score and place of one unit, when it has a reason.
pub fn score_of(
    evaluation: &Evaluation<'_>,
    statuses: &[UnitStatus],
    rules: &Rules,
    unit: usize,
) -> Option<(f64, u32)> {
    let evidence = Evidence::new(evaluation, statuses, rules);
    let scored = scored(&evidence);
    let at = scored.iter().position(|(it, _)| *it == unit)?;
    Some((score(&scored[at].1), ranks(&evidence, &scored)[at]))
}

fn scored(evidence: &Evidence<'_>) -> Vec<(usize, Vec<ScorePart>)> {
    let units = evidence.evaluation.selected.iter();
    let mut scored: Vec<_> =
        units.map(|it| (*it, evidence.parts(*it))).filter(|(_, parts)| !parts.is_empty()).collect();
    let code = |unit: usize| &evidence.evaluation.snapshot.units[unit].code;
    scored.sort_by(|a, b| {
        let order = weight(evidence, b).partial_cmp(&weight(evidence, a));
        order.unwrap_or(Ordering::Equal).then_with(|| code(a.0).cmp(code(b.0)))
    });
    scored
}

/// What places are given by: the score, then what caps took off it, then the size of what is at stake.
fn weight(evidence: &Evidence<'_>, (unit, parts): &(usize, Vec<ScorePart>)) -> [f64; 3] {
    let stake = at_stake(evidence.evaluation, *unit).unwrap_or(0.0);
    [score(parts), before_caps(parts), decimal(stake)]
}

/// Places from the first; what weighs the same shares the better place.
fn ranks(evidence: &Evidence<'_>, scored: &[(usize, Vec<ScorePart>)]) -> Vec<u32> {
    let weights: Vec<_> = scored.iter().map(|it| weight(evidence, it)).collect();
    let mut ranks = Vec::with_capacity(scored.len());
    for (at, it) in weights.iter().enumerate() {
        let tied = at > 0 && weights[at - 1] == *it;
        ranks.push(if tied { ranks[at - 1] } else { at as u32 + 1 });
    }
    ranks
}

fn score(parts: &[ScorePart]) -> f64 {
    decimal(parts.iter().map(|it| it.points).sum())
}

fn before_caps(parts: &[ScorePart]) -> f64 {
    decimal(parts.iter().map(|it| it.before_cap).sum())
}

/// The unit's consumption; the span before stands in for a silent one.
fn at_stake(evaluation: &Evaluation<'_>, unit: usize) -> Option<f64> {
    evaluation.tce(unit).or_else(|| evaluation.before[unit].tce(&[]))
}

fn sentence(parts: &[ScorePart], text: impl Fn(&ScorePart) -> &String, separator: &str) -> String {
    parts.iter().map(|it| text(it).as_str()).collect::<Vec<_>>().join(separator)
}

fn daily(status: &UnitStatus) -> Vec<Option<f64>> {
    let days = status.recent.iter();
    days.map(|it| nengce_shared::quality::completeness(it.received.into(), it.expected.into()))
        .collect()
}
