//! Entries that were rejected because their stamp is not the start of their period.

use crate::quality::{Evidence, Hit, Parameter, Part, Rule, RuleCheck, Severity, UnitSeries};

pub(super) const DAY: Parameter = Parameter {
    name: "day_minutes",
    value: 1.0,
    unit: "minutes",
    zh: "日值允许偏差",
    en: "How far a day's start may be off",
};
pub(super) const MONTH: Parameter = Parameter {
    name: "month_days",
    value: 1.0,
    unit: "days",
    zh: "月值允许偏差",
    en: "How far a month's start may be off",
};

pub(super) const RULE: Rule = Rule {
    name: "period_start",
    version: 1,
    zh: "统计期起点偏差",
    en: "Period start off",
    about_zh: "数据时间偏离统计期起点（日值超过 1 分钟，月值超过 1 日），该条已退回",
    about_en: "The stamp is off the start of its period (a day's by more than 1 minute, a month's by more than 1 day); the entry was refused",
    says_zh: "{} 条被退回",
    says_en: "{} entries were refused",
    part: Part::Conformity,
    severity: Severity::Low,
    parameters: &[DAY, MONTH],
    source_zh: "统计期起点偏差：日值 ≤ 1 分钟，月值 ≤ 1 日",
    source_en: "period start off by ≤ 1 min (day), ≤ 1 day (month)",
    certainty: "found",
    check: RuleCheck::Unit(check),
};

fn check(unit: &UnitSeries, day: i32) -> Option<Hit> {
    let of_day: Vec<_> = unit.rejected_on(day).collect();
    let evidence = of_day.iter().take(8).map(|it| Evidence {
        item: it.item.unwrap_or_default(),
        stat_type: it.stat_type,
        at: it.at,
        value: None,
        expected: None,
        low: None,
        high: None,
        received_at: Some(it.received_at),
    });
    (!of_day.is_empty()).then(|| Hit::new(of_day.len() as f64, evidence.collect()))
}
