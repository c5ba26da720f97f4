//! Values wrong by a power of ten for days on end: kWh sent as 10⁴ kWh, t as kg.

use super::peer_scale::came_right;
use crate::quality::{Evidence, Hit, ItemDay, Look, Parameter, Part, Rule, Severity};

const TOLERANCE: Parameter = Parameter {
    name: "tolerance_log10",
    value: 0.13,
    unit: "log10",
    zh: "与 10 的整数次幂之差（对数）",
    en: "Distance from a power of ten, log10",
};
const RELATED: Parameter = Parameter {
    name: "related_least",
    value: 0.5,
    unit: "share",
    zh: "判为偏小时其他项目的最低运行水平",
    en: "Least level of the unit's other items before a fall is a mix-up",
};
/// kWh for MWh or 10⁴ kWh, kg for t: nothing else multiplies one day so exactly.
const ALONE: Parameter = Parameter {
    name: "alone_least_power",
    value: 3.0,
    unit: "power of ten",
    zh: "单独一日即可判定的最小倍数（10 的幂）",
    en: "Least power of ten that one day alone tells by",
};

pub const RULE: Rule = Rule {
    name: "unit_mixup",
    zh: "疑似单位错用",
    en: "Unit mix-up suspected",
    about_zh: "与自身历史同类日之比接近 10 的整数次幂，且持续两日以上、全天各点同倍或不小于 10³ 倍",
    about_en: "Against its own past days of the kind the value is near a power of ten, for two days, with every point of the day alike, or a thousandfold and more",
    says_zh: "约为历史同类日的 {} 倍",
    says_en: "About {} times its usual day",
    part: Part::Validity,
    severity: Severity::High,
    parameters: &[TOLERANCE, RELATED, ALONE],
    source: "common defects of uploads: wrong unit of the value",
    certainty: "inferred",
    look: Look::Item(look),
};

fn look(it: &ItemDay<'_>) -> Option<Hit> {
    let power = mixed_up(it)?;
    let factor = 10f64.powi(power);
    let usual = it.scale()?.usual;
    let evidence = Evidence { expected: Some(usual), ..it.figure_evidence() };
    Some(Hit::new(factor, vec![evidence]))
}

/// The power of ten by which the day is wrong, if it is.
pub fn mixed_up(it: &ItemDay<'_>) -> Option<i32> {
    let power = power(it)?;
    let neighbour =
        [it.day - 1, it.day + 1].into_iter().any(|day| self::power(&it.on(day)) == Some(power));
    let alone = f64::from(power.abs()) >= ALONE.value;
    (alone || neighbour || is_whole_day(it)).then_some(power)
}

fn power(it: &ItemDay<'_>) -> Option<i32> {
    let (figure, scale) = (it.figure()?, it.scale()?);
    if figure <= 0.0 {
        return None;
    }
    let log = (figure / scale.usual).log10();
    let power = log.round() as i32;
    // A season's first days may themselves be wrong; then the days before it agree with this one.
    if power == 0
        || (figure / scale.whole).log10().abs() < 0.5
        || (log - f64::from(power)).abs() > TOLERANCE.value
    {
        return None;
    }
    if came_right(it, figure, scale.usual) {
        return None;
    }
    let related = it.related();
    // Where all rise or fall together, or nothing tells, it may be the business itself.
    match (power > 0, related) {
        (true, Some(related)) if related > 3.0 => None,
        (true, _) => Some(power),
        (false, Some(related)) if related >= RELATED.value => Some(power),
        (false, _) => None,
    }
}

/// Whether the day's points keep their shape: no single one carries it.
fn is_whole_day(it: &ItemDay<'_>) -> bool {
    let Some(record) = it.record() else {
        return false;
    };
    let sum: f64 = record.points.iter().map(|it| it.is.value).sum();
    let most = record.points.iter().map(|it| it.is.value).fold(0.0, f64::max);
    record.points.len() >= 20 && sum > 0.0 && most / sum < 0.3
}
