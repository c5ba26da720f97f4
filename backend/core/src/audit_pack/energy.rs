//! Table 11.1: what was purchased and consumed, by energy type; stocks and price are not known.

use nengce_shared::api::audit_pack::{PackCell, PackSheet};

use super::facts::Facts;
use super::sheet::{empty, figure, sheet as table, text, with_rows, words};

/// Columns of the net consumption in tce, calorific and equivalent.
pub(super) const NET: [usize; 2] = [12, 13];
/// The column of the consumption.
pub(super) const CONSUMPTION: usize = 4;

const HEAD: [&str; 14] = [
    "能源名称",
    "计量单位",
    "期初库存",
    "购入量",
    "消费量",
    "加工转换产出",
    "回收利用",
    "转出量",
    "期末库存",
    "盈亏",
    "单价(元)",
    "折标系数(kgce/单位，当量)",
    "净消费(tce，当量)",
    "净消费(tce，等价)",
];

pub(super) fn sheet(facts: &Facts<'_>) -> PackSheet {
    let year = facts.year;
    let types = facts.types(year);
    let mut rows: Vec<Vec<PackCell>> = types.iter().map(|it| row(facts, it)).collect();
    if !rows.is_empty() {
        let mut total = vec![empty(); HEAD.len()];
        total[0] = words("合计");
        for (basis, column) in NET.into_iter().enumerate() {
            let net = types.iter().filter_map(|it| net(facts, it, basis));
            total[column] = figure(net.reduce(|a, b| a + b));
        }
        rows.push(total);
    }
    let notes = vec![
        text(
            format!(
                "{year} 年全厂口径（数据类别 01、02），由在线监测数据汇总。消费量、产出和回收为上报值；净消费 = 消费 − 加工转换产出 − 回收利用。"
            ),
            format!(
                "Whole plant in {year}, summed from online data. Net = consumption − conversion output − recovery."
            ),
        ),
        text(
            "购入量 = 消费量 − 自产量，转出量 = 自产量 − 消费量（只取正数），按库存不变推算，不是结算票据；库存、盈亏、单价平台没有，由用能单位填写。",
            "Purchase = consumption − own output and transfer = own output − consumption, where positive, as if stocks had not changed; no invoices. Stocks, gains and prices are left to the unit.",
        ),
        text(
            format!(
                "折标系数为年均值 = 折标量 ÷ 实物量；版本 {}。",
                facts.dictionaries.catalog().factor_edition
            ),
            format!(
                "Factors are yearly means; edition {}.",
                facts.dictionaries.catalog().factor_edition
            ),
        ),
    ];
    let title = ("能源购入消费存储", "Energy purchased, consumed and stored");
    with_rows(table("11.1", title, &HEAD), rows, notes)
}

fn row(facts: &Facts<'_>, energy_type: &str) -> Vec<PackCell> {
    let quantity = |role: &str| facts.quantity(facts.year, energy_type, role);
    let (used, made, recovered) =
        (quantity("consumption"), quantity("output"), quantity("recovered"));
    let own = made.unwrap_or(0.0) + recovered.unwrap_or(0.0);
    let balance = used.unwrap_or(0.0) - own;
    let factor = ["consumption", "output", "recovered"].into_iter().find_map(|role| {
        let quantity = quantity(role).filter(|it| *it > 0.0)?;
        Some(facts.tce(facts.year, energy_type, role, 0)? * 1000.0 / quantity)
    });
    vec![
        words(facts.energy_name(energy_type)),
        words(facts.energy_unit(energy_type)),
        empty(),
        figure(balance.max(0.0)),
        figure(used),
        figure(made),
        figure(recovered),
        figure((own > 0.0).then_some((-balance).max(0.0))),
        empty(),
        empty(),
        empty(),
        figure(factor),
        figure(net(facts, energy_type, 0)),
        figure(net(facts, energy_type, 1)),
    ]
}

/// Consumption − output − recovery of a type in the audit year; none where a part has no factor.
pub(super) fn net(facts: &Facts<'_>, energy_type: &str, basis: usize) -> Option<f64> {
    let mine = facts.energy.iter().filter(|it| {
        it.year == facts.year
            && it.process == super::facts::WHOLE_PLANT
            && it.energy_type == energy_type
    });
    let sign = |role: &str| if role == "consumption" { 1.0 } else { -1.0 };
    mine.map(|it| it.tce[basis].map(|tce| sign(&it.role) * tce))
        .reduce(|a, b| Some(a? + b?))
        .flatten()
}
