//! `GET /api/v1/timeline`: the brush.

use axum::extract::State;
use axum::response::Response;
use nengce_core::analysis::timeline::timeline;
use nengce_shared::api::meta::TimelineMonth;

use super::{Asked, parameters};
use crate::http::problem::ApiResult;
use crate::http::state::AppState;
use crate::http::tabular::{Column, Table};

pub async fn get_timeline(State(state): State<AppState>, asked: Asked) -> ApiResult<Response> {
    let params = asked.params(&parameters::FILTER)?;
    let (filter, basis) = (parameters::filter(&params)?, parameters::basis(&params)?);
    let city = state.snapshots.city(&state).await?;
    let tag = asked.tag(&city, &params)?;
    if let Some(held) = asked.held(&tag) {
        return Ok(held);
    }
    let view = timeline(&city.facts, &filter, basis);
    asked
        .answer(&params, &tag, &view, |lang| Table::of("timeline", &view.months, &MONTHS, lang))
        .await
}

const MONTHS: [Column<TimelineMonth>; 5] = [
    Column { zh: "月份", en: "Month", cell: |it, _| it.period.as_str().into() },
    Column { zh: "综合能源消费量 tce", en: "Energy, tce", cell: |it, _| it.tce.into() },
    Column { zh: "完整率", en: "Completeness", cell: |it, _| it.completeness.into() },
    Column { zh: "有数据天数", en: "Days with data", cell: |it, _| it.days_done.into() },
    Column { zh: "当月天数", en: "Days", cell: |it, _| it.days_total.into() },
];
