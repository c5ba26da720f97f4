//! One item is at zero while the unit's other items run: a dead meter, also from its first day on. All items at zero
//! are a standstill, and an item that is off by nature, season or campaign gives no alarm.

use super::peer_scale::came_right;
use super::unit_mixup::mixed_up;
use crate::quality::scale::{HISTORY_DAYS, LEAST_DAYS};
use crate::quality::{Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const ZERO_SHARE: Parameter = Parameter {
    name: "zero_share",
    value: 0.001,
    unit: "share",
    zh: "视为零的水平（占历史同类日）",
    en: "Share of the usual day that counts as zero",
};
const LEAST_RELATED: Parameter = Parameter {
    name: "related_least",
    value: 0.5,
    unit: "share",
    zh: "其他项目的最低运行水平",
    en: "Least level of the unit's other items",
};

pub(super) const RULE: Rule = Rule {
    name: "zero",
    version: 1,
    zh: "孤立零值",
    en: "Zero alone",
    about_zh: "该项为零（含自首日起）而本单位其他项目照常运行；全部同时为零视为停产，不报警；上年同期亦为零、历来间歇运行、或燃气与热力在所在地采暖期外停用的，不报警",
    about_en: "The item is at zero, be it from its first day, while the unit's other items run. No alarm: all at zero together (a standstill), zero in the same weeks of the year before, an item that always came and went, gas and heat outside of the region's heating season",
    says_zh: "为零，其他项目运行于平常的 {} %",
    says_en: "Zero, while the other items run at {} % of their usual",
    part: Part::Validity,
    severity: Severity::Medium,
    parameters: &[ZERO_SHARE, LEAST_RELATED],
    source_zh: "停产后误报最常被投诉",
    source_en: "false alarms after a shutdown are the commonest complaint",
    certainty: "inferred",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    let figure = it.figure().filter(|_| it.item.is_quantity())?;
    let scale = it.scale();
    let usual = scale.map_or(0.0, |it| it.recent.min(it.usual).min(it.whole));
    let least = usual * ZERO_SHARE.value;
    if !(0.0..=least).contains(&figure)
        || (scale.is_none() && !has_stood(it))
        || it.is_off_by_nature(least)
        || mixed_up(it).is_some()
        || scale.is_some_and(|scale| came_right(it, figure, scale.usual))
    {
        return None;
    }
    let related = it.related().filter(|it| *it >= LEAST_RELATED.value)?;
    let evidence = it.figure_evidence();
    Some(Hit::new((related * 100.0).round(), vec![evidence]))
}

/// Whether the last known days were all at zero, and the item's first days are past.
fn has_stood(it: &ItemDay<'_>) -> bool {
    let mut before = it.item.days.range(it.day - HISTORY_DAYS..it.day).rev();
    let mut known = 0;
    let stood = before.by_ref().filter_map(|it| it.1.figure).take(LEAST_DAYS).all(|figure| {
        known += 1;
        figure == 0.0
    });
    stood && known == LEAST_DAYS
}
