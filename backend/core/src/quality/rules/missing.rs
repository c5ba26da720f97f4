//! One item is missing while other items of the unit come.

use super::silent::is_silent;
use crate::quality::{Evidence, Hit, ItemDay, Part, Rule, RuleCheck, Severity};

pub(super) const RULE: Rule = Rule {
    name: "missing",
    version: 1,
    zh: "单项缺失",
    en: "Item missing",
    about_zh: "到期之日该项无数据，而本单位其他数据已到",
    about_en: "The item has nothing for a day that is due, while others of the unit came",
    says_zh: "应到 {} 点，一点未到",
    says_en: "{} points were due, none came",
    part: Part::Completeness,
    severity: Severity::Medium,
    parameters: &[],
    source_zh: "NECC-NHJC-04：已配置的采集项每日上传",
    source_en: "NECC-NHJC-04: every configured item is uploaded daily",
    certainty: "found",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    let expected = it.item.expected(it.day);
    let nothing = it.record().is_none_or(|it| it.is_empty());
    if expected == 0 || !nothing || it.day > it.unit.due_until || is_silent(it.unit, it.day) {
        return None;
    }
    if it.unit.rejected_on(it.day).any(|entry| entry.item == Some(it.item.id)) {
        return None;
    }
    let evidence = Evidence { value: None, ..it.figure_evidence() };
    Some(Hit::new(f64::from(expected), vec![evidence]))
}
