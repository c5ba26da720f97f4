//! `GET /api/v1/units/{code}/compliance`: the last quarters of a unit, each with its worst state and its events.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_analysis::compliance::{compliance, first_quarter};
use nengce_analysis::evaluation::Evaluation;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::compliance::{Compliance, ComplianceEvent};

use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};
use crate::store::queries::compliance as query;

pub const KNOWN: [&str; 0] = [];

pub async fn get_compliance(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let city = request.city(&state).await?;
    let at = city.unit(&code)?;
    let (today, id) = (city.snapshot().today, city.loaded.statuses[at].id);
    let quarters = state.config.compliance_quarters;
    let from = first_quarter(today, quarters).first_day();
    let mut known = state.store.read(move |conn| Ok(query::known(conn, id, from, today)?)).await?;
    // Whoever may not read findings is told that the quality is not known, never that nothing was found.
    let reader = &request.reader;
    if reader.by_share.contains(&code) || !reader.also_has(Permission::Quality, &state) {
        (known.findings, known.assessed_days) = Default::default();
    }
    let tag = request.tag_of_state(&city, &params, &known)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let query = parameters::query(&params, city.snapshot())?;
    let whole = Evaluation::new(city.snapshot(), &query, &[]);
    let evaluation = Evaluation { selected: vec![at], ..whole };
    let view = Compliance {
        enterprise_code: code,
        today: today.to_string(),
        quarters: compliance(&evaluation, at, &known, quarters),
    };
    let rows: Vec<Row> = view
        .quarters
        .iter()
        .flat_map(|quarter| quarter.events.iter().map(|it| (quarter.quarter.clone(), it.clone())))
        .collect();
    request.answer(&params, &tag, &view, |lang| Table::of("compliance", &rows, &ROWS, lang)).await
}

type Row = (String, ComplianceEvent);

const ROWS: [Column<Row>; 5] = [
    Column::new("季度", "Quarter", |it, _| it.0.as_str().into()),
    Column::new("日期", "Day", |it, _| it.1.day.as_str().into()),
    Column::new("状态", "State", |it, lang| it.1.state.label(lang).into()),
    Column::new("事项", "Event", |it, lang| lang.pick(&it.1.zh, &it.1.en).into()),
    Column::new("链接", "Link", |it, _| it.1.link.as_str().into()),
];
