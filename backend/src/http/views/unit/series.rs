//! `GET /api/v1/units/{code}/series`: real-time values of an item, thinned to what a screen can show.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::unit_readings::SeriesView;
use nengce_shared::lang::Lang;
use nengce_shared::period::DayRange;

use super::energy::{find, last_365_days};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::Table;
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};
use crate::store::queries::series::{items, thinned};

pub const KNOWN: [&str; 4] = ["item", "from", "to", "width"];

/// Columns of the screen, at most and unless named.
const MOST_COLUMNS: u32 = 4_096;
const WIDTH: u32 = 800;

pub async fn get_series(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let width = params.number("width", 1, MOST_COLUMNS)?.unwrap_or(WIDTH);
    let wanted = params.data_code("item")?;
    let tag = request.own_tag(&state, &params).await?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let known = find(&state, &code).await?;
    let span = parameters::days(&params, last_365_days(&known, state.clock.today()))?;
    let named = !wanted.is_empty();
    let ask = move |conn: &_| {
        let all = items(conn, known.id)?;
        let one = all.iter().find(|it| !named || it.1 == wanted).cloned();
        let found = match one {
            Some((id, data_code)) => Some((data_code, thinned(conn, id, span, width)?)),
            None => None,
        };
        Ok((all, found))
    };
    let (all, found) = state.store.read(ask).await?;
    if named && found.is_none() {
        return Err(ApiError::not_found("没有这个实时数据项 / no such real-time item"));
    }
    // Without real-time items the series is there and empty: a gap is an answer.
    let (data_code, points) = found.unwrap_or_default();
    let view = SeriesView {
        enterprise_code: code,
        unit: state.dictionaries().unit_of_measure(&data_code).unwrap_or_default(),
        data_code,
        items: all.into_iter().map(|it| it.1).collect(),
        from: span.from().to_string(),
        to: span.to().to_string(),
        width,
        readings: points.readings,
        seconds: points.points.iter().map(|it| it.0).collect(),
        values: points.points.iter().map(|it| it.1).collect(),
    };
    request.answer(&params, &tag, &view, |lang| table(&view, span, lang)).await
}

fn table(view: &SeriesView, span: DayRange, lang: Lang) -> Table {
    let start = span.from().at(0, 0, 0, 0);
    let rows = view.seconds.iter().zip(&view.values).map(|(seconds, value)| {
        let at = start.saturating_add(jiff::Span::new().seconds(i64::from(*seconds)));
        vec![crate::clock::text(at).as_str().into(), (*value).into()]
    });
    let head =
        vec![lang.pick("时间", "Time").to_owned(), format!("{} {}", view.data_code, view.unit)];
    Table::new("series", head, rows.collect())
}
