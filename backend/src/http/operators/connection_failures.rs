//! `GET /api/v1/connection-failures`: connections that never became a request.

use axum::Json;
use axum::extract::State;
use axum::http::Uri;
use nengce_shared::api::connection_failure::ConnectionFailureList;
use nengce_shared::lang::Lang;

use crate::http::access::auth::Admin;
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::state::AppState;

/// Connections that never became a request: old TLS, certificates, plain HTTP on the port of HTTPS; newest first.
#[utoipa::path(get, path = "/api/v1/connection-failures", tag = "operation",
    responses((status = 200, body = ConnectionFailureList)), security(("admin" = [])))]
pub async fn list_connection_failures(
    State(state): State<AppState>,
    _admin: Admin,
    uri: Uri,
) -> ApiResult<Json<ConnectionFailureList>> {
    Params::read(&uri, &[], Lang::Zh)?;
    Ok(Json(state.gate.failures.list()))
}
