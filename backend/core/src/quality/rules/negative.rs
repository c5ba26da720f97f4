//! A quantity below zero.

use crate::quality::{Evidence, Hit, ItemDay, Part, Rule, RuleCheck, Severity};

pub(super) const RULE: Rule = Rule {
    name: "negative",
    version: 1,
    zh: "负值",
    en: "Negative",
    about_zh: "能源消费、产出等数量为负",
    about_en: "A consumption, output or other quantity is below zero",
    says_zh: "最低 {}",
    says_en: "Down to {}",
    part: Part::Validity,
    severity: Severity::Medium,
    parameters: &[],
    source_zh: "有效性：数量不为负",
    source_en: "validity: quantities are not negative",
    certainty: "found",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    if !it.item.is_quantity() {
        return None;
    }
    let record = it.record()?;
    let points = record
        .points
        .iter()
        .filter(|point| point.is.valid && point.is.value < 0.0)
        .map(|point| it.point_evidence(point.second, point.is));
    let reported = record
        .reported
        .filter(|it| it.valid && it.value < 0.0)
        .map(|is| Evidence { value: Some(is.value), ..it.figure_evidence() });
    let evidence: Vec<Evidence> = reported
        .into_iter()
        .chain(points)
        .map(|it| Evidence { low: Some(0.0), ..it })
        .take(8)
        .collect();
    let least = evidence.iter().filter_map(|it| it.value).reduce(f64::min)?;
    Some(Hit::new(least, evidence))
}
