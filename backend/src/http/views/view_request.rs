//! A request to a view: its parameters, format and language, and the answer in that format with its entity tag.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::lang::Lang;
use nengce_shared::period::DayRange;
use serde::Serialize;

use super::City;
use crate::http::access::reader::Reader;
use crate::http::content::etag;
use crate::http::content::negotiation::{self, Format};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::Table;
use crate::http::state::AppState;

/// Characters of one filter that the name of a file holds: two credit codes.
const LONGEST_WORD: usize = 37;

/// A request, before its parameters are read, and who sent it.
pub struct ViewRequest {
    pub reader: Reader,
    uri: Uri,
    headers: HeaderMap,
}

impl<S: Sync> FromRequestParts<S> for ViewRequest {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let reader = Reader::from_request_parts(parts, state).await?;
        Ok(Self { reader, uri: parts.uri.clone(), headers: parts.headers.clone() })
    }
}

impl ViewRequest {
    /// The parameters, when all of them are known.
    pub fn params(&self, known: &[&str]) -> ApiResult<Params> {
        negotiation::params(&self.uri, &self.headers, known)
    }

    /// The format that the request asks for.
    pub fn format(&self, params: &Params) -> ApiResult<Format> {
        Format::requested(&self.headers, params)
    }

    /// The city as far as the reader may see it.
    pub async fn city(&self, state: &AppState) -> ApiResult<Arc<City>> {
        state.snapshots.city(state, &self.reader.scope).await
    }

    /// The tag of the answer to this request from a snapshot.
    pub fn tag(&self, city: &City, params: &Params) -> ApiResult<String> {
        self.tag_of_state(city, params, ())
    }

    /// The tag of an answer that depends on more than the snapshot.
    pub fn tag_of_state(
        &self,
        city: &City,
        params: &Params,
        more: impl std::hash::Hash,
    ) -> ApiResult<String> {
        let format = self.format(params)?;
        let state = (
            format,
            &self.reader,
            more,
            params.lang,
            &city.system.dic_version,
            city.snapshot().today.to_string(),
        );
        let path = self.uri.path_and_query().map_or("", |it| it.as_str());
        Ok(etag::tag(city.snapshot().version, &state, path))
    }

    /// The tag of an answer that asks the store itself: everything acknowledged before is in it, unless that takes longer than
    /// `view_wait_ms` to be counted.
    pub async fn own_tag(&self, state: &AppState, params: &Params) -> ApiResult<String> {
        let wait = Duration::from_millis(state.config.view_wait_ms.into());
        if let Ok(done) = tokio::time::timeout(wait, state.store.wait_for_roll_ups()).await {
            done?;
        }
        let dictionaries = state.dictionaries();
        let format = self.format(params)?;
        let about = (
            format,
            &self.reader,
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
        self.answer_of(params, tag, view, None, table).await
    }

    /// The same of an answer whose span may be the default one: a file is named for it.
    pub async fn answer_of<T: Serialize>(
        &self,
        params: &Params,
        tag: &str,
        view: &T,
        span: Option<DayRange>,
        table: impl FnOnce(Lang) -> Table,
    ) -> ApiResult<Response> {
        let format = self.format(params)?;
        if format == Format::Json {
            return Ok(tagged(axum::Json(view).into_response(), tag));
        }
        let table = table(params.lang).about(self.covers(params, span));
        let response = negotiation::file(format, table).await?;
        Ok(tagged(response, tag))
    }

    /// What a file covers, for its name: the unit, the filters, the span.
    fn covers(&self, params: &Params, span: Option<DayRange>) -> Vec<String> {
        let unit = self.uri.path().split('/').filter(|it| CreditCode::parse(it).is_ok());
        let filters = ["region", "industry", "class", "energy", "units", "item", "basis"];
        let days = span.map(|it| [it.from().to_string(), it.to().to_string()]);
        let is_named = days.is_none();
        let named = ["period", "from", "to"].into_iter().filter(|_| is_named);
        let words = filters.into_iter().chain(named).filter_map(|it| params.text(it));
        let words = unit.chain(words).map(|it| it.chars().take(LONGEST_WORD).collect());
        words.chain(days.into_iter().flatten()).collect()
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
        HeaderValue::from_static("accept, accept-language, accept-encoding, authorization, cookie"),
    );
    response
}
