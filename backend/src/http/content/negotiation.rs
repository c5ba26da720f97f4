//! Content negotiation, the same for every list and view: the format by `?format=`, else by `Accept`; the language by
//! `?lang=`, else by `Accept-Language`.

use std::convert::Infallible;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use nengce_shared::api::common::PageInfo;
use nengce_shared::lang::Lang;
use nengce_shared::problem::{Problem, ProblemCode};
use serde::Serialize;

use super::problem::{ApiError, ApiResult};
use super::query::Params;
use super::table::{CSV, PARQUET, Table, XLSX};
use super::workbook;

/// Formats of a list or a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Json,
    Csv,
    Xlsx,
    Parquet,
}

impl Format {
    const NAMES: [&'static str; 4] = ["json", "csv", "xlsx", "parquet"];

    fn parse(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }

    /// The format of the first media range that names one; JSON for a wildcard.
    fn of_accept(accept: &str) -> Option<Self> {
        accept.split(',').find_map(|part| match part.split(';').next().unwrap_or_default().trim() {
            "text/csv" => Some(Self::Csv),
            XLSX => Some(Self::Xlsx),
            PARQUET => Some(Self::Parquet),
            "" | "*/*" | "application/*" | "application/json" => Some(Self::Json),
            _ => None,
        })
    }

    /// The format that a request asks for; 406 where its `Accept` names none of the four.
    pub fn requested(headers: &HeaderMap, params: &Params) -> ApiResult<Self> {
        if let Some(format) = params.one_of("format", &Self::NAMES, Self::parse)? {
            return Ok(format);
        }
        Self::of_accept(text(headers, &header::ACCEPT)).ok_or_else(|| {
            let allowed = format!("application/json, text/csv, {XLSX}, {PARQUET}");
            Problem::new(ProblemCode::NotAcceptable, params.lang).with_detail(allowed).into()
        })
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
}

/// The parameters of a request; their language is that of `?lang=`, else of `Accept-Language`.
pub fn params(uri: &Uri, headers: &HeaderMap, known: &[&str]) -> ApiResult<Params> {
    Ok(Params::read(uri, known, Lang::of_tag(text(headers, &header::ACCEPT_LANGUAGE)))?)
}

/// A request for a list, before its parameters are read.
pub struct ListRequest {
    uri: Uri,
    headers: HeaderMap,
}

impl<S: Sync> FromRequestParts<S> for ListRequest {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { uri: parts.uri.clone(), headers: parts.headers.clone() })
    }
}

impl ListRequest {
    /// The parameters, all of which must be `known`, and the format.
    pub fn read(&self, known: &[&str]) -> ApiResult<(Params, Format)> {
        let params = params(&self.uri, &self.headers, known)?;
        let format = Format::requested(&self.headers, &params)?;
        Ok((params, format))
    }
}

/// The header of a file that holds only a part of a list: the `cursor` of the rest.
const NEXT: HeaderName = HeaderName::from_static("x-nengce-next");
const VARY: HeaderValue = HeaderValue::from_static("accept, accept-language, authorization");

/// Sends a page of a list, or a file of at most `max_list_rows`; a file that holds only a part names the rest.
pub async fn send_page<T: Serialize>(
    format: Format,
    body: &T,
    page: &PageInfo,
    table: impl FnOnce() -> Table,
) -> ApiResult<Response> {
    let next = page.next.as_deref().filter(|_| format != Format::Json);
    let next = next.and_then(|it| HeaderValue::from_str(it).ok());
    let mut response = send(format, body, table).await?;
    if let Some(next) = next {
        response.headers_mut().insert(NEXT, next);
    }
    Ok(response)
}

/// Sends a list as JSON, or its table as a file.
pub async fn send<T: Serialize>(
    format: Format,
    body: &T,
    table: impl FnOnce() -> Table,
) -> ApiResult<Response> {
    let mut response = match format {
        Format::Json => Json(body).into_response(),
        format => file(format, table()).await?,
    };
    response.headers_mut().insert(header::VARY, VARY);
    Ok(response)
}

/// A table as a file, written on a thread that may block.
pub async fn file(format: Format, table: Table) -> ApiResult<Response> {
    let (media, extension) = match format {
        Format::Json | Format::Csv => (CSV, "csv"),
        Format::Xlsx => (XLSX, "xlsx"),
        Format::Parquet => (PARQUET, "parquet"),
    };
    let name = format!("nengce-{}.{extension}", table.name);
    let write = move || match format {
        Format::Json | Format::Csv => table.csv().map_err(ApiError::internal),
        Format::Xlsx => workbook::bytes(&table).map_err(ApiError::internal),
        Format::Parquet => Ok(table.parquet()),
    };
    let bytes = tokio::task::spawn_blocking(write).await.map_err(ApiError::internal)??;
    Ok(attachment(bytes, media, &name))
}

/// A body that browsers save as a file of this name.
pub(crate) fn attachment(body: impl IntoResponse, media: &'static str, name: &str) -> Response {
    let mut response = ([(header::CONTENT_TYPE, media)], body).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_format_that_is_named_counts() {
        for (accept, format) in [
            ("", Some(Format::Json)),
            ("text/html,*/*;q=0.8", Some(Format::Json)),
            ("image/png, text/csv;q=0.5", Some(Format::Csv)),
            ("text/html", None),
        ] {
            assert_eq!(Format::of_accept(accept), format, "{accept}");
        }
    }
}
