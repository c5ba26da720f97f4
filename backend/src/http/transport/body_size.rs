//! Refuses bodies whose declared length is too large, before a byte of them is kept.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nengce_shared::problem::ProblemCode;

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;

/// What is read of a refused body before the answer, at most: a peer that is still sending would not hear it.
const MOST_BYTES_DRAINED: u64 = 8 << 20;
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);

/// Paths of the API whose posted bodies have limits of their own.
const LARGE_BODY_PATHS: [&str; 2] = ["/api/v1/imports/", "/api/v1/bulk/readings"];
/// Findings, whose files have a limit of their own.
const FINDINGS: &str = "/api/v1/quality/findings/";
/// Paths that are no terminal's: terminals are refused in the protocol's shape where their messages are read.
const NO_TERMINAL_PATHS: [&str; 4] = ["/api/", "/healthz", "/readyz", "/metrics"];

/// Refuses what says that it is larger than every small body may be, whether the handler reads bodies or not.
pub async fn limit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let starts = |places: &[&str]| places.iter().any(|it| path.starts_with(it));
    let is_post = request.method() == Method::POST;
    if !starts(&NO_TERMINAL_PATHS) || (is_post && starts(&LARGE_BODY_PATHS)) {
        return next.run(request).await;
    }
    let is_file = is_post && path.starts_with(FINDINGS) && path.ends_with("files");
    let (limit, name) = match is_file {
        true => (state.config.evidence_file_bytes, "evidence_file_bytes"),
        false => (state.config.max_small_body_bytes, "max_small_body_bytes"),
    };
    match declared(request, limit as u64, name).await {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// The request again, or the refusal of one whose length is over the limit.
pub async fn declared(request: Request, limit: u64, name: &str) -> ApiResult<Request> {
    let length = request.body().size_hint().lower();
    if length <= limit {
        return Ok(request);
    }
    drain(request.into_body(), length).await;
    Err(too_large(limit, name))
}

pub fn too_large(limit: u64, name: &str) -> ApiError {
    ApiError::new(ProblemCode::BodyTooLarge, format!("{name} = {limit}"))
}

/// Reads on without keeping anything, so that the peer gets to the answer; not for ever.
pub async fn drain(mut body: Body, length: u64) {
    if length > MOST_BYTES_DRAINED {
        return;
    }
    let reading = async {
        let mut seen = 0;
        while seen <= MOST_BYTES_DRAINED
            && let Some(Ok(frame)) =
                poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
        {
            seen += frame.data_ref().map_or(0, |it| it.len() as u64);
        }
    };
    drop(tokio::time::timeout(DRAIN_TIMEOUT, reading).await);
}
