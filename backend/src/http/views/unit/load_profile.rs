//! `GET /api/v1/units/{code}/load-profile`: the mean week of a real-time item.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::unit_readings::LoadProfile;
use nengce_shared::lang::Lang;

use super::energy::find;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Cell, Table};
use crate::http::state::AppState;
use crate::http::views::ViewRequest;
use crate::store::queries::load_profile::{item, week};

pub const KNOWN: [&str; 1] = ["data_code"];

/// Days averaged: twelve weeks.
const DAYS: i64 = 84;

pub async fn get_load_profile(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let wanted = params.data_code("data_code")?;
    let tag = request.own_tag(&state, &params).await?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let known = find(&state, &code).await?;
    let ask = move |conn: &_| {
        let Some((item, last)) =
            item(conn, known.id, &wanted)?.and_then(|it| it.last.map(|last| (it, last)))
        else {
            return Ok(None);
        };
        let to = last.date().tomorrow().unwrap_or(last.date());
        let from = to.checked_sub(jiff::Span::new().days(DAYS)).unwrap_or(to);
        let hours = week(conn, item.id, &from.to_string(), &to.to_string())?;
        Ok(Some((item.data_code, from, last.date(), hours)))
    };
    // Without real-time readings the week is there and empty: a gap is an answer.
    let today = state.clock.today();
    let empty = || (String::new(), today, today, vec![vec![None; 24]; 7]);
    let (data_code, from, to, hours) = state.store.read(ask).await?.unwrap_or_else(empty);
    let view = LoadProfile {
        unit: state.dictionaries().unit_of_measure(&data_code).unwrap_or_default(),
        data_code,
        from: from.to_string(),
        to: to.to_string(),
        hours,
    };
    request.answer(&params, &tag, &view, |lang| table(&view, lang)).await
}

fn table(view: &LoadProfile, lang: Lang) -> Table {
    let days = match lang {
        Lang::Zh => ["一", "二", "三", "四", "五", "六", "日"],
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };
    let mut head = vec![lang.pick("时", "Hour").to_owned()];
    head.extend(days.map(str::to_owned));
    let row = |hour: u32| {
        let mut row: Vec<Cell> = vec![hour.into()];
        row.extend(view.hours.iter().map(|it| it.get(hour as usize).copied().flatten().into()));
        row
    };
    Table::new("load-profile", head, (0..24).map(row).collect())
}
