//! `GET /api/v1/cube`: the facts themselves, for a client that filters and groups with `nengce_analysis::cube`.

use axum::extract::State;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use nengce_analysis::cube::{Level, MEDIA_TYPE};
use nengce_shared::period::{DayRange, Grain};
use nengce_shared::problem::Problem;

use super::cubes::Wanted;
use super::{City, ViewRequest, parameters};
use crate::http::content::etag;
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::state::AppState;

pub const KNOWN: [&str; 4] = ["grain", "level", "from", "to"];

/// What one row of the answer stands for.
const LEVEL: HeaderName = HeaderName::from_static("x-nengce-level");

/// Days of a window that is not named.
const DAYS: i64 = 91;

/// The facts of the city as one encoded cube: all months, or the days of a span, by unit or, when units are too
/// many, by district, industry and class; `x-nengce-level` and the cube itself say which. The ETag is strong.
#[utoipa::path(get, path = "/api/v1/cube", tag = "views",
    params(
        ("grain" = Option<String>, Query, description = "month (default) or day"),
        ("level" = Option<String>, Query, description = "unit or industry_region; as coarse as needed by itself"),
        ("from" = Option<String>, Query, description = "first day: YYYY, YYYY-MM or YYYY-MM-DD; default all months, or the last 91 days"),
        ("to" = Option<String>, Query, description = "last day, included"),
        ("lang" = Option<String>, Query, description = "zh (default) or en: words of errors"),
    ),
    responses(
        (status = 200, description = "an encoded cube, format 1", content_type = "application/vnd.nengce.cube", body = [u8]),
        (status = 304, description = "If-None-Match holds the answer"),
        (status = 400, description = "a parameter is unknown or not valid, or the span holds too many cells", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn get_cube(
    State(state): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let words = ["month", "day"];
    let by_day = grain(&params, &words)? == Grain::Day;
    let levels: Vec<&str> = Level::ALL.iter().map(|it| it.as_str()).collect();
    let level = params.one_of("level", &levels, Level::parse)?;
    let city = state.snapshots.city(&state).await?;
    let named = params.text("from").or(params.text("to")).is_some();
    let span = if by_day || named { Some(parameters::days(&params, window(&city))?) } else { None };
    let brotli = accepts_brotli(&headers);
    let about = (&city.catalog.dic_version, city.snapshot.today.to_string(), brotli);
    let question = uri.path_and_query().map_or("", |it| it.as_str());
    let tag = etag::tag(city.snapshot.version, &about, question);
    let mut response = if etag::is_current(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let wanted = Wanted { by_day, span, level };
        let sent = state.cubes.sent(&state, &city, wanted).await?;
        let body = if brotli { &sent.brotli } else { &sent.plain };
        let mut response = body.clone().into_response();
        let put = response.headers_mut();
        put.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if brotli {
            put.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        put.insert(LEVEL, HeaderValue::from_static(sent.level.as_str()));
        response
    };
    let put = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        put.insert(ETAG, tag);
    }
    put.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    put.insert(VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}

/// Months unless days are asked for.
pub fn grain(params: &Params, words: &[&str]) -> ApiResult<Grain> {
    let parse = |word: &str| Grain::parse(word).filter(|_| words.contains(&word));
    Ok(params.one_of("grain", words, parse)?.unwrap_or(Grain::Month))
}

/// The newest days of the data.
pub fn window(city: &City) -> DayRange {
    let last = city.snapshot.data_until.unwrap_or(city.snapshot.today);
    DayRange::between(last.saturating_sub(jiff::Span::new().days(DAYS - 1)), last)
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let all = headers.get_all(ACCEPT_ENCODING).iter();
    all.filter_map(|it| it.to_str().ok()).flat_map(|it| it.split(',')).any(|it| {
        let mut parts = it.split(';').map(str::trim);
        parts.next() == Some("br") && parts.all(|it| it != "q=0" && it != "q=0.0")
    })
}
