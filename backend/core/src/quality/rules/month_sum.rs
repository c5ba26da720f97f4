//! Compares the reported month with the sum of its days.

use jiff::ToSpan;
use nengce_shared::quality::{DAY_MONTH_LIMIT, day_month_deviation};
use nengce_shared::stat_type::StatType;

use crate::quality::scale::median;
use crate::quality::{Evidence, Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};
use nengce_messages::stamp;

const LIMIT: Parameter = Parameter {
    name: "largest_deviation",
    value: DAY_MONTH_LIMIT,
    unit: "share",
    zh: "允许偏差",
    en: "Largest deviation",
};
/// A missing day counts as the median of its month, and may differ from it by this share.
const UNKNOWN: Parameter = Parameter {
    name: "missing_day_spread",
    value: 0.4,
    unit: "share",
    zh: "缺日按当月中位数估计时的可能偏差",
    en: "How far a missing day may be from the month's median",
};
const MISSING: Parameter = Parameter {
    name: "missing_days_most",
    value: 8.0,
    unit: "days",
    zh: "当月缺日多于此数则不比对",
    en: "A month with more missing days is not compared",
};

pub(super) const RULE: Rule = Rule {
    name: "month_sum",
    version: 1,
    zh: "日月不符",
    en: "Days against month",
    about_zh: "当月各日之和与上报月值相差超过 5 %（各日齐全时）；记于月首日",
    about_en: "The sum of the days and the reported month differ by more than 5 %, all days there; stands on the first of the month",
    says_zh: "相差 {} %",
    says_en: "They differ by {} %",
    part: Part::Conformity,
    severity: Severity::Medium,
    parameters: &[LIMIT, UNKNOWN, MISSING],
    source_zh: "|各日之和 − 月值| ÷ 月值 ≤ 5 %",
    source_en: "|Σdays − month| / month ≤ 5 %",
    certainty: "found",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    let month = it.item.months.get(&it.day).filter(|it| it.valid)?;
    let first = stamp::date_of(it.day);
    let next = stamp::day_number(first.checked_add(1.month()).ok()?);
    if !it.item.is_quantity() {
        return None;
    }
    let (sum, estimated) = sum(it, next)?;
    let room = LIMIT.value + UNKNOWN.value * estimated / sum.abs().max(f64::MIN_POSITIVE);
    let deviation = day_month_deviation(sum, month.value).unwrap_or(f64::from(sum != 0.0));
    (deviation > room).then(|| {
        let evidence = Evidence {
            item: it.item.id,
            stat_type: StatType::Month,
            at: it.midnight(),
            value: Some(month.value),
            expected: Some(sum),
            low: None,
            high: None,
            received_at: Some(month.received_at),
        };
        Hit::new((deviation * 1000.0).round() / 10.0, vec![evidence])
    })
}

/// The sum of the days until `next`, and the part of it that is estimated for missing days.
fn sum(it: &ItemDay<'_>, next: i32) -> Option<(f64, f64)> {
    let mut known: Vec<f64> = (it.day..next).filter_map(|day| it.item.figure(day)).collect();
    let missing = f64::from(next - it.day) - known.len() as f64;
    if missing > MISSING.value {
        return None;
    }
    let estimated = missing * median(&mut known)?;
    Some((known.iter().sum::<f64>() + estimated, estimated))
}
