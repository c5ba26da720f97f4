//! Table 21: the five-year plan of the audit year, target beside figure.

use nengce_shared::api::audit_pack::{PackCell, PackSheet};

use super::facts::Facts;
use super::savings;
use super::sheet::{figure, percent, ratio, sheet as table, text, with_rows, words};

pub(super) fn sheet(facts: &Facts<'_>) -> PackSheet {
    let head = [
        "年份",
        "工业总产值(万元)",
        "综合能耗(tce，当量)",
        "综合能耗(tce，等价)",
        "单位产值能耗(tce/万元，等价)",
        "较上年下降率",
        "下降率指标值",
        "总量控制目标(tce)",
        "总量余量(tce)",
        "产品产量",
        "节能量(tce，产值法)",
    ];
    let (first, last) = facts.plan();
    let rows = (first..=last).map(|year| row(facts, year)).collect();
    let five = facts.targets.iter().find(|it| {
        it.kind == "five_year_fall" && (it.from_year..=it.to_year).contains(&facts.year)
    });
    let five = match five {
        Some(it) => text(
            format!(
                "五年（{}—{}）下降率目标 {:.1}%，依据：{}。",
                it.from_year,
                it.to_year,
                it.value * 100.0,
                it.source
            ),
            format!(
                "Target of the five years {}–{}: a fall of {:.1} %, by {}.",
                it.from_year,
                it.to_year,
                it.value * 100.0,
                it.source
            ),
        ),
        None => text(
            "平台没有下达给该单位的五年目标；下降率指标值和总量控制目标没有的，由用能单位按下达文件填写。",
            "The platform holds no five-year target of this unit; targets that are missing are filled in by the unit.",
        ),
    };
    let notes = vec![
        text(
            format!(
                "{first}—{last} 年；审计年之后的年份、平台没有数据的年份留空。下降率 = 1 − 当年单位产值能耗 ÷ 上年（产值未折可比价）。目标口径见下达文件。"
            ),
            format!(
                "{first}–{last}; years after the audit year and years without data stay empty. Fall = 1 − energy per output value ÷ that of the year before."
            ),
        ),
        five,
    ];
    with_rows(table("21", ("五年节能目标", "Five-year targets"), &head), rows, notes)
}

fn row(facts: &Facts<'_>, year: i16) -> Vec<PackCell> {
    let of = |year: i16| facts.of_year(year).filter(|_| year <= facts.year);
    let per_value = |year: i16| of(year).and_then(|it| ratio(it.tce[1], it.output_value));
    let fall = per_value(year).zip(per_value(year - 1)).filter(|it| it.1 > 0.0);
    let target = |kind: &str| {
        let mut all = facts.targets.iter();
        all.find(|it| it.kind == kind && (it.from_year..=it.to_year).contains(&year))
            .map(|it| (it.value, it.basis))
    };
    let used = |basis: nengce_shared::basis::Basis| {
        of(year).and_then(|it| it.tce[nengce_analysis::snapshot::basis_index(basis)])
    };
    let total = target("total_tce");
    let left = total.and_then(|(value, basis)| Some(value - used(basis)?));
    vec![
        words(format!("{year}年")),
        figure(of(year).and_then(|it| it.output_value)),
        figure(of(year).and_then(|it| it.tce[0])),
        figure(of(year).and_then(|it| it.tce[1])),
        figure(per_value(year)),
        percent(fall.map(|(now, before)| 1.0 - now / before)),
        percent(target("annual_fall").map(|it| it.0)),
        figure(total.map(|it| it.0)),
        figure(left),
        words(if of(year).is_some() { savings::output_words(facts, year) } else { String::new() }),
        figure(of(year).and_then(|_| savings::of_value(facts, year))),
    ]
}
