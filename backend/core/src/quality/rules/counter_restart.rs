//! A counter that restarted: one interval carries the whole counter (or its negative), and the next ones are as before.

use super::unit_mixup::mixed_up;
use crate::quality::scale::point_scale;
use crate::quality::{Evidence, Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const LEAST_RATIO: Parameter = Parameter {
    name: "least_ratio",
    value: 7.0,
    unit: "times",
    zh: "与历史同类日（时刻）之比的下限",
    en: "Least ratio to the usual day or time of day",
};
const POINT_SHARE: Parameter = Parameter {
    name: "point_share",
    value: 0.6,
    unit: "share",
    zh: "单点占全天的下限",
    en: "Least share of the day in one point",
};

/// The value of a counter is that of more than a few days.
const DAYS: Parameter = Parameter {
    name: "least_days",
    value: 3.0,
    unit: "days",
    zh: "单点至少相当于平常的日数",
    en: "Usual days that the one point amounts to, at least",
};

pub(super) const RULE: Rule = Rule {
    name: "counter_restart",
    version: 1,
    zh: "疑似计数器重置",
    en: "Counter restart suspected",
    about_zh: "单个时段出现整表读数量级的尖峰（或负值），前后均正常",
    about_en: "One interval carries what looks like a whole counter (or its negative), and before and after all is usual",
    says_zh: "为平常的 {} 倍",
    says_en: "{} times the usual",
    part: Part::Validity,
    severity: Severity::High,
    parameters: &[LEAST_RATIO, POINT_SHARE, DAYS],
    source_zh: "上报数据常见缺陷：计数器重置时出现尖峰",
    source_en: "common problems of uploads: spikes when a counter restarts",
    certainty: "found",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    let (ratio, second) = restarted(it)?;
    let mut evidence = vec![it.figure_evidence()];
    if let Some(second) = second
        && let Some(record) = it.record()
    {
        evidence.extend(
            record
                .points
                .iter()
                .filter(|point| (point.second - second).abs() <= 3_600)
                .map(|point| Evidence {
                    expected: point_scale(it.item, it.day, point.second),
                    ..it.point_evidence(point.second, point.is)
                })
                .take(9),
        );
    }
    Some(Hit::new(ratio, evidence))
}

/// The ratio, and the second of the day of the spike when points show it.
pub(super) fn restarted(it: &ItemDay<'_>) -> Option<(f64, Option<i32>)> {
    if !it.item.is_quantity() {
        return None;
    }
    let record = it.record()?;
    if record.points.len() > 1 {
        return in_points(it);
    }
    let ratio = it.ratio()?;
    let alone = [it.day - 1, it.day + 1]
        .into_iter()
        .filter_map(|day| it.on(day).ratio())
        .all(|other| other.abs() < LEAST_RATIO.value);
    (ratio.abs() >= LEAST_RATIO.value
        && alone
        && mixed_up(it).is_none()
        && !is_by_nature(it, it.figure()?))
    .then_some((ratio, None))
}

fn in_points(it: &ItemDay<'_>) -> Option<(f64, Option<i32>)> {
    let points = &it.record()?.points;
    let most = points.iter().max_by(|a, b| a.is.value.abs().total_cmp(&b.is.value.abs()))?;
    let whole: f64 = points.iter().map(|it| it.is.value.abs()).sum();
    let usual = point_scale(it.item, it.day, most.second)?;
    let ratio = most.is.value / usual;
    (ratio.abs() >= LEAST_RATIO.value * 2.0
        && most.is.value.abs() / whole >= POINT_SHARE.value * 0.5
        && it.scale().is_none_or(|it| most.is.value.abs() >= DAYS.value * it.usual)
        && !is_by_nature(it, most.is.value))
    .then_some((ratio, Some(most.second)))
}

/// Whether the weather or the season of the year before explains the figure, so that it is no counter.
fn is_by_nature(it: &ItemDay<'_>, figure: f64) -> bool {
    figure > 0.0 && it.is_by_nature(figure)
}
