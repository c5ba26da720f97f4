//! Checks of each energy type: its code, and its processes within the plant.

use nengce_shared::api::audit_pack::PackCheck;

use super::{Check, is_same, verdict};
use crate::audit_pack::energy;
use crate::audit_pack::facts::{Facts, WHOLE_PLANT};
use crate::audit_pack::sheet::{address, text};

/// Each energy type is known with its class, a unit of measure and a factor.
pub(super) fn codes(facts: &Facts<'_>) -> Vec<PackCheck> {
    let types = facts.types(facts.year);
    let check = |(row, kind): (usize, &&str)| {
        let known = facts.dictionaries.energy_type(kind);
        let mine =
            || facts.whole(facts.year, "consumption").chain(facts.whole(facts.year, "output"));
        let mine = || mine().filter(|it| it.energy_type == **kind);
        let classes_agree =
            known.is_some_and(|known| mine().all(|it| it.data_class == known.data_class));
        let has_factor = mine().all(|it| it.tce.iter().all(Option::is_some));
        let name = facts.energy_name(kind);
        let (state, reason) = match (known, classes_agree, has_factor) {
            (None, ..) => (
                "wrong",
                text(
                    format!("字典没有能源品种 {kind}"),
                    format!("the dictionary has no energy type {kind}"),
                ),
            ),
            (_, false, _) => (
                "wrong",
                text(
                    format!("{name}的数据类别与字典不符"),
                    format!("the class of {kind} differs from the dictionary"),
                ),
            ),
            (_, _, false) => {
                ("wrong", text(format!("{name}没有折标系数"), format!("{kind} has no factor")))
            }
            (Some(it), ..) => (
                "ok",
                text(
                    format!(
                        "{name} → 类别 {:02} → {}，有折标系数",
                        it.data_class,
                        facts.energy_unit(kind)
                    ),
                    format!(
                        "{} → class {:02} → {}, with a factor",
                        it.name_en, it.data_class, it.unit
                    ),
                ),
            ),
        };
        let check = Check {
            code: "usage_type_unit",
            state,
            sheet: "11.1",
            cell: Some(address(1, row)),
            title: text(
                format!("用途、品种、计量单位一致：{name}"),
                format!("Usage, type and unit agree: {name}"),
            ),
            figures: (None, None, ""),
        };
        check.says(
            reason,
            text(
                "更正数据编码，或请平台运行人员补充字典",
                "Correct the data code, or have the dictionary completed",
            ),
        )
    };
    types.iter().enumerate().map(check).collect()
}

/// What processes use of a type is within what the plant uses.
pub(super) fn processes(facts: &Facts<'_>) -> Vec<PackCheck> {
    let mine = |kind: &str| {
        facts
            .energy
            .iter()
            .filter(|it| {
                it.year == facts.year
                    && it.process != WHOLE_PLANT
                    && it.role == "consumption"
                    && it.energy_type == kind
            })
            .map(|it| it.quantity)
            .reduce(|a, b| a + b)
    };
    let mut kinds: Vec<&str> = facts
        .energy
        .iter()
        .filter(|it| it.year == facts.year && it.role == "consumption")
        .map(|it| it.energy_type.as_str())
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    let remedy = || {
        text(
            "核对工序与全厂计量的范围和倍率；工序自产自用的煤气等也应计入全厂消费",
            "Compare scope and ratio of the meters of the process and of the plant",
        )
    };
    let types = facts.types(facts.year);
    let all: Vec<PackCheck> = kinds
        .iter()
        .filter_map(|kind| {
            let part = mine(kind)?;
            let whole = facts.quantity(facts.year, kind, "consumption");
            let state =
                verdict(whole, Some(part), |whole, part| part <= whole || is_same(whole, part));
            // A type that the plant does not report at all has no row.
            let row = types.iter().position(|it| it == kind);
            let name = facts.energy_name(kind);
            let check = Check {
                code: "process_within_plant",
                state,
                sheet: "11.1",
                cell: row.map(|it| address(energy::CONSUMPTION, it)),
                title: text(
                    format!("各工序消费之和 ≤ 全厂消费：{name}"),
                    format!("Processes within the plant: {name}"),
                ),
                figures: (whole, Some(part), &facts.energy_unit(kind)),
            };
            let reason = match state {
                "ok" => text(
                    "各工序消费之和没有超过全厂消费",
                    "the processes use no more than the plant",
                ),
                "wrong" => {
                    text("各工序消费之和大于全厂消费", "the processes use more than the plant")
                }
                _ => text("有工序消费，没有全厂消费", "processes report it, the plant does not"),
            };
            Some(check.says(reason, remedy()))
        })
        .collect();
    if !all.is_empty() {
        return all;
    }
    let check = Check {
        code: "process_within_plant",
        state: "unknown",
        sheet: "11.1",
        cell: None,
        title: text("各工序消费之和 ≤ 全厂消费", "Processes within the plant"),
        figures: (None, None, ""),
    };
    vec![check.says(
        text("没有上报工序能耗，无法校核", "no energy of processes is uploaded"),
        text("在终端配置工序计量后自动校核", "Configure the meters of processes in the terminal"),
    )]
}
