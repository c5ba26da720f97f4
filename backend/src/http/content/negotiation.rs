//! A list in the format that the client asks for: JSON, CSV, XLSX or Parquet, by `?format=` or `Accept`.

use axum::Json;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use nengce_shared::api::common::PageInfo;
use nengce_shared::problem::ProblemCode;
use serde::Serialize;

use super::problem::{ApiError, ApiResult};
use super::query::Params;
use super::table::{CSV, PARQUET, Table, XLSX};

/// Formats a list comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListFormat {
    Json,
    Csv,
    Xlsx,
    Parquet,
}

impl ListFormat {
    /// `?format=` wins over `Accept`; an `Accept` that names none of the four gets JSON only with a wildcard.
    pub fn wanted(headers: &HeaderMap, params: &Params) -> ApiResult<Self> {
        match params.text("format") {
            Some("json") => return Ok(Self::Json),
            Some("csv") => return Ok(Self::Csv),
            Some("xlsx") => return Ok(Self::Xlsx),
            Some("parquet") => return Ok(Self::Parquet),
            Some(other) => {
                return Err(params.refuse("format", other, "json, csv, xlsx, parquet").into());
            }
            None => {}
        }
        let accept = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()).unwrap_or("*/*");
        for one in accept.split(',').map(|it| it.split(';').next().unwrap_or("").trim()) {
            match one {
                "text/csv" => return Ok(Self::Csv),
                XLSX => return Ok(Self::Xlsx),
                PARQUET => return Ok(Self::Parquet),
                "application/json" | "application/*" | "*/*" | "text/html" | "" => {
                    return Ok(Self::Json);
                }
                _ => {}
            }
        }
        Err(ApiError::new(ProblemCode::NotAcceptable, "application/json, text/csv, XLSX, Parquet"))
    }
}

/// Where a file that was cut goes on: the `cursor` of the rest.
const NEXT: HeaderName = HeaderName::from_static("x-nengce-next");

/// Sends a page of a list, or a file of at most `max_list_rows`; one that holds no more than a part says so.
pub fn send_page<T: Serialize>(
    format: ListFormat,
    body: &T,
    page: &PageInfo,
    table: impl FnOnce() -> Table,
) -> ApiResult<Response> {
    let mut response = send(format, body, table)?;
    if let Some(next) = page.next.as_deref().filter(|_| format != ListFormat::Json)
        && let Ok(value) = HeaderValue::from_str(next)
    {
        response.headers_mut().insert(NEXT, value);
    }
    Ok(response)
}

/// Sends the list; the table is laid out only when it is asked for.
pub fn send<T: Serialize>(
    format: ListFormat,
    body: &T,
    table: impl FnOnce() -> Table,
) -> ApiResult<Response> {
    let (bytes, media, extension, name) = match format {
        ListFormat::Json => return Ok(Json(body).into_response()),
        ListFormat::Csv => {
            let table = table();
            (table.csv().map_err(ApiError::internal)?, CSV, "csv", table.name)
        }
        ListFormat::Xlsx => {
            let table = table();
            (table.xlsx().map_err(ApiError::internal)?, XLSX, "xlsx", table.name)
        }
        ListFormat::Parquet => {
            let table = table();
            (table.parquet(), PARQUET, "parquet", table.name)
        }
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    if let Ok(value) =
        HeaderValue::from_str(&format!("attachment; filename=\"{name}.{extension}\""))
    {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
