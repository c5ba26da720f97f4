//! `GET /api/v1/timeline`: the months that the time brush shows.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::timeline::timeline;
use nengce_shared::api::meta::TimelineMonth;

use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};

pub async fn get_timeline(
    State(state): State<AppState>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&parameters::FILTER)?;
    let (filter, basis) = (parameters::filter(&params)?, parameters::basis(&params)?);
    let city = request.city(&state).await?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let view = timeline(city.snapshot(), &filter, basis);
    request
        .answer(&params, &tag, &view, |lang| Table::of("timeline", &view.months, &MONTHS, lang))
        .await
}

const MONTHS: [Column<TimelineMonth>; 5] = [
    Column::new("月份", "Month", |it, _| it.period.as_str().into()),
    Column::new("综合能源消费量 tce", "Energy, tce", |it, _| it.tce.into()),
    Column::percent("完整率", "Completeness", |it, _| it.completeness.into()),
    Column::new("有数据天数", "Days with data", |it, _| it.days_done.into()),
    Column::new("当月天数", "Days", |it, _| it.days_total.into()),
];
