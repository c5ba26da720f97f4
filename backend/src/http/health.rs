//! `/healthz` tells that the process answers, `/readyz` whether uploads are taken, and `/metrics` what is counted, for
//! Prometheus. Details of the server are told to those alone who operate it.

use axum::extract::State;
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nengce_shared::access::permission::Permission;
use nengce_shared::lang::Lang;
use serde_json::json;

use crate::http::access::authorisation;
use crate::http::link;
use crate::http::state::AppState;
use crate::panics;
use crate::store::NotReady;

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200)))]
pub async fn healthz() -> &'static str {
    "ok"
}

/// The store takes uploads; 503 with the reason otherwise. Whoever may see the operation is told the details: parts that
/// rest after a panic, the log that was cut, the version of the data.
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200), (status = 503)))]
pub async fn readyz(
    State(state): State<AppState>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Response {
    let why = state.store.not_ready();
    let resting = state.parts.resting();
    let is_deaf = resting.contains(&panics::LISTENER);
    let reason = |lang: Lang| match (&why, is_deaf, lang) {
        (Some(why), ..) => Some(why.reason(lang)),
        (None, true, Lang::Zh) => Some("一个监听端口因内部错误正在重启"),
        (None, true, Lang::En) => Some("a listener starts again after a panic"),
        (None, false, _) => None,
    };
    let ready = why.is_none() && !is_deaf;
    let mut told = json!({
        "ready": ready,
        "reason": reason(Lang::En),
        "reason_zh": reason(Lang::Zh),
        "state": why.as_ref().map_or(if is_deaf { "listener" } else { "ready" }, NotReady::word),
        "rollups_behind": state.store.is_behind(),
    });
    if authorisation::may(&state, Permission::Operation, &headers, &extensions).await {
        told["detail"] = why.as_ref().map(NotReady::detail).into();
        told["resting"] = resting.into();
        told["log_cut"] = json!(state.store.log_cut());
        told["data_version"] = state.store.data_version().into();
    }
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(told)).into_response()
}

/// Counters and histograms in the Prometheus text format.
#[utoipa::path(get, path = "/metrics", tag = "health", responses((status = 200, content_type = "text/plain")))]
pub async fn metrics(State(state): State<AppState>) -> Response {
    state.store.measure();
    link::measure::measure(&state).await;
    metrics::gauge!("nengce_rollups_behind").set(f64::from(u8::from(state.store.is_behind())));
    metrics::gauge!("nengce_data_version").set(state.store.data_version() as f64);
    let text = state.metrics.as_ref().map(|it| it.render()).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
