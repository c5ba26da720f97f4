//! `GET /api/v1/connection-failures`: connections that never became a request.

use axum::extract::State;
use axum::response::Response;
use nengce_shared::api::connection_failure::{ConnectionFailure, ConnectionFailureList};

use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;

const COLUMNS: [Column<ConnectionFailure>; 9] = [
    Column::new("地址", "Address", |it, _| it.address.as_str().into()),
    Column::new("监听地址", "Listener", |it, _| it.listener.as_str().into()),
    Column::new("次数", "Count", |it, _| (it.count as f64).into()),
    Column::new("首次", "First", |it, _| it.first_at.as_str().into()),
    Column::new("最近", "Last", |it, _| it.last_at.as_str().into()),
    Column::new("原因", "Reason", |it, lang| it.reason.label(lang).into()),
    Column::new("TLS 版本", "TLS version", |it, _| it.offered_version.clone().into()),
    Column::new("主机名", "Server name", |it, _| it.server_name.clone().into()),
    Column::new("处理办法", "Advice", |it, lang| lang.pick(&it.zh, &it.en).into()),
];

/// Connections that never became a request: old TLS, certificates, plain HTTP on the port of HTTPS; newest first.
#[utoipa::path(get, path = "/api/v1/connection-failures", tag = "operation",
    params(("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = ConnectionFailureList)), security(("admin" = [])))]
pub async fn list_connection_failures(
    State(state): State<AppState>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&[])?;
    let body = state.connections.failures.list();
    negotiation::send(format, &body, || {
        Table::of("connection-failures", &body.rows, &COLUMNS, params.lang)
    })
    .await
}
