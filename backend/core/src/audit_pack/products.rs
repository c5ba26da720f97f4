//! Table 12: the unit product consumption of both years.

use nengce_shared::api::audit_pack::{PackCell, PackSheet};

use super::facts::{Facts, ProductFacts, unit_zh};
use super::sheet::{figure, sheet as table, text, with_rows, words};

/// The column of the unit consumption.
pub(super) const VALUE: usize = 5;

impl ProductFacts {
    /// Energy of the product in tce: of its process, else what the reported indicator stands for.
    pub(super) fn tce(&self) -> Option<f64> {
        let reported = || Some(self.indicator? * self.output / self.value_per_tce);
        self.process_tce.or_else(reported)
    }

    /// Energy of the process ÷ output, in the product's value unit.
    pub(super) fn computed(&self) -> Option<f64> {
        (self.output > 0.0).then(|| Some(self.process_tce? * self.value_per_tce / self.output))?
    }

    /// The unit consumption: computed, else reported.
    pub(super) fn value(&self) -> Option<f64> {
        self.computed().or(self.indicator)
    }
}

/// Products of the audit year and of the year before it, as the rows of the table hold them.
pub(super) fn listed<'a>(facts: &'a Facts<'_>) -> Vec<&'a ProductFacts> {
    let mut all: Vec<&ProductFacts> =
        facts.products.iter().filter(|it| it.year >= facts.year - 1).collect();
    all.sort_by(|a, b| a.code.cmp(&b.code).then(b.year.cmp(&a.year)));
    all
}

pub(super) fn sheet(facts: &Facts<'_>) -> PackSheet {
    let head =
        ["产品", "年份", "产量单位", "产量", "能耗(tce)", "单耗", "单耗单位", "口径", "能耗来源"];
    let row = |it: &&ProductFacts| -> Vec<PackCell> {
        let known = facts.dictionaries.product(&it.code);
        let source = match (it.process_tce, it.indicator) {
            (Some(_), _) => "工序能耗数据",
            (None, Some(_)) => "上报的单耗指标",
            (None, None) => "",
        };
        let basis = known.map_or("", |it| match it.basis {
            nengce_shared::basis::Basis::Calorific => "当量",
            nengce_shared::basis::Basis::Equivalent => "等价",
        });
        vec![
            words(known.map_or_else(|| it.code.clone(), |it| it.name_zh.clone())),
            words(format!("{}年", it.year)),
            words(known.map_or_else(String::new, |it| unit_zh(&it.output_unit))),
            figure(it.output),
            figure(it.tce()),
            figure(it.value()),
            words(known.map_or_else(String::new, |it| unit_zh(&it.value_unit))),
            words(basis),
            words(source),
        ]
    };
    let rows = listed(facts).iter().map(row).collect();
    let notes = vec![text(
        "产量为终端上报（数据类别 04）。单耗 = 工序能耗 ÷ 产量；没有工序数据的产品取上报的单耗指标（数据类别 08）按产量加权，能耗由单耗 × 产量反算。产品编码为平台编号（assumed）。",
        "Output as uploaded (class 04). Unit consumption = energy of the process ÷ output; without process data, the uploaded indicator (class 08) weighted by output. Product codes are the platform's own (assumed).",
    )];
    with_rows(table("12", ("单位产品能耗", "Unit product consumption"), &head), rows, notes)
}
