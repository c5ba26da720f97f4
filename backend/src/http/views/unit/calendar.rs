//! `GET /api/v1/units/{code}/calendar`: received and expected points, day by day.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::unit_readings::{Calendar, CalendarDay};
use nengce_shared::period::DayRange;

use super::energy::find;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};
use crate::store::queries::calendar;

pub const KNOWN: [&str; 3] = ["from", "to", "basis"];

pub async fn get_calendar(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let basis = parameters::basis(&params)?;
    let tag = request.own_tag(&state, &params).await?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let known = find(&state, &code).await?;
    let today = state.clock.today();
    let end = known.last_day.unwrap_or(today);
    let span =
        parameters::days(&params, DayRange::between(DayRange::year(end.year()).from(), end))?;
    let horizon = today.yesterday().unwrap_or(today);
    let days = state
        .store
        .read(move |conn| Ok(calendar::days(conn, known.id, basis, span, horizon)?))
        .await?;
    let view = Calendar {
        enterprise_code: code,
        from: span.from().to_string(),
        to: span.to().to_string(),
        days,
    };
    request
        .answer(&params, &tag, &view, |lang| Table::of("calendar", &view.days, &DAYS, lang))
        .await
}

const DAYS: [Column<CalendarDay>; 5] = [
    Column::new("日期", "Day", |it, _| it.day.as_str().into()),
    Column::new("已收点数", "Received", |it, _| it.received.into()),
    Column::new("应收点数", "Expected", |it, _| it.expected.into()),
    Column::new("手工填报", "Manual entry", |it, _| it.manual.into()),
    Column::new("标准煤 tce", "tce", |it, _| it.tce.into()),
];
