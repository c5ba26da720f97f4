//! One item at zero while the others of the unit run: a dead meter. All at zero together is a standstill, no alarm.

use super::peer_scale::came_right;
use super::unit_mixup::mixed_up;
use crate::quality::{Evidence, Hit, ItemDay, Look, Parameter, Part, Rule, Severity};

const NOTHING: Parameter = Parameter {
    name: "zero_share",
    value: 0.001,
    unit: "share",
    zh: "视为零的水平（占历史同类日）",
    en: "Share of the usual day that counts as zero",
};
const RELATED: Parameter = Parameter {
    name: "related_least",
    value: 0.5,
    unit: "share",
    zh: "其他项目的最低运行水平",
    en: "Least level of the unit's other items",
};

pub const RULE: Rule = Rule {
    name: "zero",
    zh: "孤立零值",
    en: "Zero alone",
    about_zh: "该项为零而本单位其他项目照常运行；全部同时为零视为停产，不报警",
    about_en: "The item is at zero while the unit's other items run; all at zero together is a standstill and no alarm",
    says_zh: "为零，其他项目运行于平常的 {} %",
    says_en: "Zero, while the other items run at {} % of their usual",
    part: Part::Validity,
    severity: Severity::Medium,
    parameters: &[NOTHING, RELATED],
    source: "false alarms after a shutdown are the commonest complaint",
    certainty: "inferred",
    look: Look::Item(look),
};

fn look(it: &ItemDay<'_>) -> Option<Hit> {
    let (figure, scale) = (it.figure()?, it.scale()?);
    let usual = scale.recent.min(scale.usual).min(scale.whole);
    if !(0.0..=usual * NOTHING.value).contains(&figure)
        || mixed_up(it).is_some()
        || came_right(it, figure, scale.usual)
    {
        return None;
    }
    let related = it.related().filter(|it| *it >= RELATED.value)?;
    let evidence = Evidence { expected: Some(scale.usual), ..it.figure_evidence() };
    Some(Hit::new((related * 100.0).round(), vec![evidence]))
}
