//! Readings that count although their stamp is off the start of their period: within the tolerance, or at the very end.

use super::period_start::{DAY, MONTH};
use crate::quality::{Evidence, Hit, Part, Rule, RuleCheck, Severity, UnitSeries};

/// An entry counts for the period that contains its stamp, although the stamp is off the start.
pub const RULE: Rule = Rule {
    name: "period_moved",
    version: 1,
    zh: "按所在统计期计入",
    en: "Taken for the period it lies in",
    about_zh: "数据时间不是统计期起点，但在允许偏差之内或在期末，数值计入该时间所在的统计期；不影响数据质量指数",
    about_en: "The stamp is not the start of its period, but within the tolerance or at the very end; the value counts for the period that it lies in. The index is not touched",
    says_zh: "{} 条的时间不是统计期起点",
    says_en: "{} stamps were not the start of their period",
    part: Part::Conformity,
    severity: Severity::Low,
    parameters: &[DAY, MONTH],
    source_zh: "统计期起点偏差：日值 ≤ 1 分钟，月值 ≤ 1 日",
    source_en: "period start off by ≤ 1 min (day), ≤ 1 day (month)",
    certainty: "found",
    check: RuleCheck::Unit(check),
};

fn check(unit: &UnitSeries, day: i32) -> Option<Hit> {
    let of_day: Vec<_> = unit.off_start_on(day).collect();
    let evidence = of_day.iter().take(8).map(|it| Evidence {
        item: it.item,
        stat_type: it.stat_type,
        at: it.at + i64::from(it.off),
        value: None,
        expected: None,
        low: None,
        high: None,
        received_at: Some(it.received_at),
    });
    (!of_day.is_empty()).then(|| Hit::new(of_day.len() as f64, evidence.collect()))
}
