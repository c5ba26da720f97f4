//! The criteria of the score in one table: what is measured, the weight, and from where to where the points grow. A new
//! criterion is a row here, a reason in `nengce_shared::api::targets` and its evidence in `parts`.

use nengce_shared::api::targets::{Criterion, Reason};
use nengce_shared::lang::Lang;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;

/// Fewest units of an industry that make peers.
pub const LEAST_PEERS: usize = 5;

/// What is measured, its unit, and the parameters: weight, from, full, start.
struct Row {
    reason: Reason,
    measures: (&'static str, &'static str),
    unit: (&'static str, &'static str),
    parameters: [f64; 4],
}

const DAYS: (&str, &str) = ("天", "days");
const PER_CENT: (&str, &str) = ("%", "%");

/// The parameters are this product's choice; the weights add up to 100.
const ROWS: [Row; 12] = [
    Row {
        reason: Reason::NeverUploaded,
        measures: (
            "批准（未批准的自列入名单）以来没有任何上报的天数",
            "days since approval (else since listing) without any upload",
        ),
        unit: DAYS,
        parameters: [18.0, 0.0, 30.0, 0.0],
    },
    Row {
        reason: Reason::Silent,
        measures: (
            "近 30 天内的最长断报，至今未恢复的自末日起算",
            "longest silence of the last 30 days; one that goes on counts from the last day with data",
        ),
        unit: DAYS,
        parameters: [16.0, 3.0, 25.0, 0.12],
    },
    Row {
        reason: Reason::Completeness,
        measures: ("所选时段实收点数占应收点数", "points received of those due in the span"),
        unit: PER_CENT,
        parameters: [6.0, COMPLETENESS_THRESHOLD * 100.0, 60.0, 0.0],
    },
    Row {
        reason: Reason::SuspectData,
        measures: (
            "提示读数不实的未结质量问题（不变、跳变、单位错、日月年不符）",
            "open findings that suggest figures that were not measured (stuck, jump, unit mix-up, day, month and year that differ)",
        ),
        unit: ("条", "findings"),
        parameters: [14.0, 0.0, 4.0, 0.25],
    },
    Row {
        reason: Reason::Unanswered,
        measures: (
            "答复期限已过的质量问题中最久的",
            "the longest time that the answer to a finding is overdue",
        ),
        unit: DAYS,
        parameters: [6.0, 0.0, 30.0, 0.0],
    },
    Row {
        reason: Reason::AboveLimit,
        measures: (
            "单位产品能耗超出基准的幅度，未超基准时看 3 级限额",
            "how far a unit product consumption is above the baseline, or above limit grade 3 where the baseline is kept or absent",
        ),
        unit: PER_CENT,
        parameters: [18.0, 0.0, 10.0, 0.5],
    },
    Row {
        reason: Reason::WorseThanPeers,
        measures: (
            "单位产值能耗高于同业上四分位的幅度，同业不足 5 家不判",
            "how far the intensity is above the upper quartile of the industry; no verdict with fewer than 5 peers",
        ),
        unit: PER_CENT,
        parameters: [3.0, 0.0, 50.0, 0.0],
    },
    Row {
        reason: Reason::RisingIntensity,
        measures: (
            "劣于同业 P75 的单位，单位产值能耗比上年同月的增幅",
            "of a unit worse than its peers' P75: growth of its intensity over the same months a year before",
        ),
        unit: PER_CENT,
        parameters: [3.0, 0.0, 20.0, 0.0],
    },
    Row {
        reason: Reason::MeterOverdue,
        measures: ("检定或校准逾期的计量器具", "meters overdue for verification or calibration"),
        unit: ("台", "meters"),
        parameters: [6.0, 0.0, 5.0, 0.0],
    },
    Row {
        reason: Reason::OverTarget,
        measures: (
            "本年已过完的月份，能耗超出本单位总量控制目标进度的幅度；缺任何一月不判",
            "how far the complete months of the year are ahead of the unit's own total target; no verdict while a month is missing",
        ),
        unit: PER_CENT,
        parameters: [6.0, 0.0, 10.0, 0.25],
    },
    Row {
        reason: Reason::RepeatOffender,
        measures: (
            "近 3 年整改未达到或被处罚的案件，已撤销的不计",
            "cases of the last three years whose order was not carried out or that ended in a fine; revoked ones do not count",
        ),
        unit: ("件", "cases"),
        parameters: [3.0, 0.0, 2.0, 0.5],
    },
    Row {
        reason: Reason::NotVisited,
        measures: (
            "自上次两名执法人员现场笔录以来的季度数；没有到过的自平台有案件起算",
            "quarters since two officers last made a record on site; without one, since the platform holds cases",
        ),
        unit: ("季度", "quarters"),
        parameters: [1.0, 4.0, 12.0, 0.25],
    },
];

/// Every criterion with its usual weight and parameters, in the order of the reasons.
pub fn criteria() -> Vec<Criterion> {
    let criterion = |it: Row| {
        let [weight, from, full, start] = it.parameters;
        Criterion {
            reason: it.reason,
            zh: it.reason.label(Lang::Zh).to_owned(),
            en: it.reason.label(Lang::En).to_owned(),
            measures_zh: it.measures.0.to_owned(),
            measures_en: it.measures.1.to_owned(),
            unit_zh: it.unit.0.to_owned(),
            unit_en: it.unit.1.to_owned(),
            weight,
            from,
            full,
            start,
        }
    };
    ROWS.map(criterion).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_each_reason_once_in_its_order_and_weights_of_a_hundred() {
        let all = criteria();
        let reasons: Vec<_> = all.iter().map(|it| it.reason).collect();
        assert_eq!(reasons, Reason::ALL);
        assert_eq!(all.iter().map(|it| it.weight).sum::<f64>(), 100.0);
        let peers = LEAST_PEERS.to_string();
        let worse = &all[6];
        assert!(worse.measures_zh.contains(&peers) && worse.measures_en.contains(&peers));
    }
}
