//! A day far from its own history that the following days do not confirm, and that the unit's other items do not share.

use super::counter_restart::restarted;
use super::peer_scale::came_right;
use super::unit_mixup::mixed_up;
use crate::quality::{Evidence, Hit, ItemDay, Look, Parameter, Part, Rule, Severity};

const UP: Parameter = Parameter {
    name: "up_ratio",
    value: 1.7,
    unit: "times",
    zh: "高于历史同类日与其后各日的倍数",
    en: "Times above the usual day and the days after",
};
const NEW_UP: Parameter = Parameter {
    name: "newest_up_ratio",
    value: 2.5,
    unit: "times",
    zh: "最新一日（尚无后续日）的倍数",
    en: "The same while no later day has come",
};
const DOWN: Parameter = Parameter {
    name: "down_ratio",
    value: 0.45,
    unit: "times",
    zh: "低于历史同类日的倍数，其他项目如常",
    en: "Times below the usual day while the other items run",
};
const SPREADS: Parameter = Parameter {
    name: "spreads",
    value: 5.0,
    unit: "times",
    zh: "偏离达自身离散程度（MAD）的倍数",
    en: "Times the item's own spread (MAD)",
};
const AFTER: Parameter = Parameter {
    name: "days_after",
    value: 7.0,
    unit: "days",
    zh: "对照的后续日数",
    en: "Days after that are compared",
};

pub const RULE: Rule = Rule {
    name: "jump",
    zh: "突变",
    en: "Jump",
    about_zh: "当日数值远离自身历史同类日（中位数/MAD），后续日又回到原水平，且本单位其他项目未同步变化",
    about_en: "A day far from the item's own past days of the kind (median/MAD) that later days do not confirm and other items of the unit do not share",
    says_zh: "为历史同类日的 {} 倍",
    says_en: "{} times its usual day",
    part: Part::Validity,
    severity: Severity::Medium,
    parameters: &[UP, NEW_UP, DOWN, SPREADS, AFTER],
    source: "robust outlier test (median, MAD)",
    certainty: "inferred",
    look: Look::Item(look),
};

fn look(it: &ItemDay<'_>) -> Option<Hit> {
    if !it.item.is_quantity() {
        return None;
    }
    let (figure, scale) = (it.figure()?, it.scale()?);
    if figure <= 0.0 || mixed_up(it).is_some() || restarted(it).is_some() {
        return None;
    }
    if came_right(it, figure, scale.usual) {
        return None;
    }
    let (most, least) = (
        scale.usual.max(scale.recent).max(scale.whole),
        scale.usual.min(scale.recent).min(scale.whole),
    );
    let wide = 1.0 + SPREADS.value * scale.spread;
    let (related, after) = (it.related(), it.after(AFTER.value as i32));
    let shared = related.unwrap_or(1.0);
    let up = figure / most / shared.max(1.0);
    let down = figure / least / shared.min(1.0);
    let jumped = if up > 1.0 {
        let least = if after.is_some() { UP.value } else { NEW_UP.value };
        up >= least.max(wide) && after.is_none_or(|it| figure / it >= UP.value)
    } else {
        let least = DOWN.value.min(1.0 / wide);
        related.is_some_and(|it| it >= 0.6)
            && down <= least
            && after.is_some_and(|it| figure / it <= DOWN.value)
    };
    jumped.then(|| {
        let evidence = Evidence {
            expected: Some(scale.usual),
            low: Some(least * DOWN.value),
            high: Some(most * UP.value),
            ..it.figure_evidence()
        };
        Hit::new(figure / scale.usual, vec![evidence])
    })
}
