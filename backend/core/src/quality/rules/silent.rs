//! Nothing came from the unit on a day that is due. A standstill is different: its zeros come.

use crate::quality::{Hit, Part, Rule, RuleCheck, Severity, UnitSeries};

pub(super) const RULE: Rule = Rule {
    name: "silent",
    version: 1,
    zh: "全部中断",
    en: "Silent",
    about_zh: "到期之日全单位无任何数据（停产时零值照常上传，不在此列）",
    about_en: "Nothing at all came from the unit for a day that is due; a standstill still sends its zeros",
    says_zh: "当日应到 {} 项数据，一项未到",
    says_en: "{} items were due, none came",
    part: Part::Completeness,
    severity: Severity::High,
    parameters: &[],
    source_zh: "NECC-NHJC-04：每日上传前一日数据，故障 3 个工作日内修复",
    source_en: "NECC-NHJC-04: previous day once a day; repair within 3 working days",
    certainty: "found",
    check: RuleCheck::Unit(check),
};

fn check(unit: &UnitSeries, day: i32) -> Option<Hit> {
    (day <= unit.due_until && is_silent(unit, day)).then(|| {
        let due = unit.items.iter().filter(|it| it.expected(day) > 0).count();
        Hit::new(due as f64, Vec::new())
    })
}

/// Whether something was due on the day and nothing came of any item.
pub(super) fn is_silent(unit: &UnitSeries, day: i32) -> bool {
    unit.items.iter().any(|it| it.expected(day) > 0)
        && unit.items.iter().all(|it| it.days.get(&day).is_none_or(|it| it.is_empty()))
        && unit.rejected_on(day).next().is_none()
}
