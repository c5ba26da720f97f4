//! `GET /api/v1/cube/frame`: what the portal needs beside the months' cube, as that is sent, to derive a page's figures.

use axum::extract::State;
use axum::response::Response;
use nengce_core::analysis::frame::frame;
use nengce_shared::api::cube::FrameTarget;

use super::Asked;
use super::cubes::Wanted;
use crate::http::problem::ApiResult;
use crate::http::state::AppState;
use crate::http::tabular::{Column, Table};

pub async fn get_frame(State(state): State<AppState>, asked: Asked) -> ApiResult<Response> {
    let params = asked.params(&[])?;
    let city = state.snapshots.city(&state).await?;
    let tag = asked.tag(&city, &params)?;
    if let Some(held) = asked.held(&tag) {
        return Ok(held);
    }
    let months = Wanted { by_day: false, span: None, level: None };
    let level = state.cubes.sent(&state, &city, months).await?.level;
    let view = frame(&city.facts, &city.catalog, level);
    asked
        .answer(&params, &tag, &view, |lang| Table::of("targets", &view.targets, &TARGETS, lang))
        .await
}

const TARGETS: [Column<FrameTarget>; 7] = [
    Column { zh: "对象", en: "Scope", cell: |it, _| it.scope.as_str().into() },
    Column { zh: "代码", en: "Code", cell: |it, _| it.code.as_str().into() },
    Column { zh: "指标", en: "Kind", cell: |it, _| it.kind.as_str().into() },
    Column {
        zh: "起始年",
        en: "From year",
        cell: |it, _| u32::from(it.from_year.unsigned_abs()).into(),
    },
    Column {
        zh: "终止年",
        en: "To year",
        cell: |it, _| u32::from(it.to_year.unsigned_abs()).into(),
    },
    Column { zh: "目标值", en: "Value", cell: |it, _| it.value.into() },
    Column { zh: "来源", en: "Source", cell: |it, _| it.source.as_str().into() },
];
