//! `GET /api/v1/units/{code}/audit-pack`: the tables of an energy audit as JSON, as a workbook, and as a report. The tables
//! are made by `nengce_core::audit_pack`.

mod docx;
mod facts;
mod figure;
mod layout;
mod xlsx;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use nengce_analysis::snapshot::Snapshot;
use nengce_shared::api::audit_pack::AuditPack;
use nengce_shared::month::Month;
use nengce_shared::problem::Problem;

use crate::http::content::docx::DOCX;
use crate::http::content::negotiation::attachment;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::XLSX;
use crate::http::state::AppState;
use crate::http::views::ViewRequest;

pub const KNOWN: [&str; 1] = ["year"];

/// The forms of the pack.
pub const FORMATS: [&str; 3] = ["json", "xlsx", "docx"];

/// The first year that can be asked for.
pub const FIRST_YEAR: u32 = 1990;

#[derive(Debug, Clone, Copy)]
enum Format {
    Json,
    Xlsx,
    Docx,
}

fn format(params: &Params) -> ApiResult<Format> {
    let parse = |word: &str| match word {
        "json" => Some(Format::Json),
        "xlsx" => Some(Format::Xlsx),
        "docx" => Some(Format::Docx),
        _ => None,
    };
    Ok(params.one_of("format", &FORMATS, parse)?.unwrap_or(Format::Json))
}

/// The tables of an energy audit (能源审计资料包) for a year and the year before: what the data know is filled, the rest are
/// labelled forms, and cross-checks name the cell that is wrong. As a file in Chinese.
#[utoipa::path(get, path = "/api/v1/units/{code}/audit-pack", tag = "units",
    params(
        ("code" = String, Path, description = "credit code of the unit"),
        ("year" = Option<u32>, Query, description = "the audit year; default the last complete one"),
        ("format" = Option<String>, Query, description = "json (default), xlsx or docx"),
        ("lang" = Option<String>, Query, description = "zh (default) or en: words of errors"),
    ),
    responses(
        (status = 200, description = "the pack", content((AuditPack = "application/json"), ([u8] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ([u8] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))),
        (status = 400, description = "a parameter is unknown or not valid", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "there is no such unit, or it is not shown to the reader", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn get_audit_pack(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let format = format(&params)?;
    let city = request.city(&state).await?;
    let unit = city.unit(&code)?;
    let year = year(&params, city.snapshot())?;
    let pack = facts::pack(&state, &request.reader, &city, unit, year).await?;
    let name = format!("nengce-audit-pack-{}-{}", pack.enterprise_code, pack.year);
    let mut response = match format {
        Format::Json => Json(pack).into_response(),
        Format::Xlsx => {
            let bytes = blocking(move || xlsx::bytes(&pack).map_err(ApiError::internal)).await?;
            attachment(bytes, XLSX, &format!("{name}.xlsx"))
        }
        Format::Docx => {
            let bytes = blocking(move || docx::bytes(&pack).map_err(ApiError::internal)).await?;
            attachment(bytes, DOCX, &format!("{name}.docx"))
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers
        .insert(header::VARY, HeaderValue::from_static("accept-language, authorization, cookie"));
    Ok(response)
}

async fn blocking(
    write: impl FnOnce() -> ApiResult<Vec<u8>> + Send + 'static,
) -> ApiResult<Vec<u8>> {
    tokio::task::spawn_blocking(write).await.map_err(ApiError::internal)?
}

/// The year asked for, at most this year; else the last one whose days have all passed.
fn year(params: &Params, snapshot: &Snapshot) -> ApiResult<i16> {
    let latest = snapshot.today.year();
    let asked = params.number("year", FIRST_YEAR, u32::from(latest.unsigned_abs()))?;
    if let Some(year) = asked.and_then(|it| i16::try_from(it).ok()) {
        return Ok(year);
    }
    let last = Month::of(snapshot.data_until.unwrap_or(snapshot.today));
    let december = Month::new(last.year(), 12);
    let is_complete = december.is_some_and(|it| snapshot.is_done(it));
    Ok(if is_complete { last.year() } else { last.year() - 1 })
}
