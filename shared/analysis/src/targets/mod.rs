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
use super::picture::Picture;

pub use peers::{Peers, peers};
pub use rules::Rules;

/// What the parts of every unit are read from, computed once.
pub struct Evidence<'a> {
    pub picture: &'a Picture<'a>,
    pub rules: &'a Rules,
    /// By unit: the figures of its products, by product index.
    pub products: BTreeMap<usize, Vec<(usize, Value)>>,
    /// By unit: its intensity and its peers' upper quartile.
    pub peers: BTreeMap<usize, Peers>,
}

impl<'a> Evidence<'a> {
    /// Reads the picture.
    pub fn new(picture: &'a Picture<'a>, rules: &'a Rules) -> Self {
        let months = picture.question.spans.now_parts().whole;
        let mut products: BTreeMap<usize, Vec<(usize, Value)>> = BTreeMap::new();
        for at in 0..picture.catalog.products.len() {
            for value in product_values(picture, at, &months) {
                products.entry(value.unit).or_default().push((at, value));
            }
        }
        Self { picture, rules, products, peers: peers(picture, rules.peers_least) }
    }

    /// The parts of a unit, in the order of the reasons.
    pub fn parts(&self, unit: usize) -> Vec<ScorePart> {
        parts::parts(self, unit)
    }
}

/// The whole answer.
pub fn targets(picture: &Picture<'_>, rules: &Rules) -> InspectionTargets {
    let evidence = Evidence::new(picture, rules);
    let scored = scored(&evidence);
    let ranks = ranks(&evidence, &scored);
    InspectionTargets {
        scope: picture.scope(),
        rules: rules.describe(),
        reasons: counts::counts(&evidence, &scored),
        rows: scored
            .into_iter()
            .zip(ranks)
            .map(|((unit, parts), rank)| TargetRow {
                rank,
                unit: picture.unit_ref(unit),
                tce: picture.tce(unit),
                score: score(&parts),
                before_caps: before_caps(&parts),
                at_stake_tce: at_stake(picture, unit),
                sentence_zh: sentence(&parts, |it| &it.evidence_zh, "；"),
                sentence_en: sentence(&parts, |it| &it.evidence_en, "; "),
                parts,
                daily_completeness: daily(picture, unit),
            })
            .collect(),
    }
}

/// Score and place of one unit, when it has a reason.
pub fn score_of(picture: &Picture<'_>, rules: &Rules, unit: usize) -> Option<(f64, u32)> {
    let evidence = Evidence::new(picture, rules);
    let scored = scored(&evidence);
    let at = scored.iter().position(|(it, _)| *it == unit)?;
    Some((score(&scored[at].1), ranks(&evidence, &scored)[at]))
}

fn scored(evidence: &Evidence<'_>) -> Vec<(usize, Vec<ScorePart>)> {
    let units = evidence.picture.selected.iter();
    let mut scored: Vec<_> =
        units.map(|it| (*it, evidence.parts(*it))).filter(|(_, parts)| !parts.is_empty()).collect();
    let code = |unit: usize| &evidence.picture.facts.units[unit].code;
    scored.sort_by(|a, b| {
        let order = weight(evidence, b).partial_cmp(&weight(evidence, a));
        order.unwrap_or(Ordering::Equal).then_with(|| code(a.0).cmp(code(b.0)))
    });
    scored
}

/// What places are given by: the score, then what caps took off it, then the size of what is at stake.
fn weight(evidence: &Evidence<'_>, (unit, parts): &(usize, Vec<ScorePart>)) -> [f64; 3] {
    let stake = at_stake(evidence.picture, *unit).unwrap_or(0.0);
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
fn at_stake(picture: &Picture<'_>, unit: usize) -> Option<f64> {
    picture.tce(unit).or_else(|| picture.before[unit].tce(&[]))
}

fn sentence(parts: &[ScorePart], text: impl Fn(&ScorePart) -> &String, separator: &str) -> String {
    parts.iter().map(|it| text(it).as_str()).collect::<Vec<_>>().join(separator)
}

fn daily(picture: &Picture<'_>, unit: usize) -> Vec<Option<f64>> {
    let days = picture.facts.recent(unit).iter();
    days.map(|it| nengce_shared::quality::completeness(it.received.into(), it.expected.into()))
        .collect()
}
