//! Inspection targets: units ranked by a sum of criteria, each with its evidence and arithmetic.

mod counts;
mod criteria;
mod findings;
mod parts;
mod peers;
pub mod score;
mod silence;

use std::collections::BTreeMap;

use nengce_shared::api::targets::{Criterion, InspectionTargets, ScorePart, TargetRow};

use super::benchmark::{Value, product_values};
use super::evaluation::Evaluation;
use super::unit_status::UnitStatus;

pub use criteria::{LEAST_PEERS, criteria};
pub use findings::{Findings, UnitFindings};
pub use peers::{Peers, peers};

/// What the parts of every unit are read from, computed once.
pub struct Evidence<'a> {
    /// The evaluated query.
    pub evaluation: &'a Evaluation<'a>,
    /// The statuses of the units, in the order of the snapshot.
    pub statuses: &'a [UnitStatus],
    /// What open findings tell, of the units that have any.
    pub findings: &'a Findings,
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
        findings: &'a Findings,
    ) -> Self {
        let months = evaluation.query.spans.now_parts().whole;
        let mut products: BTreeMap<usize, Vec<(usize, Value)>> = BTreeMap::new();
        for at in 0..evaluation.catalog.products.len() {
            for value in product_values(evaluation, at, &months) {
                products.entry(value.unit).or_default().push((at, value));
            }
        }
        Self { evaluation, statuses, findings, products, peers: peers(evaluation, LEAST_PEERS) }
    }

    /// The parts of a unit, in the order of the reasons, without points.
    pub fn parts(&self, unit: usize) -> Vec<ScorePart> {
        parts::parts(self, unit)
    }
}

/// The whole answer by the criteria.
pub fn targets(
    evaluation: &Evaluation<'_>,
    statuses: &[UnitStatus],
    findings: &Findings,
    criteria: Vec<Criterion>,
) -> InspectionTargets {
    let evidence = Evidence::new(evaluation, statuses, findings);
    let (rows, others) = score::ranked(&criteria, rows(&evidence, &evaluation.selected));
    InspectionTargets {
        scope: evaluation.scope(),
        reasons: counts::counts(&evidence, &criteria, &rows),
        criteria,
        rows,
        others,
    }
}

/// The units with any evidence, not ranked yet.
fn rows(evidence: &Evidence<'_>, units: &[usize]) -> Vec<TargetRow> {
    let row = |unit: &usize| {
        let parts = evidence.parts(*unit);
        (!parts.is_empty()).then(|| TargetRow {
            rank: None,
            unit: evidence.evaluation.unit_ref(*unit),
            tce: evidence.evaluation.tce(*unit),
            score: 0.0,
            before_caps: 0.0,
            at_stake_tce: at_stake(evidence.evaluation, *unit),
            parts,
            daily_completeness: daily(&evidence.statuses[*unit]),
        })
    };
    units.iter().filter_map(row).collect()
}

/// Score and place of one unit by the usual criteria, when it has a reason.
pub fn score_of(
    evaluation: &Evaluation<'_>,
    statuses: &[UnitStatus],
    findings: &Findings,
    unit: usize,
) -> Option<(f64, u32)> {
    let code = &evaluation.snapshot.units[unit].code;
    let evidence = Evidence::new(evaluation, statuses, findings);
    let (rows, _) = score::ranked(&criteria(), rows(&evidence, &evaluation.selected));
    let row = rows.into_iter().find(|it| it.unit.enterprise_code == *code)?;
    Some((row.score, row.rank?))
}

/// The unit's consumption; the span before stands in for a silent one.
fn at_stake(evaluation: &Evaluation<'_>, unit: usize) -> Option<f64> {
    evaluation.tce(unit).or_else(|| evaluation.before[unit].tce(&[]))
}

fn daily(status: &UnitStatus) -> Vec<Option<f64>> {
    let days = status.recent.iter();
    days.map(|it| nengce_shared::quality::completeness(it.received.into(), it.expected.into()))
        .collect()
}
