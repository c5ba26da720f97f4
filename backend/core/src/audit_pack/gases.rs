//! Table 15: greenhouse gases of fuels by carbon balance, and of purchased electricity and heat. The factors are data,
//! each with its edition and certainty.

use std::sync::LazyLock;

use nengce_shared::api::audit_pack::{PackCell, PackSheet, PackText};

use super::facts::Facts;
use super::sheet::{empty, figure, percent, sheet as table, text, with_rows, words};

/// tCO₂ of a ton of carbon.
const CO2_OF_CARBON: f64 = 44.0 / 12.0;

/// Carbon of a fuel.
struct Fuel {
    energy_type: &'static str,
    gj_per_unit: f64,
    tc_per_gj: f64,
    oxidation: f64,
}

/// What a unit of purchased energy stands for from a year on.
struct Purchased {
    energy_type: &'static str,
    year: i16,
    tco2_per_unit: f64,
    edition: &'static str,
}

static FUELS: LazyLock<Vec<Fuel>> = LazyLock::new(|| {
    let lines = include_str!("../../data/carbon_factors.csv").lines().skip(1);
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells.get(at)?.parse::<f64>().ok();
        Some(Fuel {
            energy_type: cells.first()?,
            gj_per_unit: number(1)?,
            tc_per_gj: number(2)?,
            oxidation: number(3)? / 100.0,
        })
    };
    lines.filter_map(row).collect()
});

static PURCHASED: LazyLock<Vec<Purchased>> = LazyLock::new(|| {
    let lines = include_str!("../../data/purchased_carbon_factors.csv").lines().skip(1);
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split(',').collect();
        Some(Purchased {
            energy_type: cells.first()?,
            year: cells.get(1)?.parse().ok()?,
            tco2_per_unit: cells.get(2)?.parse().ok()?,
            edition: cells.get(3)?,
        })
    };
    lines.filter_map(row).collect()
});

/// The newest factor of a year or of one before it.
fn purchased(energy_type: &str, year: i16) -> Option<&'static Purchased> {
    let all = PURCHASED.iter().filter(|it| it.energy_type == energy_type && it.year <= year);
    all.max_by_key(|it| it.year)
}

pub(super) fn sheet(facts: &Facts<'_>) -> PackSheet {
    let head = [
        "类别",
        "排放源",
        "计量单位",
        "低位发热量(GJ/单位)",
        "单位热值含碳量(tC/GJ)",
        "碳氧化率",
        "消费量",
        "加工转换产出",
        "回收利用",
        "排放因子(tCO₂/单位)",
        "排放量(tCO₂)",
    ];
    let year = facts.year;
    let (mut rows, mut sum, mut lacking): (Vec<Vec<PackCell>>, _, Vec<String>) =
        (Vec::new(), 0.0, Vec::new());
    for energy_type in facts.types(year) {
        let quantity = |role: &str| facts.quantity(year, energy_type, role);
        let parts = ["consumption", "output", "recovered"].map(quantity);
        let net = parts[0].unwrap_or(0.0) - parts[1].unwrap_or(0.0) - parts[2].unwrap_or(0.0);
        let fuel = FUELS.iter().find(|it| it.energy_type == energy_type);
        let bought = purchased(energy_type, year);
        let (class, per_unit) = match (fuel, bought) {
            (Some(it), _) => {
                let per_unit = it.gj_per_unit * it.tc_per_gj * it.oxidation * CO2_OF_CARBON;
                ("化石燃料", Some(per_unit))
            }
            (None, Some(it)) => ("净购入电力、热力", Some(it.tco2_per_unit)),
            (None, None) => ("", None),
        };
        let emitted = per_unit.map(|it| it * net);
        match emitted {
            Some(it) => sum += it,
            None => lacking.push(facts.energy_name(energy_type)),
        }
        let [used, made, recovered] = parts;
        rows.push(vec![
            words(class),
            words(facts.energy_name(energy_type)),
            words(facts.energy_unit(energy_type)),
            figure(fuel.map(|it| it.gj_per_unit)),
            figure(fuel.map(|it| it.tc_per_gj)),
            percent(fuel.map(|it| it.oxidation)),
            figure(used),
            figure(made),
            figure(recovered),
            figure(per_unit),
            figure(emitted),
        ]);
    }
    if !rows.is_empty() {
        let mut total = vec![empty(); head.len()];
        total[0] = words(if lacking.is_empty() {
            "合计"
        } else {
            "合计（不含缺因子的品种）"
        });
        total[head.len() - 1] = figure(sum);
        rows.push(total);
    }
    let notes = notes(year, &lacking);
    with_rows(table("15", ("温室气体排放", "Greenhouse gases"), &head), rows, notes)
}

/// Where the factors come from, and what has none.
fn notes(year: i16, lacking: &[String]) -> Vec<PackText> {
    let electricity = purchased("3300", year).map_or("无", |it| it.edition);
    let mut notes = vec![
        text(
            format!(
                "排放量 = (消费量 − 加工转换产出 − 回收利用) × 排放因子；燃料因子 = 低位发热量 × 含碳量 × 氧化率 × 44/12，取《工业其他行业企业温室气体排放核算方法与报告指南》缺省值（recalled，待核），数据文件 carbon_factors.csv。电力因子：{electricity}（二手来源），没有当年值时沿用最近一年；热力 0.11 tCO₂/GJ（recalled）。"
            ),
            "Emission = (consumption − output − recovery) × factor. Fuel factors are default values of the accounting guide (recalled, to be checked); electricity is the newest published national mean up to the year.",
        ),
        text(
            "绿电、过程排放、碳捕集平台没有数据，未计入；需扣除绿电的，由用能单位凭证填写。本表不是碳核查结论。",
            "Green power, process emissions and capture are not known and not counted. This table is no verified inventory.",
        ),
    ];
    if !lacking.is_empty() {
        let names = lacking.join("、");
        notes.push(text(
            format!("没有排放因子的品种：{names}，其排放量留空，未计入合计。"),
            format!("Without a factor and not in the sum: {names}."),
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::Dictionaries;

    #[test]
    fn every_row_of_the_factors_is_read_and_plausible() {
        let lines = |text: &str| text.lines().count() - 1;
        assert_eq!(FUELS.len(), lines(include_str!("../../data/carbon_factors.csv")));
        assert_eq!(PURCHASED.len(), lines(include_str!("../../data/purchased_carbon_factors.csv")));
        let dictionaries = Dictionaries::built_in();
        let day = jiff::civil::Date::constant(2025, 1, 1);
        for it in FUELS.iter() {
            let factor =
                dictionaries.factor(it.energy_type, nengce_shared::basis::Basis::Calorific, day);
            let kgce = factor.expect("a factor").kgce_per_unit;
            // The same heat as the coal equivalent says, within what two standards differ; other washed coal differs most.
            let ratio = it.gj_per_unit / (kgce * 0.029_307_6);
            assert!((0.85..1.6).contains(&ratio), "{}: {ratio}", it.energy_type);
        }
    }

    #[test]
    fn the_newest_published_factor_holds_until_the_next() {
        assert_eq!(purchased("3300", 2025).map(|it| it.year), Some(2023));
        assert_eq!(purchased("3300", 2022).map(|it| it.year), Some(2022));
        assert!(purchased("3300", 2010).is_none());
    }
}
