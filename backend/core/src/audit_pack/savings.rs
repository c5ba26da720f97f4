//! Table 14: savings by year against the year before, by output value and by product (GB/T 13234, recalled).

use nengce_shared::api::audit_pack::PackSheet;

use super::facts::{Facts, unit_zh};
use super::sheet::{figure, ratio, sheet as table, text, with_rows, words};

/// (e₀ − e₁) · G₁: what a year used less than it would have at the energy per output of the year before.
pub(super) fn by_output(
    before: (Option<f64>, Option<f64>),
    now: (Option<f64>, Option<f64>),
) -> Option<f64> {
    let (before, now) = (ratio(before.0, before.1)?, (ratio(now.0, now.1)?, now.1?));
    Some((before - now.0) * now.1)
}

/// The saving of a year by output value, equivalent, tce.
pub(super) fn of_value(facts: &Facts<'_>, year: i16) -> Option<f64> {
    let of = |year: i16| facts.of_year(year).map(|it| (it.tce[1], it.output_value));
    by_output(of(year - 1)?, of(year)?)
}

/// The sum over the products that both years have; none without one.
pub(super) fn of_products(facts: &Facts<'_>, year: i16) -> Option<f64> {
    let now = facts.products.iter().filter(|it| it.year == year);
    let saving = now.filter_map(|now| {
        let mut all = facts.products.iter();
        let before = all.find(|it| it.year == year - 1 && it.code == now.code)?;
        Some((before.value()? - now.value()?) * now.output / now.value_per_tce)
    });
    saving.reduce(|a, b| a + b)
}

/// The products of a year in words.
pub(super) fn output_words(facts: &Facts<'_>, year: i16) -> String {
    let made = facts.products.iter().filter(|it| it.year == year && it.output > 0.0);
    let made = made.map(|it| {
        let known = facts.dictionaries.product(&it.code);
        let (name, unit) =
            known.map_or((it.code.as_str(), ""), |it| (&it.name_zh, &it.output_unit));
        format!("{name} {} {}", nengce_shared::number::grouped(it.output, 0), unit_zh(unit))
    });
    made.collect::<Vec<_>>().join("；")
}

pub(super) fn sheet(facts: &Facts<'_>) -> PackSheet {
    let head = [
        "年份",
        "综合能耗(tce，等价)",
        "综合能耗(tce，当量)",
        "工业总产值(万元)",
        "主要产品产量",
        "单位产值能耗(tce/万元，等价)",
        "产值法节能量(tce)",
        "产品法节能量(tce)",
    ];
    let from = facts.plan().0.min(facts.year - 1);
    let years = facts
        .years
        .iter()
        .filter(|it| it.year >= from && (it.tce[1].is_some() || it.year >= facts.year - 1));
    let rows = years.map(|it| {
        vec![
            words(format!("{}年", it.year)),
            figure(it.tce[1]),
            figure(it.tce[0]),
            figure(it.output_value),
            words(output_words(facts, it.year)),
            figure(ratio(it.tce[1], it.output_value)),
            figure(of_value(facts, it.year)),
            figure(of_products(facts, it.year)),
        ]
    });
    let notes = vec![
        text(
            "产值法节能量 = (上年单位产值能耗 − 当年单位产值能耗) × 当年产值；产品法节能量 = Σ (上年单耗 − 当年单耗) × 当年产量（GB/T 13234，recalled）。正数为节能，负数为多用；产值未折可比价。",
            "By output value: (energy per value of the year before − of the year) × value of the year; by product: the same with unit consumption and output (GB/T 13234, recalled). Positive is saved. Values are not at comparable prices.",
        ),
        text(
            "两种方法不能相加；缺上年或当年数据的年份留空。产品法只计两年都有数据的产品，不足 12 个月的年份仅供参考。",
            "The two methods cannot be added. A year without data or without a year before it stays empty.",
        ),
    ];
    with_rows(table("14", ("节能量计算", "Savings by year"), &head), rows.collect(), notes)
}
