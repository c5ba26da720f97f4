//! `GET /api/v1/cube/frame`: names, targets and economy, which the portal needs beside the cube of months to derive its
//! pages.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::frame::frame;
use nengce_shared::api::cube::FrameTarget;

use super::ViewRequest;
use super::cubes::Wanted;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;

pub async fn get_frame(State(state): State<AppState>, request: ViewRequest) -> ApiResult<Response> {
    let params = request.params(&[])?;
    let city = state.snapshots.city(&state).await?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let months = Wanted { by_day: false, span: None, level: None };
    let level = state.cubes.sent(&state, &city, months).await?.level;
    let view = frame(&city.snapshot, &city.catalog, level);
    request
        .answer(&params, &tag, &view, |lang| Table::of("targets", &view.targets, &TARGETS, lang))
        .await
}

const TARGETS: [Column<FrameTarget>; 7] = [
    Column::new("对象", "Scope", |it, _| it.scope.as_str().into()),
    Column::new("代码", "Code", |it, _| it.code.as_str().into()),
    Column::new("指标", "Kind", |it, _| it.kind.as_str().into()),
    Column::new("起始年", "From year", |it, _| u32::from(it.from_year.unsigned_abs()).into()),
    Column::new("终止年", "To year", |it, _| u32::from(it.to_year.unsigned_abs()).into()),
    Column::new("目标值", "Value", |it, _| it.value.into()),
    Column::new("来源", "Source", |it, _| it.source.as_str().into()),
];
