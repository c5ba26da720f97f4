//! Fewer points than the item is expected to send on a day.

use nengce_shared::quality::{COMPLETENESS_THRESHOLD, completeness};

use crate::quality::{Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const LEAST_COMPLETENESS: Parameter = Parameter {
    name: "least_completeness",
    value: COMPLETENESS_THRESHOLD,
    unit: "share",
    zh: "最低完整率",
    en: "Least completeness",
};

pub(super) const RULE: Rule = Rule {
    name: "incomplete",
    version: 1,
    zh: "点数不足",
    en: "Incomplete day",
    about_zh: "到期之日实收点数低于应收点数的 90 %（小时 24 点，15 分钟 96 点）",
    about_en: "Fewer than 90 % of the points due came (24 of an hourly item, 96 of a quarter-hourly one)",
    says_zh: "完整率 {} %",
    says_en: "{} % of the points came",
    part: Part::Completeness,
    severity: Severity::Medium,
    parameters: &[LEAST_COMPLETENESS],
    source_zh: "完整率 = 实收 ÷ 应收，限值 90 %",
    source_en: "completeness = received / expected, threshold 90 %",
    certainty: "found",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    if it.day > it.unit.due_until || it.record().is_none_or(|it| it.is_empty()) {
        return None;
    }
    let (received, expected) = (it.item.received(it.day), it.item.expected(it.day));
    let share = completeness(received.into(), expected.into())?;
    (expected > 1 && share < LEAST_COMPLETENESS.value)
        .then(|| Hit::new((share * 1000.0).round() / 10.0, vec![it.figure_evidence()]))
}
