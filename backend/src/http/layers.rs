//! The layers around every route: bounds of requests and answers, headers, compression, the log.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{from_fn, from_fn_with_state, map_response, map_response_with_state};
use nengce_shared::mask::mask_within;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::trace::TraceLayer;

use super::access::session;
use super::audit;
use super::content::problem;
use super::host_header;
use super::request_id;
use super::state::AppState;
use super::transport::client_certificate::{self, ForwardedCertificate};
use super::transport::{body_size, body_timeout, response_limits, security_headers};

const SIGN_IN_PAGE: &str = "/sign-in";

/// The log's entry of a request, with the ids of devices in its address masked.
fn span(request: &Request) -> tracing::Span {
    let uri = request.uri();
    // The sign-in provider writes its one-time code into the query of this page.
    let uri = if uri.path() == SIGN_IN_PAGE { uri.path().to_owned() } else { uri.to_string() };
    let address = mask_within(&uri, |_| true);
    let id = request_id::of(request.extensions());
    tracing::info_span!("request", id, method = %request.method(), uri = %address)
}

/// Short answers are sent as they are, because some terminals ask for gzip and cannot read it.
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new().and(SizeAbove::new(1_024))
}

pub(super) fn layered(router: Router<AppState>, state: AppState) -> anyhow::Result<Router> {
    let router = router
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(from_fn_with_state(state.clone(), audit::record))
        .layer(from_fn_with_state(state.clone(), body_size::limit))
        .layer(DefaultBodyLimit::max(state.config.max_small_body_bytes))
        .layer(from_fn_with_state(state.clone(), body_timeout::limit))
        .layer(from_fn_with_state(state.clone(), response_limits::limit))
        .layer(from_fn_with_state(state.clone(), session::check_origin));
    let router = match ForwardedCertificate::of(&state.config, &state.proxies)? {
        Some(forwarded) => router.layer(from_fn_with_state(forwarded, client_certificate::read)),
        None => router,
    };
    Ok(router
        .layer(from_fn(host_header::check))
        .layer(map_response(problem::of_plain_error))
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(map_response_with_state(state.clone(), security_headers::add))
        // A failure is logged where it happens; a line for each refused request would fill the log.
        .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
        .layer(from_fn(request_id::give))
        .with_state(state))
}
