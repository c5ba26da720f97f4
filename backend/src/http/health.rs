//! `/healthz` lives, `/readyz` takes uploads, `/metrics` for Prometheus.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::state::AppState;

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200)))]
pub async fn healthz() -> &'static str {
    "ok"
}

/// The store takes uploads; 503 with the reason otherwise.
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200), (status = 503)))]
pub async fn readyz(State(state): State<AppState>) -> Response {
    let failure = state.store.failure();
    let cut = state.store.log_cut();
    let body = axum::Json(json!({
        "ready": failure.is_none(),
        "reason": failure,
        "log_cut": cut,
        "data_version": state.store.data_version(),
        "rollups_behind": state.store.is_behind(),
    }));
    let status = if failure.is_none() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, body).into_response()
}

/// Counters and histograms in the Prometheus text format.
#[utoipa::path(get, path = "/metrics", tag = "health", responses((status = 200, content_type = "text/plain")))]
pub async fn metrics(State(state): State<AppState>) -> Response {
    metrics::gauge!("nengce_rollups_behind").set(f64::from(u8::from(state.store.is_behind())));
    metrics::gauge!("nengce_data_version").set(state.store.data_version() as f64);
    let text = state
        .metrics
        .as_ref()
        .map(|it| it.render())
        .unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
