//! A day far from the item's own history that neither the following days nor the unit's other items confirm.

use super::counter_restart::restarted;
use super::peer_scale::came_right;
use super::unit_mixup::mixed_up;
use crate::quality::scale::median;
use crate::quality::{Evidence, Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const UP_RATIO: Parameter = Parameter {
    name: "up_ratio",
    value: 1.6,
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
const DOWN_RATIO: Parameter = Parameter {
    name: "down_ratio",
    value: 0.48,
    unit: "times",
    zh: "低于历史同类日的倍数，其他项目如常",
    en: "Times below the usual day while the other items run",
};
const SPREADS: Parameter = Parameter {
    name: "spreads",
    value: 5.0,
    unit: "times",
    zh: "偏离达自身离散程度（绝对中位差）的倍数",
    en: "Times the item's own spread (median absolute deviation)",
};
const DAYS_AFTER: Parameter = Parameter {
    name: "days_after",
    value: 7.0,
    unit: "days",
    zh: "对照的后续日数",
    en: "Days after that are compared",
};
pub(in crate::quality) const MONTH_UP: Parameter = Parameter {
    name: "month_up_ratio",
    value: 2.5,
    unit: "times",
    zh: "按月上报的项高于平常月与次月的倍数",
    en: "Times above the usual month and the month after, for items that come by the month",
};
pub(in crate::quality) const MONTH_NEW_UP: Parameter = Parameter {
    name: "newest_month_up_ratio",
    value: 4.0,
    unit: "times",
    zh: "最新一月（尚无后续月）的倍数",
    en: "The same while no later month has come",
};
pub(in crate::quality) const MONTH_DOWN: Parameter = Parameter {
    name: "month_down_ratio",
    value: 0.3,
    unit: "times",
    zh: "按月上报的项低于平常月与次月的倍数",
    en: "Times below the usual month and the month after, for items that come by the month",
};
pub(in crate::quality) const MONTHS_BEFORE: Parameter = Parameter {
    name: "months_before",
    value: 3.0,
    unit: "months",
    zh: "对照的前几月数",
    en: "Months before that a month is compared with",
};

/// The least activity of the other items that is taken into account, for a day that is above its usual figure.
const LEAST_ACTIVITY: f64 = 0.3;
const LEAST_UP: f64 = 1.3;
/// The share by which the median of all days, workdays and weekends together, bounds a day less strictly than its own
/// usual figure.
const WHOLE_MEDIAN_SHARE: f64 = 0.7;
/// The largest share of a fallen day in the days after it, which may themselves be low when a festival begins.
const DOWN_AFTER: f64 = 0.6;
/// The fewest days of the weeks around a day that show how much the item varies there.
const LEAST_AROUND: usize = 10;

pub(super) const RULE: Rule = Rule {
    name: "jump",
    version: 1,
    zh: "突变",
    en: "Jump",
    about_zh: "当日数值远离自身历史同类日（中位数、绝对中位差），后续日又回到原水平，且本单位其他项目未同步变化；上年同期如此或天气可解释的（燃气、热力）不报警",
    about_en: "A day far from the item's own past days of the kind (median and absolute deviation from it) that later days do not confirm and other items of the unit do not share. No alarm: the same figures in the year before, gas and heat that follow the weather",
    says_zh: "为历史同类日的 {} 倍",
    says_en: "{} times its usual day",
    part: Part::Validity,
    severity: Severity::Medium,
    parameters: &[
        UP_RATIO,
        NEW_UP,
        DOWN_RATIO,
        SPREADS,
        DAYS_AFTER,
        MONTH_UP,
        MONTH_NEW_UP,
        MONTH_DOWN,
        MONTHS_BEFORE,
    ],
    source_zh: "稳健离群值检验（中位数、绝对中位差）",
    source_en: "robust outlier test (median, median absolute deviation)",
    certainty: "inferred",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
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
    let (related, after) = (it.related(), it.after(DAYS_AFTER.value as i32));
    // An item that follows the weather, or has no later days yet, has to stand out more.
    let is_plain = after.is_some() && !it.follows_weather();
    let (whole, down_after) =
        if is_plain { (WHOLE_MEDIAN_SHARE, DOWN_AFTER) } else { (1.0, DOWN_RATIO.value) };
    let (most, least) = (
        scale.usual.max(scale.recent).max(scale.whole * whole),
        scale.usual.min(scale.recent).min(scale.whole / whole),
    );
    let ratio = figure / scale.usual;
    let spread = spread_around(it).filter(|it| is_plain && *it < scale.spread);
    let wide = 1.0 + SPREADS.value * spread.unwrap_or(scale.spread);
    let shared = related.unwrap_or(1.0);
    // Where the other items are low, as during a festival, this one would be low too; days after a lasting change
    // confirm it.
    let is_up = ratio >= LEAST_UP && after.is_some();
    let pace = if shared > 1.0 || is_up { shared.max(LEAST_ACTIVITY) } else { 1.0 };
    let up = figure / most / pace;
    let down = figure / least / shared.min(1.0);
    let jumped = if up > 1.0 {
        let least = if after.is_some() { UP_RATIO.value } else { NEW_UP.value };
        let stands_out = |it: f64| ratio / it >= UP_RATIO.value;
        up >= least.max(wide) && after.is_none_or(stands_out) && before(it).is_none_or(stands_out)
    } else {
        let least = DOWN_RATIO.value.min(1.0 / wide);
        related.is_some_and(|it| it >= 0.5)
            && down <= least
            && after.is_some_and(|it| ratio / it <= down_after)
    };
    (jumped && !it.is_by_nature(figure)).then(|| {
        let evidence = Evidence {
            expected: Some(scale.usual),
            low: Some(least * DOWN_RATIO.value),
            high: Some(most * UP_RATIO.value),
            ..it.figure_evidence()
        };
        Hit::new(ratio, vec![evidence])
    })
}

/// The relative spread of figure divided by usual day in the weeks before and after, so that a festival some weeks ago
/// does not count as variation now.
fn spread_around(it: &ItemDay<'_>) -> Option<f64> {
    let reach = DAYS_AFTER.value as i32;
    let days = (it.day - reach..=it.day + reach).filter(|day| *day != it.day);
    let ratios = days.filter_map(|day| Some(it.item.figure(day)? / it.usual_like(day)?));
    let mut ratios: Vec<f64> = ratios.collect();
    if ratios.len() < LEAST_AROUND {
        return None;
    }
    let mid = median(&mut ratios).filter(|it| *it > 0.0)?;
    let mut off: Vec<f64> = ratios.iter().map(|it| (it - mid).abs()).collect();
    Some(1.4826 * median(&mut off)? / mid)
}

/// The median, over the week before, of figure divided by usual day. A day that returns from such a level has not
/// jumped.
fn before(it: &ItemDay<'_>) -> Option<f64> {
    let week = it.day - DAYS_AFTER.value as i32..it.day;
    let ratios = week.filter_map(|day| Some(it.item.figure(day)? / it.usual_like(day)?));
    median(&mut ratios.collect::<Vec<_>>())
}
