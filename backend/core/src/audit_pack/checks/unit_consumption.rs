//! Check of the unit product consumption: uploaded against computed.

use nengce_shared::api::audit_pack::PackCheck;

use super::{Check, verdict};
use crate::audit_pack::facts::Facts;
use crate::audit_pack::products;
use crate::audit_pack::sheet::{address, text};

/// A reported unit consumption may differ from the computed one by this part.
const INDICATOR: f64 = 0.05;

/// The reported unit consumption agrees with energy of the process ÷ output.
pub(super) fn indicators(facts: &Facts<'_>) -> Vec<PackCheck> {
    let listed = products::listed(facts);
    let now = listed.iter().enumerate().filter(|it| it.1.year == facts.year);
    let all: Vec<PackCheck> = now
        .map(|(row, it)| {
            let known = facts.dictionaries.product(&it.code);
            let name = known.map_or(it.code.as_str(), |it| it.name_zh.as_str());
            let (computed, reported) = (it.computed(), it.indicator);
            let state = verdict(computed, reported, |a, b| {
                (a - b).abs() <= INDICATOR * a.abs().max(b.abs())
            });
            let check = Check {
                code: "product_consumption",
                state,
                sheet: "12",
                cell: Some(address(products::VALUE, row)),
                title: text(
                    format!("用能、产品、单耗一致：{name}"),
                    format!("Energy, output and unit consumption agree: {name}"),
                ),
                figures: (computed, reported, known.map_or("", |it| it.value_unit.as_str())),
            };
            let reason = match state {
                "ok" => text(
                    "上报的单耗与 工序能耗 ÷ 产量 相差不超过 5%",
                    "the uploaded figure is within 5 % of energy ÷ output",
                ),
                "wrong" => text(
                    "上报的单耗与 工序能耗 ÷ 产量 相差超过 5%",
                    "the uploaded figure differs by more than 5 % from energy ÷ output",
                ),
                _ if computed.is_none() => text(
                    "没有工序能耗，单耗无法复算",
                    "without energy of the process it cannot be computed again",
                ),
                _ => text(
                    "没有上报单耗指标，无法对照",
                    "no unit consumption is uploaded to compare with",
                ),
            };
            check.says(
                reason,
                text(
                    "核对产量、工序能耗和单耗的口径与计量单位",
                    "Check scope and unit of output, energy and unit consumption",
                ),
            )
        })
        .collect();
    if !all.is_empty() {
        return all;
    }
    let check = Check {
        code: "product_consumption",
        state: "unknown",
        sheet: "12",
        cell: None,
        title: text("用能、产品、单耗一致", "Energy, output and unit consumption agree"),
        figures: (None, None, ""),
    };
    vec![check.says(
        text("审计年没有上报产量，无法校核", "no output is uploaded for the audit year"),
        text("上报产量和工序能耗后自动校核", "Upload output and energy of processes"),
    )]
}
