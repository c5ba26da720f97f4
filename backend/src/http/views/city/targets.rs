//! `GET /api/v1/inspection-targets`: units ranked by their score.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::targets::{Rules, targets};
use nengce_shared::api::targets::{Reason, TargetRow};

use super::CityQuery;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Cell, Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};

pub async fn get_targets(
    State(state): State<AppState>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&parameters::with(&[]))?;
    let derive =
        |of: CityQuery<'_>| Ok(targets(of.evaluation, &of.city.loaded.statuses, &Rules::default()));
    request
        .view(&state, &params, derive, |view, lang| {
            Table::of("inspection-targets", &view.rows, &ROWS, lang)
        })
        .await
}

fn points(row: &TargetRow, reason: Reason) -> Cell {
    row.parts.iter().find(|it| it.reason == reason).map(|it| it.points).into()
}

const ROWS: [Column<TargetRow>; 17] = [
    Column::new("位次", "Rank", |it, _| it.rank.into()),
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
    Column::new("类别", "Class", |it, lang| it.unit.class.label(lang).into()),
    Column::new("能耗 tce", "Energy, tce", |it, _| it.tce.into()),
    Column::new("得分", "Score", |it, _| it.score.into()),
    Column::new("未封顶得分", "Score before caps", |it, _| it.before_caps.into()),
    Column::new("关系到的能耗 tce", "Energy at stake, tce", |it, _| it.at_stake_tce.into()),
    Column::new("从未上报", "Never uploaded", |it, _| points(it, Reason::NeverUploaded)),
    Column::new("断报", "Silent", |it, _| points(it, Reason::Silent)),
    Column::new("完整率", "Completeness", |it, _| points(it, Reason::Completeness)),
    Column::new("超限额或基准", "Above limit or baseline", |it, _| {
        points(it, Reason::AboveLimit)
    }),
    Column::new("劣于同业", "Worse than peers", |it, _| points(it, Reason::WorseThanPeers)),
    Column::new("计量逾期", "Calibration overdue", |it, _| points(it, Reason::MeterOverdue)),
    Column::new("理由", "Reasons", |it, lang| lang.pick(&it.sentence_zh, &it.sentence_en).into()),
];
