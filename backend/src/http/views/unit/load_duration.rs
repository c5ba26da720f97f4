//! `GET /api/v1/units/{code}/load-duration`: real-time values of an item from the highest to the lowest.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::unit_readings::LoadDuration;
use nengce_shared::lang::Lang;

use super::energy::{find, last_365_days};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::Table;
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};
use crate::store::queries::load_duration::{item, sorted};

pub const KNOWN: [&str; 4] = ["item", "from", "to", "points"];

/// Points of the curve, at most and unless named.
const MOST_POINTS: u32 = 1_000;

pub async fn get_load_duration(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let points = params.number("points", 2, MOST_POINTS)?.unwrap_or(MOST_POINTS);
    let wanted = params.data_code("item")?;
    let tag = request.own_tag(&state, &params).await?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let known = find(&state, &code).await?;
    let span = parameters::days(&params, last_365_days(&known, state.clock.today()))?;
    let named = !wanted.is_empty();
    let ask = move |conn: &_| {
        let Some(item) = item(conn, known.id, &wanted)? else {
            return Ok(None);
        };
        let curve = sorted(conn, item.id, span, points)?;
        Ok(Some((item, curve)))
    };
    let found = state.store.read(ask).await?;
    if named && found.is_none() {
        return Err(ApiError::not_found("没有这个实时数据项 / no such real-time item"));
    }
    // Without real-time items the curve is there and empty: a gap is an answer.
    let (item, curve) = found.unwrap_or_default();
    let view = LoadDuration {
        enterprise_code: code,
        unit: state.dictionaries().unit_of_measure(&item.data_code).unwrap_or_default(),
        data_code: item.data_code,
        from: span.from().to_string(),
        to: span.to().to_string(),
        points_per_day: item.points_per_day,
        readings: curve.readings,
        places: curve.points.iter().map(|it| it.0).collect(),
        values: curve.points.iter().map(|it| it.1).collect(),
    };
    request.answer(&params, &tag, &view, |lang| table(&view, lang)).await
}

fn table(view: &LoadDuration, lang: Lang) -> Table {
    let rows = view.places.iter().zip(&view.values);
    let head =
        vec![lang.pick("名次", "Rank").to_owned(), format!("{} {}", view.data_code, view.unit)];
    let rows = rows.map(|(place, value)| vec![(place + 1).into(), (*value).into()]);
    Table::new("load-duration", head, rows.collect())
}
