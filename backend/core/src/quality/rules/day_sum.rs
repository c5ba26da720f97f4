//! Compares the reported day with the sum of its points.

use nengce_shared::quality::{DAY_MONTH_LIMIT, day_month_deviation};

use crate::quality::{Evidence, Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const LIMIT: Parameter = Parameter {
    name: "largest_deviation",
    value: DAY_MONTH_LIMIT,
    unit: "share",
    zh: "允许偏差",
    en: "Largest deviation",
};

pub(super) const RULE: Rule = Rule {
    name: "day_sum",
    version: 1,
    zh: "点日不符",
    en: "Points against day",
    about_zh: "当日各点之和与上报日值相差超过 5 %（点数齐全时）",
    about_en: "The sum of the day's points and the reported day differ by more than 5 %, all points there",
    says_zh: "相差 {} %",
    says_en: "They differ by {} %",
    part: Part::Conformity,
    severity: Severity::Medium,
    parameters: &[LIMIT],
    source_zh: "|各点之和 − 日值| ÷ 日值 ≤ 5 %",
    source_en: "|sum − reported| / reported ≤ 5 %",
    certainty: "found",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    let record = it.record().filter(|_| it.item.is_quantity())?;
    let reported = record.reported.filter(|it| it.valid)?;
    let expected = it.item.expected(it.day);
    if expected <= 1 || it.item.received(it.day) < expected {
        return None;
    }
    let sum: f64 = record.points.iter().map(|it| it.is.value).sum();
    let deviation = match day_month_deviation(sum, reported.value) {
        Some(it) => it,
        None if sum == 0.0 => return None,
        None => 1.0,
    };
    // The rounding of many small points is not a difference.
    let rounding = 1e-4 * f64::from(expected);
    ((sum - reported.value).abs() > rounding && deviation > LIMIT.value).then(|| {
        let evidence = Evidence {
            value: Some(reported.value),
            expected: Some(sum),
            low: Some(sum.min(sum / (1.0 + LIMIT.value))),
            high: Some(sum.max(sum / (1.0 - LIMIT.value))),
            ..it.figure_evidence()
        };
        Hit::new((deviation * 1000.0).round() / 10.0, vec![evidence])
    })
}
