//! `GET /api/v1/dual-control`: total consumption and intensity against their targets.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::dual_control::dual_control;
use nengce_shared::api::dual_control::{DualControl, DualMonth, GroupRow, UnitDelta};
use nengce_shared::lang::Lang;
use nengce_shared::warning::TotalThresholds;

use super::CityQuery;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};

/// Lists of the answer that can be had as a table.
pub const TABLES: [&str; 4] = ["regions", "industries", "months", "units"];

pub async fn get_dual_control(
    State(state): State<AppState>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&parameters::with(&["table"]))?;
    let list =
        params.one_of("table", &TABLES, |word| TABLES.iter().copied().find(|it| *it == word))?;
    let derive = |of: CityQuery<'_>| Ok(dual_control(of.evaluation, TotalThresholds::default()));
    request
        .view(&state, &params, derive, |view, lang| table(view, list.unwrap_or("regions"), lang))
        .await
}

fn table(view: &DualControl, list: &str, lang: Lang) -> Table {
    match list {
        "industries" => Table::of("dual-control-industries", &view.industries, &GROUPS, lang),
        "months" => Table::of("dual-control-months", &view.months, &MONTHS, lang),
        "units" => {
            Table::of("dual-control-units", &view.largest_rises, &LARGEST_RISE_COLUMNS, lang)
        }
        _ => Table::of("dual-control-regions", &view.regions, &GROUPS, lang),
    }
}

const GROUPS: [Column<GroupRow>; 18] = [
    Column::new("代码", "Code", |it, _| it.name.code.as_str().into()),
    Column::new("名称", "Name", |it, lang| lang.pick(&it.name.zh, &it.name.en).into()),
    Column::new("单位数", "Units", |it, _| it.units.into()),
    Column::new("已上报单位数", "Units reporting", |it, _| it.units_reporting.into()),
    Column::new("综合能源消费量 tce", "Energy, tce", |it, _| it.total.value.into()),
    Column::new("对比期 tce", "Comparison, tce", |it, _| it.total.previous.into()),
    Column::percent("较对比期", "Change", |it, _| it.total.change.into()),
    Column::percent("拉动", "Pull", |it, _| it.pull.into()),
    Column::new("强度 tce/万元", "Intensity, tce/10^4 yuan", |it, _| it.intensity.value.into()),
    Column::percent("强度较对比期", "Intensity change", |it, _| it.intensity.change.into()),
    Column::percent("应降", "Required fall", |it, _| it.intensity.required_fall.into()),
    Column::percent("较应降", "Against required", |it, _| it.intensity.gap.into()),
    Column::new("强度等级", "Intensity level", |it, lang| it.warning.level.label(lang).into()),
    Column::new("总量等级", "Total level", |it, lang| {
        it.total_warning.level.label(lang).into()
    }),
    Column::new("年度总量目标 tce", "Target of the year, tce", |it, _| {
        it.year_end.as_ref().map(|it| it.target_tce).into()
    }),
    Column::new("年终预计 tce", "Expected at year end, tce", |it, _| {
        it.year_end.as_ref().map(|it| it.expected_tce).into()
    }),
    Column::percent("年终较目标", "Year end against target", |it, _| {
        it.year_end.as_ref().map(|it| it.over).into()
    }),
    Column::percent("完整率", "Completeness", |it, _| it.completeness.into()),
];

const MONTHS: [Column<DualMonth>; 11] = [
    Column::new("月份", "Month", |it, _| it.period.as_str().into()),
    Column::new("综合能源消费量 tce", "Energy, tce", |it, _| it.tce.into()),
    Column::new("对比期 tce", "Comparison, tce", |it, _| it.previous_tce.into()),
    Column::new("控制轨迹 tce", "Trajectory, tce", |it, _| it.trajectory_tce.into()),
    Column::new("累计与轨迹之差 tce", "Cumulative gap, tce", |it, _| {
        it.cumulative_gap.into()
    }),
    Column::new("预测 tce", "Projected, tce", |it, _| it.projected_tce.into()),
    Column::new("预测下限 tce", "Projected low, tce", |it, _| it.projected_low.into()),
    Column::new("预测上限 tce", "Projected high, tce", |it, _| it.projected_high.into()),
    Column::percent("完整率", "Completeness", |it, _| it.completeness.into()),
    Column::new("有数据天数", "Days with data", |it, _| it.days_done.into()),
    Column::new("当月天数", "Days", |it, _| it.days_total.into()),
];

const LARGEST_RISE_COLUMNS: [Column<UnitDelta>; 8] = [
    Column::new("统一社会信用代码", "Credit code", |it, _| {
        it.unit.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit.name.as_str().into()),
    Column::new("区划", "Region", |it, lang| {
        lang.pick(&it.unit.region.zh, &it.unit.region.en).into()
    }),
    Column::new("行业", "Industry", |it, lang| {
        lang.pick(&it.unit.industry.zh, &it.unit.industry.en).into()
    }),
    Column::new("综合能源消费量 tce", "Energy, tce", |it, _| it.total.value.into()),
    Column::new("对比期 tce", "Comparison, tce", |it, _| it.total.previous.into()),
    Column::percent("较对比期", "Change", |it, _| it.total.change.into()),
    Column::new("增量 tce", "Rise, tce", |it, _| it.delta_tce.into()),
];
