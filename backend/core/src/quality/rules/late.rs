//! Data that came after it was due. The mark is settled from the start, since nothing is left to do.

use nengce_shared::stat_type::StatType;

use crate::quality::timeliness::{REPAIR_WORKING_DAYS, due_end};
use crate::quality::{Evidence, Hit, Parameter, Part, Rule, RuleCheck, Severity, UnitSeries};

const REPAIR: Parameter = Parameter {
    name: "repair_working_days",
    value: REPAIR_WORKING_DAYS as f64,
    unit: "days",
    zh: "故障修复期限（工作日）",
    en: "Working days for repair",
};

pub(super) const RULE: Rule = Rule {
    name: "late",
    version: 1,
    zh: "迟报",
    en: "Late",
    about_zh: "当日数据应于次日内到达；接入前补传的历史数据不计",
    about_en: "A day's data is due by the end of the next day; what was back-filled from before the connection is not late",
    says_zh: "迟到 {} 小时",
    says_en: "{} hours late",
    part: Part::Timeliness,
    severity: Severity::Low,
    parameters: &[REPAIR],
    source_zh: "NECC-NHJC-04：每日上传前一日数据，故障 3 个工作日内修复",
    source_en: "NECC-NHJC-04: previous day once a day; outage repaired within 3 working days",
    certainty: "found",
    check: RuleCheck::Unit(check),
};

fn check(unit: &UnitSeries, day: i32) -> Option<Hit> {
    if unit.connected.is_none_or(|it| day < it) {
        return None;
    }
    let due = due_end(day);
    let mut late: Vec<(i64, Evidence)> = unit
        .items
        .iter()
        .filter(|it| it.expected(day) > 0)
        .filter_map(|item| {
            let arrived = item.arrived(day).filter(|it| *it > due)?;
            let evidence = Evidence {
                item: item.id,
                stat_type: if item.days.get(&day).is_some_and(|it| it.reported.is_some()) {
                    StatType::Day
                } else {
                    StatType::RealTime
                },
                at: i64::from(day) * 86_400,
                value: item.figure(day),
                expected: None,
                low: None,
                high: None,
                received_at: Some(arrived),
            };
            Some((arrived - due, evidence))
        })
        .collect();
    late.sort_by_key(|it| std::cmp::Reverse(it.0));
    let hours = (late.first()?.0 as f64 / 3_600.0).ceil();
    late.truncate(8);
    Some(Hit { settled: true, ..Hit::new(hours, late.into_iter().map(|it| it.1).collect()) })
}
