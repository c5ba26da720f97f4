//! A value outside the bounds that the unit's own configuration gives the item.

use crate::quality::{Evidence, Hit, ItemDay, Part, Rule, RuleCheck, Severity};

pub(super) const RULE: Rule = Rule {
    name: "out_of_range",
    version: 1,
    zh: "超出量程",
    en: "Out of range",
    about_zh: "数值超出配置中该采集项的最小值至最大值",
    about_en: "A value lies below the least or above the largest value of the item's configuration",
    says_zh: "数值 {}",
    says_en: "The value is {}",
    part: Part::Validity,
    severity: Severity::Medium,
    parameters: &[],
    source_zh: "采集项配置中的最小值、最大值",
    source_en: "least and largest value of the item's configuration",
    certainty: "found",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    let record = it.record()?;
    let day = record
        .reported
        .filter(|it| it.valid)
        .map(|is| Evidence { value: Some(is.value), ..it.figure_evidence() });
    let points = record
        .points
        .iter()
        .filter(|it| it.is.valid)
        .map(|point| it.point_evidence(point.second, point.is));
    let evidence: Vec<Evidence> = day
        .into_iter()
        .chain(points)
        .filter_map(|one| {
            let (low, high) = (*it.item.bounds.get(usize::from(one.stat_type.code()))?)?;
            // Values below zero have a rule of their own.
            let value = one.value?;
            let out =
                low <= high && (value > high || (value < low && value >= 0.0 && value != 0.0));
            out.then_some(Evidence { low: Some(low), high: Some(high), ..one })
        })
        .take(8)
        .collect();
    let worst =
        evidence.iter().filter_map(|it| it.value).max_by(|a, b| a.abs().total_cmp(&b.abs()))?;
    Some(Hit::new(worst, evidence))
}
