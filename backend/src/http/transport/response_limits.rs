//! Limits answers that cost memory: the number of files made at once, and the bytes of large answers that wait to be
//! sent, in all and for one client. A request beyond a limit waits for its turn, and is then answered 503.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use nengce_shared::problem::ProblemCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::address_quota::{AddressQuota, QuotaShare};
use crate::config::Config;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;

/// How long a file waits for its turn.
const TURN_TIMEOUT: Duration = Duration::from_secs(60);
/// Bodies of fewer bytes are not counted.
const SMALL_BODY_BYTES: usize = 64 << 10;
/// Bytes of one permit.
const PERMIT_BYTES: usize = 1_024;

pub struct ResponseLimits {
    turns: Arc<Semaphore>,
    turns_of_client: Arc<AddressQuota>,
    permits: Arc<Semaphore>,
    most_permits: usize,
    bytes_of_client: Arc<AddressQuota>,
}

impl ResponseLimits {
    pub fn of(config: &Config) -> Self {
        let most_permits = (config.max_answer_bytes_in_flight / PERMIT_BYTES).max(1);
        Self {
            turns: Arc::new(Semaphore::new(config.max_exports_at_once.max(1))),
            turns_of_client: AddressQuota::new(config.max_exports_per_address),
            permits: Arc::new(Semaphore::new(most_permits)),
            most_permits,
            bytes_of_client: AddressQuota::new(config.max_answer_bytes_in_flight_per_address),
        }
    }

    /// Waits until this client may have another file made.
    pub async fn turn(&self, address: Option<IpAddr>) -> ApiResult<FileTurn> {
        let own = self.turns_of_client.enter(address).ok_or_else(too_many)?;
        let waited =
            tokio::time::timeout(TURN_TIMEOUT, Arc::clone(&self.turns).acquire_owned()).await;
        let permit = waited.ok().and_then(Result::ok).ok_or_else(too_many)?;
        Ok((own, permit))
    }
}

/// The right to have one file made, until it is dropped.
pub type FileTurn = (QuotaShare, OwnedSemaphorePermit);

/// The path whose handler takes its turn itself, once it has read the body.
const TABLE_FILE: &str = "/api/v1/table-file";

fn too_many() -> ApiError {
    let words = "同时导出的文件过多，请稍后再试 / too many files are made at once, try again later";
    ApiError::new(ProblemCode::Overloaded, words)
}

/// Whether an address or an `Accept` asks for a file, or for the rows of a slice.
fn asks_for_file(uri: &Uri, headers: &HeaderMap) -> bool {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri).map_or(Vec::new(), |it| it.0);
    let by_name = pairs.iter().any(|(name, it)| name == "format" && it.trim() != "json");
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|it| it.to_str().ok());
    let is_file = |it: &str| ["csv", "spreadsheetml", "parquet"].iter().any(|one| it.contains(one));
    by_name || uri.path().ends_with("/slice") || accepted.into_iter().any(is_file)
}

pub async fn limit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // HEAD makes the answer too.
    let is_question = [Method::GET, Method::HEAD].contains(request.method());
    if !path.starts_with("/api/") || !(is_question || path == TABLE_FILE) {
        return next.run(request).await;
    }
    let limits = &state.response_limits;
    let address = state.proxies.client(request.extensions(), request.headers()).proven();
    let mut turn = None;
    if is_question && asks_for_file(request.uri(), request.headers()) {
        match limits.turn(address).await {
            Ok(it) => turn = Some(it),
            Err(error) => return error.into_response(),
        }
    }
    let response = next.run(request).await;
    drop(turn);
    let bytes = response.body().size_hint().exact().and_then(|it| usize::try_from(it).ok());
    let Some(bytes) = bytes.filter(|it| *it >= SMALL_BODY_BYTES) else {
        return response;
    };
    let mut own = limits.bytes_of_client.of(address);
    let permits = bytes.div_ceil(PERMIT_BYTES).min(limits.most_permits);
    let permits = u32::try_from(permits).unwrap_or(u32::MAX);
    let permit = Arc::clone(&limits.permits).try_acquire_many_owned(permits);
    match permit {
        Ok(permit) if own.take(bytes) => {
            // The body's closure owns the share of both limits, so it is given back when the body is sent or dropped.
            let held = (own, permit);
            let mut response = response;
            response.headers_mut().insert(header::CONTENT_LENGTH, bytes.into());
            response.map(|body| Body::new(body.map_frame(move |frame| (&held, frame).1)))
        }
        _ => too_many().into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_however_they_are_asked_for() {
        let none = HeaderMap::new();
        let asks = |uri: &str| asks_for_file(&uri.parse().unwrap(), &none);
        for it in ["/api/v1/units?format=xlsx", "/a?b=1&for%6Dat=%63sv", "/api/v1/slice?x=1"] {
            assert!(asks(it), "{it}");
        }
        assert!(!asks("/api/v1/units") && !asks("/api/v1/units?format=json&q=csv"));
        let csv = HeaderMap::from_iter([(header::ACCEPT, "text/csv, */*".parse().unwrap())]);
        assert!(asks_for_file(&"/api/v1/units".parse().unwrap(), &csv));
    }
}
