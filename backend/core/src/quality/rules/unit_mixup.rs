//! Values that are wrong by a power of ten for several days: kWh sent as 10⁴ kWh, t sent as kg.

use super::peer_scale::came_right;
use crate::quality::{Evidence, Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const TOLERANCE: Parameter = Parameter {
    name: "tolerance_log10",
    value: 0.1,
    unit: "log10",
    zh: "单独一日与 10 的整数次幂之差（对数）",
    en: "Distance of one day alone from a power of ten, log10",
};
const DAYS: Parameter = Parameter {
    name: "days_tolerance_log10",
    value: 0.16,
    unit: "log10",
    zh: "持续两日以上时与 10 的整数次幂之差（对数）",
    en: "The same for two days and more, log10",
};
pub(in crate::quality) const MONTH_TOLERANCE: Parameter = Parameter {
    name: "month_tolerance_log10",
    value: 0.13,
    unit: "log10",
    zh: "按月上报的项与 10 的整数次幂之差（对数）",
    en: "Distance of a month from a power of ten, for items that come by the month, log10",
};
/// The factor for several days where the season or a festival moves the usual day itself.
pub(in crate::quality) const WIDE_TOLERANCE: Parameter = Parameter {
    name: "wide_tolerance_log10",
    value: 0.3,
    unit: "log10",
    zh: "不小于 10² 倍且持续两日以上（或为按月上报）时与 10 的整数次幂之差（对数）",
    en: "The same of a hundredfold and more that lasts for two days, or of a month, log10",
};
const LEAST_RELATED: Parameter = Parameter {
    name: "related_least",
    value: 0.5,
    unit: "share",
    zh: "判为偏小时其他项目的最低运行水平",
    en: "Least level of the unit's other items before a fall is a mix-up",
};
/// The factor for a single day: kWh for MWh or 10⁴ kWh, kg for t. Nothing else multiplies one day so exactly.
pub(in crate::quality) const ALONE_POWER: Parameter = Parameter {
    name: "alone_least_power",
    value: 3.0,
    unit: "power of ten",
    zh: "单独一日或一月即可判定的最小倍数（10 的幂）",
    en: "Least power of ten that one day or month alone tells by",
};

pub(super) const RULE: Rule = Rule {
    name: "unit_mixup",
    version: 1,
    zh: "疑似单位错用",
    en: "Unit mix-up suspected",
    about_zh: "与自身历史同类日之比接近 10 的整数次幂，且持续两日以上、全天各点同倍或不小于 10³ 倍；其后十四日中十日保持新水平的是水平变化，上年同期如此或天气可解释的（燃气、热力），均不报警",
    about_en: "Against its own past days of the kind the value is near a power of ten, for two days, with every point of the day alike, or a thousandfold and more. No alarm: a level that ten of the next fourteen days keep, the same figures in the year before, gas and heat that follow the weather",
    says_zh: "约为历史同类日的 {} 倍",
    says_en: "About {} times its usual day",
    part: Part::Validity,
    severity: Severity::High,
    parameters: &[TOLERANCE, DAYS, MONTH_TOLERANCE, WIDE_TOLERANCE, LEAST_RELATED, ALONE_POWER],
    source_zh: "上报数据常见缺陷：数值单位用错",
    source_en: "common problems of uploads: wrong unit of the value",
    certainty: "inferred",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    let power = mixed_up(it)?;
    let factor = 10f64.powi(power);
    let usual = it.scale()?.usual;
    let evidence = Evidence { expected: Some(usual), ..it.figure_evidence() };
    Some(Hit::new(factor, vec![evidence]))
}

/// The largest distance (log10) from a factor of 1,000 and more at which a lasting level is still a wrong unit of
/// measure and not a change.
const EXACT_LOG10: f64 = 0.03;
const EXACT_SPREAD: f64 = 0.1;

/// The power of ten by which the day is wrong, if it is wrong.
pub(super) fn mixed_up(it: &ItemDay<'_>) -> Option<i32> {
    let (power, is_near) = power(it)?;
    let same = |day: i32| self::power(&it.on(day)).is_some_and(|it| it.0 == power);
    let neighbour = same(it.day - 1) || same(it.day + 1);
    let alone = is_near && (f64::from(power.abs()) >= ALONE_POWER.value || is_whole_day(it));
    (alone || neighbour).then_some(power)
}

/// The power of ten that a day is near, and whether it is near enough to count alone.
fn power(it: &ItemDay<'_>) -> Option<(i32, bool)> {
    let (figure, scale) = (it.figure()?, it.scale()?);
    if figure <= 0.0 {
        return None;
    }
    let log = (figure / scale.usual).log10();
    let power = log.round() as i32;
    // The first days of a season may themselves be wrong; then the days before agree with this one.
    let off = (log - f64::from(power)).abs();
    let tolerance = if power.abs() >= 2 { WIDE_TOLERANCE.value } else { DAYS.value };
    if power == 0 || (figure / scale.whole).log10().abs() < 0.5 || off > tolerance {
        return None;
    }
    if came_right(it, figure, scale.usual) {
        return None;
    }
    if it.is_by_nature(figure) {
        return None;
    }
    if let Some(kept) = it.lasting(log) {
        let exact = (kept - f64::from(power)).abs() <= EXACT_LOG10 && scale.spread <= EXACT_SPREAD;
        if !exact || f64::from(power.abs()) < ALONE_POWER.value || it.item.warms {
            return None;
        }
    }
    let related = it.related();
    // Where all items rise or fall together, or no other item has a figure, the business itself may have changed.
    match (power > 0, related) {
        (true, Some(related)) if related > 3.0 => None,
        (true, _) => Some((power, off <= TOLERANCE.value)),
        (false, Some(related)) if related >= LEAST_RELATED.value => {
            Some((power, off <= TOLERANCE.value))
        }
        (false, _) => None,
    }
}

/// Whether the points of the day keep their shape, so that no single point carries the difference.
fn is_whole_day(it: &ItemDay<'_>) -> bool {
    let Some(record) = it.record() else {
        return false;
    };
    let sum: f64 = record.points.iter().map(|it| it.is.value).sum();
    let most = record.points.iter().map(|it| it.is.value).fold(0.0, f64::max);
    record.points.len() >= 20 && sum > 0.0 && most / sum < 0.3
}
