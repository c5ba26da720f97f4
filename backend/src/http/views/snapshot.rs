//! `GET /api/v1/snapshot` and its days: the facts themselves, for a client that derives the views with `nengce_analysis`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use nengce_analysis::codec::{DELTA_MEDIA_TYPE, MEDIA_TYPE};
use nengce_analysis::cube::{self, Level};
use nengce_shared::period::{DayRange, Grain};
use nengce_shared::problem::Problem;

use super::cube_cache::CubeKey;
use super::{City, ViewRequest, parameters};
use crate::http::access::reader::Reader;
use crate::http::content::etag;
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::state::AppState;

/// Parameters of the snapshot.
pub const KNOWN: [&str; 2] = ["level", "since"];

/// Parameters of its days.
pub const KNOWN_OF_DAYS: [&str; 4] = ["level", "since", "from", "to"];

/// What one unit of the answer stands for.
const LEVEL: HeaderName = HeaderName::from_static("x-nengce-level");

/// Days of a window that is not named.
const DAYS: i64 = 91;

/// All that a client needs to derive the views by itself: the months, units, targets, economy, products and names of one
/// data version, by unit or, when units are too many, by district, industry and class; `x-nengce-level` says which. The
/// ETag is strong. With `since` the answer is a delta (`application/vnd.nengce.snapshot-delta`) where the server still
/// holds that version, and else the whole.
#[utoipa::path(get, path = "/api/v1/snapshot", tag = "views",
    params(
        ("level" = Option<String>, Query, description = "unit or industry_region; as coarse as needed by itself"),
        ("since" = Option<u64>, Query, description = "data version of the snapshot that the client holds; only what changed since is sent"),
        ("lang" = Option<String>, Query, description = "zh (default) or en: words of errors"),
    ),
    responses(
        (status = 200, description = "an encoded snapshot, format 2, or a delta", content(([u8] = "application/vnd.nengce.snapshot"), ([u8] = "application/vnd.nengce.snapshot-delta"))),
        (status = 304, description = "If-None-Match holds the answer"),
        (status = 400, description = "a parameter is unknown or not valid, or there are too many cells", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn get_snapshot(
    State(state): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let wanted = (CubeKey { days: None, level: level(&params)? }, since(&params)?);
    let city = request.city(&state).await?;
    answer(&state, &city, (&uri, &headers, &request.reader), wanted, MEDIA_TYPE).await
}

/// The days of a span, for months that a query covers in part: energy and points by unit and energy type. `since` as of the
/// snapshot.
#[utoipa::path(get, path = "/api/v1/snapshot/days", tag = "views",
    params(
        ("level" = Option<String>, Query, description = "unit or industry_region; as coarse as needed by itself"),
        ("since" = Option<u64>, Query, description = "data version of the days that the client holds; only what changed since is sent"),
        ("from" = Option<String>, Query, description = "first day: YYYY, YYYY-MM or YYYY-MM-DD; default the last 91 days"),
        ("to" = Option<String>, Query, description = "last day, included"),
        ("lang" = Option<String>, Query, description = "zh (default) or en: words of errors"),
    ),
    responses(
        (status = 200, description = "an encoded cube, format 1, or a delta", content(([u8] = "application/vnd.nengce.cube"), ([u8] = "application/vnd.nengce.snapshot-delta"))),
        (status = 304, description = "If-None-Match holds the answer"),
        (status = 400, description = "a parameter is unknown or not valid, or the span holds too many cells", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn get_days(
    State(state): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN_OF_DAYS)?;
    let (level, since) = (level(&params)?, since(&params)?);
    let city = request.city(&state).await?;
    let days = Some(parameters::days(&params, window(&city))?);
    let wanted = (CubeKey { days, level }, since);
    answer(&state, &city, (&uri, &headers, &request.reader), wanted, cube::MEDIA_TYPE).await
}

fn level(params: &Params) -> ApiResult<Option<Level>> {
    let words: Vec<&str> = Level::ALL.iter().map(|it| it.as_str()).collect();
    Ok(params.one_of("level", &words, Level::parse)?)
}

/// The data version of what the client holds.
fn since(params: &Params) -> ApiResult<Option<u64>> {
    let Some(text) = params.text("since") else { return Ok(None) };
    let version = text.parse::<i64>().ok().and_then(|it| u64::try_from(it).ok());
    version.map(Some).ok_or_else(|| params.refuse("since", text, "0, 1, 2, …").into())
}

/// The encoded bytes, packed where the client reads that, unless it holds them already.
async fn answer(
    state: &AppState,
    city: &Arc<City>,
    (uri, headers, reader): (&Uri, &HeaderMap, &Reader),
    (wanted, since): (CubeKey, Option<u64>),
    media_type: &'static str,
) -> ApiResult<Response> {
    let is_packed = accepts_brotli(headers);
    let snapshot = city.snapshot();
    let about = (&city.system.dic_version, snapshot.today.to_string(), is_packed, reader);
    let path = uri.path_and_query().map_or("", |it| it.as_str());
    let tag = etag::tag(snapshot.version, &about, path);
    let mut response = if etag::is_current(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let scope = &reader.scope;
        let whole = state.cubes.encoded(state, city, wanted, scope).await?;
        let delta = state.cubes.delta(city, wanted, scope, (since, &whole)).await?;
        let media_type = if delta.is_some() { DELTA_MEDIA_TYPE } else { media_type };
        let encoded = delta.unwrap_or(whole);
        let body = if is_packed { &encoded.brotli } else { &encoded.plain };
        let mut response = body.clone().into_response();
        let put = response.headers_mut();
        put.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        if is_packed {
            put.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        put.insert(LEVEL, HeaderValue::from_static(encoded.level.as_str()));
        response
    };
    let put = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        put.insert(ETAG, tag);
    }
    put.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    put.insert(VARY, HeaderValue::from_static("accept-encoding, authorization, cookie"));
    Ok(response)
}

/// Months unless days are asked for.
pub fn grain(params: &Params, words: &[&str]) -> ApiResult<Grain> {
    let parse = |word: &str| Grain::parse(word).filter(|_| words.contains(&word));
    Ok(params.one_of("grain", words, parse)?.unwrap_or(Grain::Month))
}

/// The newest days of the data.
pub fn window(city: &City) -> DayRange {
    let last = city.snapshot().data_until.unwrap_or(city.snapshot().today);
    DayRange::between(last.saturating_sub(jiff::Span::new().days(DAYS - 1)), last)
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let all = headers.get_all(ACCEPT_ENCODING).iter();
    all.filter_map(|it| it.to_str().ok()).flat_map(|it| it.split(',')).any(|encoding| {
        let mut parts = encoding.split(';').map(str::trim);
        parts.next() == Some("br") && parts.all(|it| it != "q=0" && it != "q=0.0")
    })
}
