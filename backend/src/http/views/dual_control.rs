//! `GET /api/v1/dual-control`.

use axum::extract::State;
use axum::response::Response;
use nengce_core::analysis::dual_control::dual_control;
use nengce_core::analysis::picture::Picture;
use nengce_shared::api::dual_control::{DualControl, DualMonth, GroupRow, UnitDelta};
use nengce_shared::lang::Lang;
use nengce_shared::warning::TotalThresholds;

use super::{Asked, parameters};
use crate::http::problem::ApiResult;
use crate::http::state::AppState;
use crate::http::tabular::{Column, Table};

/// Lists of the answer that can be had as a table.
pub const TABLES: [&str; 4] = ["regions", "industries", "months", "units"];

pub async fn get_dual_control(State(state): State<AppState>, asked: Asked) -> ApiResult<Response> {
    let params = asked.params(&parameters::with(&["table"]))?;
    let list =
        params.one_of("table", &TABLES, |word| TABLES.iter().copied().find(|it| *it == word))?;
    let city = state.snapshots.city(&state).await?;
    let question = parameters::question(&params, &city.facts)?;
    let tag = asked.tag(&city, &params)?;
    if let Some(held) = asked.held(&tag) {
        return Ok(held);
    }
    let fringes = city.fringes(&state, question.basis, question.spans.fringes()).await?;
    let picture = Picture::new(&city.facts, &city.catalog, &question, &fringes);
    let view = dual_control(&picture, TotalThresholds::default());
    asked.answer(&params, &tag, &view, |lang| table(&view, list.unwrap_or("regions"), lang)).await
}

fn table(view: &DualControl, list: &str, lang: Lang) -> Table {
    match list {
        "industries" => Table::of("dual-control-industries", &view.industries, &GROUPS, lang),
        "months" => Table::of("dual-control-months", &view.months, &MONTHS, lang),
        "units" => Table::of("dual-control-units", &view.risers, &RISERS, lang),
        _ => Table::of("dual-control-regions", &view.regions, &GROUPS, lang),
    }
}

const GROUPS: [Column<GroupRow>; 15] = [
    Column { zh: "代码", en: "Code", cell: |it, _| it.name.code.as_str().into() },
    Column {
        zh: "名称", en: "Name", cell: |it, lang| lang.pick(&it.name.zh, &it.name.en).into()
    },
    Column { zh: "单位数", en: "Units", cell: |it, _| it.units.into() },
    Column {
        zh: "已上报单位数", en: "Units reporting", cell: |it, _| it.units_reporting.into()
    },
    Column {
        zh: "综合能源消费量 tce", en: "Energy, tce", cell: |it, _| it.total.value.into()
    },
    Column {
        zh: "上年同期 tce", en: "Comparison, tce", cell: |it, _| it.total.previous.into()
    },
    Column { zh: "同比", en: "Change", cell: |it, _| it.total.change.into() },
    Column { zh: "拉动", en: "Pull", cell: |it, _| it.pull.into() },
    Column {
        zh: "强度 tce/万元",
        en: "Intensity, tce/10^4 yuan",
        cell: |it, _| it.intensity.value.into(),
    },
    Column { zh: "强度同比", en: "Intensity change", cell: |it, _| it.intensity.change.into() },
    Column { zh: "应降", en: "Required fall", cell: |it, _| it.intensity.required_fall.into() },
    Column { zh: "较应降", en: "Against required", cell: |it, _| it.intensity.gap.into() },
    Column {
        zh: "强度等级",
        en: "Intensity level",
        cell: |it, lang| it.warning.level.label(lang).into(),
    },
    Column {
        zh: "总量等级",
        en: "Total level",
        cell: |it, lang| it.total_warning.level.label(lang).into(),
    },
    Column { zh: "完整率", en: "Completeness", cell: |it, _| it.completeness.into() },
];

const MONTHS: [Column<DualMonth>; 11] = [
    Column { zh: "月份", en: "Month", cell: |it, _| it.period.as_str().into() },
    Column { zh: "综合能源消费量 tce", en: "Energy, tce", cell: |it, _| it.tce.into() },
    Column { zh: "上年同期 tce", en: "Year before, tce", cell: |it, _| it.previous_tce.into() },
    Column {
        zh: "控制轨迹 tce", en: "Trajectory, tce", cell: |it, _| it.trajectory_tce.into()
    },
    Column {
        zh: "累计与轨迹之差 tce",
        en: "Cumulative gap, tce",
        cell: |it, _| it.cumulative_gap.into(),
    },
    Column { zh: "预测 tce", en: "Projected, tce", cell: |it, _| it.projected_tce.into() },
    Column {
        zh: "预测下限 tce", en: "Projected low, tce", cell: |it, _| it.projected_low.into()
    },
    Column {
        zh: "预测上限 tce",
        en: "Projected high, tce",
        cell: |it, _| it.projected_high.into(),
    },
    Column { zh: "完整率", en: "Completeness", cell: |it, _| it.completeness.into() },
    Column { zh: "有数据天数", en: "Days with data", cell: |it, _| it.days_done.into() },
    Column { zh: "当月天数", en: "Days", cell: |it, _| it.days_total.into() },
];

const RISERS: [Column<UnitDelta>; 8] = [
    Column {
        zh: "统一社会信用代码",
        en: "Credit code",
        cell: |it, _| it.unit.enterprise_code.as_str().into(),
    },
    Column { zh: "单位", en: "Unit", cell: |it, _| it.unit.name.as_str().into() },
    Column {
        zh: "区划",
        en: "Region",
        cell: |it, lang| lang.pick(&it.unit.region.zh, &it.unit.region.en).into(),
    },
    Column {
        zh: "行业",
        en: "Industry",
        cell: |it, lang| lang.pick(&it.unit.industry.zh, &it.unit.industry.en).into(),
    },
    Column {
        zh: "综合能源消费量 tce", en: "Energy, tce", cell: |it, _| it.total.value.into()
    },
    Column {
        zh: "上年同期 tce", en: "Comparison, tce", cell: |it, _| it.total.previous.into()
    },
    Column { zh: "同比", en: "Change", cell: |it, _| it.total.change.into() },
    Column { zh: "增量 tce", en: "Rise, tce", cell: |it, _| it.delta_tce.into() },
];
