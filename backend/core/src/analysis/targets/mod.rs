//! Inspection targets: units ranked by a sum of six reasons, each with its evidence and arithmetic.

mod counts;
mod parts;
mod peers;
mod rules;

use std::collections::BTreeMap;

use nengce_shared::api::targets::{InspectionTargets, ScorePart, TargetRow};

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
        Self {
            picture,
            rules,
            products,
            peers: peers(picture, rules.peers_least),
        }
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
    InspectionTargets {
        scope: picture.scope(),
        rules: rules.describe(),
        reasons: counts::counts(&evidence, &scored),
        rows: scored
            .into_iter()
            .enumerate()
            .map(|(at, (unit, parts))| TargetRow {
                rank: at as u32 + 1,
                unit: picture.unit_ref(unit),
                tce: picture.tce(unit),
                score: score(&parts),
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
    let scored = scored(&Evidence::new(picture, rules));
    let at = scored.iter().position(|(it, _)| *it == unit)?;
    Some((score(&scored[at].1), at as u32 + 1))
}

fn scored(evidence: &Evidence<'_>) -> Vec<(usize, Vec<ScorePart>)> {
    let units = evidence.picture.selected.iter();
    let mut scored: Vec<_> = units
        .map(|it| (*it, evidence.parts(*it)))
        .filter(|(_, parts)| !parts.is_empty())
        .collect();
    let code = |unit: usize| &evidence.picture.facts.units[unit].code;
    scored.sort_by(|a, b| {
        score(&b.1)
            .total_cmp(&score(&a.1))
            .then_with(|| code(a.0).cmp(code(b.0)))
    });
    scored
}

fn score(parts: &[ScorePart]) -> f64 {
    parts.iter().map(|it| it.points).sum()
}

fn sentence(parts: &[ScorePart], text: impl Fn(&ScorePart) -> &String, separator: &str) -> String {
    parts
        .iter()
        .map(|it| text(it).as_str())
        .collect::<Vec<_>>()
        .join(separator)
}

fn daily(picture: &Picture<'_>, unit: usize) -> Vec<Option<f64>> {
    let days = picture.facts.recent(unit).iter();
    days.map(|it| nengce_shared::quality::completeness(it.received.into(), it.expected.into()))
        .collect()
}
