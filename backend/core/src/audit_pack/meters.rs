//! Tables 4 and 5: the meters that the unit uploaded, and what the standard requires beside them.

use nengce_shared::api::audit_pack::{PackCell, PackSheet};
use nengce_shared::api::unit::MeterRow;

use super::facts::Facts;
use super::sheet::{empty, figure, percent, sheet, text, with_rows, words};

/// The standard that replaces the edition of the rates, as a catalogue of standards dates it.
const NEWER: &str = "GB 17167-2025 自 2026-02-01 起实施（recalled，其配备率数值未见），审计年为 2026 年及以后的，应按新版核对。";

fn level(level: Option<u8>) -> &'static str {
    match level {
        Some(1) => "进出用能单位",
        Some(2) => "主要次级用能单位",
        Some(3) => "主要用能设备",
        _ => "",
    }
}

/// Table 4.
pub(super) fn list(facts: &Facts<'_>) -> PackSheet {
    let head = [
        "序号",
        "计量器具名称",
        "管理编号",
        "级别",
        "能源种类",
        "型号规格",
        "准确度等级",
        "测量范围",
        "生产厂家",
        "出厂编号",
        "上次检定/校准",
        "下次检定/校准",
        "状态",
    ];
    let row = |(at, it): (usize, &MeterRow)| {
        let state = match it.state {
            Some(1) => "合格",
            Some(2) => "故障",
            Some(3) => "停用",
            _ => "",
        };
        let state = match it.overdue {
            true => format!("{state}（检定逾期）"),
            false => state.to_owned(),
        };
        let kind = it.energy_type.as_deref().map(|it| facts.energy_name(it));
        vec![
            words((at + 1).to_string()),
            words(it.name.clone()),
            words(it.meter_code.clone()),
            words(level(it.level)),
            words(kind.unwrap_or_default()),
            empty(),
            words(it.accuracy_class.clone().unwrap_or_default()),
            empty(),
            empty(),
            empty(),
            words(it.last_calibration.clone().unwrap_or_default()),
            words(it.next_calibration.clone().unwrap_or_default()),
            words(state),
        ]
    };
    let rows: Vec<Vec<PackCell>> = facts.meters.iter().enumerate().map(row).collect();
    let mut notes = vec![text(
        "来源：终端上报的计量器具（现状，不是审计年末的状态）；型号规格、测量范围、生产厂家、出厂编号协议不上报，由用能单位填写。逾期按编制日判定。",
        "From the meters that the terminal uploads, as they are now. Model, range, maker and serial number are not uploaded. Overdue is judged on the day of the pack.",
    )];
    if facts.meters_left_out > 0 {
        let left = facts.meters_left_out;
        notes.push(text(
            format!("另有 {left} 台超出单个文件的行数上限（max_list_rows），未列出。"),
            format!("{left} more are beyond the limit of rows of a file (max_list_rows)."),
        ));
    }
    with_rows(sheet("4", ("计量器具汇总", "Meters"), &head), rows, notes)
}

/// Table 5.
pub(super) fn equip_rates(facts: &Facts<'_>) -> PackSheet {
    let levels = ["进出用能单位", "主要次级用能单位", "主要用能设备"];
    let columns = ["标准", "应配(台)", "实配(台)", "实际"];
    let head: Vec<String> = std::iter::once("能源种类".to_owned())
        .chain(
            levels.iter().flat_map(|level| columns.iter().map(move |it| format!("{level} {it}"))),
        )
        .collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let rates = &facts.dictionaries.meter_rates;
    let rows = rates.iter().map(|rate| {
        let required = [rate.unit_rate_pct, rate.subunit_rate_pct, rate.equipment_rate_pct];
        let mut row = vec![words(rate.energy_zh.clone())];
        for (level, required) in (1u8..).zip(required) {
            let has = |it: &&MeterRow| {
                let kind = it.energy_type.as_ref();
                it.level == Some(level) && kind.is_some_and(|it| rate.energy_types.contains(it))
            };
            let installed = facts.meters.iter().filter(has).count();
            // Without any list of meters the number is unknown, not zero.
            let installed = (!facts.meters.is_empty() && !rate.energy_types.is_empty())
                .then_some(installed as f64);
            row.extend([
                percent(required.map(|it| it / 100.0)),
                empty(),
                figure(installed),
                empty(),
            ]);
        }
        row
    });
    let edition = rates.first().map_or("", |it| it.provenance.edition.as_str());
    let notes = vec![
        text(
            format!("标准配备率来源：{edition}（字典，二手来源）。{NEWER}"),
            format!(
                "Required rates: {edition}, by the dictionary (secondary source). A newer edition is in force since 2026-02-01; its values are not known."
            ),
        ),
        text(
            "实配数为终端上报的器具台数。应配数需按限定值清点，平台没有，故实际配备率 = 实配 ÷ 应配 留空由用能单位填写。",
            "Installed: meters uploaded. How many are needed has to be counted at the plant, so the actual rate = installed ÷ needed is left to the unit.",
        ),
    ];
    with_rows(sheet("5", ("计量器具配备率", "Equip rates of meters"), &head), rows.collect(), notes)
}
