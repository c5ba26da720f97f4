//! Checks of the key figures against the energy of table 11.1.

use nengce_shared::api::audit_pack::{PackCheck, PackSheet};

use super::{Check, is_same, verdict};
use crate::audit_pack::energy;
use crate::audit_pack::facts::Facts;
use crate::audit_pack::key_figures::{self, NOW};
use crate::audit_pack::sheet::{address, text};

const BASES: [(&str, &str, &str); 2] =
    [("calorific", "当量值", "calorific"), ("equivalent", "等价值", "equivalent")];

/// Feedstock within consumption, and comprehensive consumption as the sum of table 11.1, on both bases.
pub(super) fn key_figure_checks(facts: &Facts<'_>, sheets: &[PackSheet]) -> Vec<PackCheck> {
    let cell = |sheet: &str, row: usize, column: usize| {
        let sheet = sheets.iter().find(|it| it.no == sheet)?;
        sheet.rows.get(row)?.get(column)?.number
    };
    let feedstock_row = key_figures::row("feedstock");
    let feedstock = cell("2", feedstock_row, NOW);
    let mut all = Vec::new();
    for (at, (basis, zh, en)) in BASES.into_iter().enumerate() {
        let row = key_figures::row(basis);
        let whole = cell("2", row, NOW);
        let state = verdict(feedstock, whole, |part, whole| part <= whole);
        let check = Check {
            code: &format!("feedstock_{basis}"),
            state,
            sheet: "2",
            cell: Some(address(NOW, feedstock_row)),
            title: text(
                format!("原料用能 ≤ 综合能耗（{zh}）"),
                format!("Feedstock ≤ consumption ({en})"),
            ),
            figures: (feedstock, whole, "tce"),
        };
        let reason = match state {
            "ok" => text("原料用能没有超过综合能耗", "feedstock is within the consumption"),
            "wrong" => text("原料用能大于综合能耗", "feedstock is more than the consumption"),
            _ => text(
                "平台没有原料用能数据，无法校核",
                "feedstock is not known to the platform, so this cannot be checked",
            ),
        };
        all.push(check.says(
            reason,
            text("在表 2 填写原料用能后自行核对", "Fill in feedstock in table 2 and compare"),
        ));
        let listed = facts.types(facts.year);
        let parts = listed.iter().map(|it| energy::net(facts, it, at));
        let sum = parts.reduce(|a, b| Some(a? + b?)).flatten();
        let state = verdict(whole, sum, is_same);
        let check = Check {
            code: &format!("comprehensive_{basis}"),
            state,
            sheet: "2",
            cell: Some(address(NOW, row)),
            title: text(
                format!("综合能耗（{zh}）= Σ消费 − 转换产出 − 回收"),
                format!("Comprehensive ({en}) = Σ consumption − output − recovery"),
            ),
            figures: (whole, sum, "tce"),
        };
        let total = address(energy::NET[at], listed.len());
        let reason = match state {
            "ok" => text(
                format!("与表 11.1 的合计 {total} 一致"),
                format!("equal to the total {total} of table 11.1"),
            ),
            "wrong" => text(
                format!("与表 11.1 的合计 {total} 不一致"),
                format!("not equal to the total {total} of table 11.1"),
            ),
            _ => text(
                "缺综合能耗或某一品种的折标系数，无法校核",
                "the consumption or the factor of an energy type is missing",
            ),
        };
        all.push(check.says(
            reason,
            text(
                "核对表 11.1 各品种的消费、产出、回收和折标系数",
                "Check consumption, output, recovery and factors in table 11.1",
            ),
        ));
    }
    all
}
