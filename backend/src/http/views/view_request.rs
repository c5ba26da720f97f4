//! A request to a view: its parameters, format and language, and the answer in that format with its entity tag.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use nengce_shared::lang::Lang;
use nengce_shared::problem::{Problem, ProblemCode};
use serde::Serialize;

use super::City;
use crate::http::access::auth::MaybeAdmin;
use crate::http::content::etag;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::{self, Table};
use crate::http::state::AppState;

/// Shape of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Json,
    Csv,
    Xlsx,
    Parquet,
}

impl Format {
    const WORDS: [&'static str; 4] = ["json", "csv", "xlsx", "parquet"];

    fn parse(word: &str) -> Option<Self> {
        match word {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }

    /// The first acceptable form of an `Accept` header; JSON where anything will do.
    fn of_accept(accept: &str) -> Option<Self> {
        accept.split(',').find_map(|part| match part.split(';').next().unwrap_or_default().trim() {
            "text/csv" => Some(Self::Csv),
            table::XLSX => Some(Self::Xlsx),
            table::PARQUET => Some(Self::Parquet),
            "" | "*/*" | "application/*" | "application/json" => Some(Self::Json),
            _ => None,
        })
    }
}

/// A request, before its parameters are read.
pub struct ViewRequest {
    uri: Uri,
    headers: HeaderMap,
}

impl<S: Sync> FromRequestParts<S> for ViewRequest {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self { uri: parts.uri.clone(), headers: parts.headers.clone() })
    }
}

impl From<Problem> for ApiError {
    fn from(it: Problem) -> Self {
        Self(Box::new(it))
    }
}

impl ViewRequest {
    /// The parameters, when all of them are known.
    pub fn params(&self, known: &[&str]) -> ApiResult<Params> {
        Ok(Params::read(&self.uri, known, Lang::of_tag(self.header(header::ACCEPT_LANGUAGE)))?)
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    /// The format asked for by `?format=`, else by `Accept`.
    pub fn format(&self, params: &Params) -> ApiResult<Format> {
        if let Some(format) = params.one_of("format", &Format::WORDS, Format::parse)? {
            return Ok(format);
        }
        Format::of_accept(self.header(header::ACCEPT)).ok_or_else(|| {
            Problem::new(ProblemCode::NotAcceptable, params.lang)
                .with_detail(format!(
                    "application/json, text/csv, {}, {}",
                    table::XLSX,
                    table::PARQUET
                ))
                .into()
        })
    }

    /// The tag of the answer to this request from a snapshot, the same for every reader.
    pub fn tag(&self, city: &City, params: &Params) -> ApiResult<String> {
        self.tag_for(city, params, MaybeAdmin(false))
    }

    /// The tag of an answer that shows administrators more than others.
    pub fn tag_for(&self, city: &City, params: &Params, reader: MaybeAdmin) -> ApiResult<String> {
        let format = self.format(params)?;
        let state = (
            format,
            reader,
            params.lang,
            &city.catalog.dic_version,
            city.snapshot.today.to_string(),
        );
        let path = self.uri.path_and_query().map_or("", |it| it.as_str());
        Ok(etag::tag(city.snapshot.version, &state, path))
    }

    /// The tag of an answer that asks the store itself: everything acknowledged before is in it.
    pub async fn own_tag(&self, state: &AppState, params: &Params) -> ApiResult<String> {
        self.own_tag_for(state, params, MaybeAdmin(false)).await
    }

    /// The same of an answer that shows administrators more than others.
    pub async fn own_tag_for(
        &self,
        state: &AppState,
        params: &Params,
        reader: MaybeAdmin,
    ) -> ApiResult<String> {
        state.store.settle().await?;
        let dictionaries = state.dictionaries();
        let format = self.format(params)?;
        let about = (
            format,
            reader,
            params.lang,
            dictionaries.dic_version(),
            state.clock.today().to_string(),
        );
        let path = self.uri.path_and_query().map_or("", |it| it.as_str());
        Ok(etag::tag(state.store.data_version(), &about, path))
    }

    /// Whether the answer is a file, which holds a whole list.
    pub fn is_file(&self, params: &Params) -> ApiResult<bool> {
        Ok(self.format(params)? != Format::Json)
    }

    /// 304 where the client holds the answer already.
    pub fn not_modified(&self, tag: &str) -> Option<Response> {
        etag::is_current(&self.headers, tag)
            .then(|| tagged(StatusCode::NOT_MODIFIED.into_response(), tag))
    }

    /// The answer: JSON of the view, or its table.
    pub async fn answer<T: Serialize>(
        &self,
        params: &Params,
        tag: &str,
        view: &T,
        table: impl FnOnce(Lang) -> Table,
    ) -> ApiResult<Response> {
        let format = self.format(params)?;
        if format == Format::Json {
            return Ok(tagged(axum::Json(view).into_response(), tag));
        }
        let table = table(params.lang);
        let (extension, kind) = match format {
            Format::Csv => ("csv", table::CSV),
            Format::Parquet => ("parquet", table::PARQUET),
            _ => ("xlsx", table::XLSX),
        };
        let file = format!("nengce-{}.{extension}", table.name);
        let write = move || match format {
            Format::Csv => table.csv().map_err(ApiError::internal),
            Format::Parquet => Ok(table.parquet()),
            _ => table.xlsx().map_err(ApiError::internal),
        };
        let body = tokio::task::spawn_blocking(write).await.map_err(ApiError::internal)??;
        let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{file}\"")) {
            response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
        Ok(tagged(response, tag))
    }
}

fn tagged(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept, accept-language, accept-encoding, authorization"),
    );
    response
}
