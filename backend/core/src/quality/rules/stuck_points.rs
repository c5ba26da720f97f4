//! The same real-time value for hours of a day, to the last digit.

use super::chance_of_repeats;
use crate::quality::{Evidence, Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const HOURS: Parameter = Parameter {
    name: "least_hours",
    value: 5.0,
    unit: "hours",
    zh: "连续相同的最少小时数",
    en: "Least hours alike",
};
const CHANCE: Parameter = Parameter {
    name: "largest_chance",
    value: 1e-7,
    unit: "share",
    zh: "偶然重复概率的上限（位数少的数值易重复）",
    en: "Largest probability of such a run by chance: a short number repeats easily",
};

pub(super) const RULE: Rule = Rule {
    name: "stuck_points",
    version: 1,
    zh: "实时值不变",
    en: "Points stuck",
    about_zh: "非零实时值在一日内连续数小时完全相同",
    about_en: "A real-time value other than zero repeats to the last digit for hours within a day",
    says_zh: "连续 {} 小时相同",
    says_en: "The same for {} hours",
    part: Part::Validity,
    severity: Severity::Low,
    parameters: &[HOURS, CHANCE],
    source_zh: "有效性：在用仪表的读数会变化",
    source_en: "validity: a live instrument moves",
    certainty: "inferred",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    if !it.item.is_quantity() {
        return None;
    }
    let points = &it.record()?.points;
    let step = if points.len() > 24 { 900 } else { 3_600 };
    let (mut best, mut start) = ((0, 0), 0);
    for at in 1..=points.len() {
        let goes_on = points.get(at).is_some_and(|it| it.is.value == points[start].is.value);
        if !goes_on {
            if at - start > best.1 - best.0 {
                best = (start, at);
            }
            start = at;
        }
    }
    let run = points.get(best.0..best.1)?;
    let value = run.first()?.is.value;
    let hours = f64::from(run.len() as u32 * step) / 3_600.0;
    let tells = value != 0.0
        && hours >= HOURS.value
        && chance_of_repeats(value, hours - 1.0) <= CHANCE.value;
    tells.then(|| {
        let every = run.len().div_ceil(8);
        let evidence: Vec<Evidence> = run
            .iter()
            .step_by(every)
            .map(|point| it.point_evidence(point.second, point.is))
            .collect();
        Hit::new(hours, evidence)
    })
}
