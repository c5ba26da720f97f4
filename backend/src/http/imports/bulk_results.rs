//! `GET /api/v1/bulk…`: uploads of industry systems, their progress, and the outcome of every row.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Path, State};
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::Response;
use futures_util::{StreamExt, stream};
use nengce_shared::api::bulk::{BulkList, BulkUpload};
use nengce_shared::api::common::PageInfo;
use nengce_shared::lang::Lang;
use serde_json::json;

use crate::http::access::auth::{self, Identity};
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::{CSV, Column, Table};
use crate::http::state::AppState;
use crate::store::StoreError;
use crate::store::imports::bulk_uploads::{self, BulkUploadQuery, RowResult, StoredBulkUpload};

const NDJSON: &str = "application/x-ndjson";

/// Rows of a result that are read at a time.
const ROWS_PER_READ: u32 = 4_000;

/// Who may see uploads: an administrator all, an industry system its own.
pub struct Viewer {
    /// Empty: all.
    sent_by: String,
}

impl FromRequestParts<AppState> for Viewer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        match auth::identify(state, &parts.headers, &parts.extensions).await? {
            Identity::Admin(_) => Ok(Self { sent_by: String::new() }),
            Identity::System(it) => Ok(Self { sent_by: it.name }),
            Identity::Account(_) | Identity::Monitoring => Err(auth::refusal(true)),
            Identity::Nobody { has_token } => Err(auth::refusal(has_token)),
        }
    }
}

fn view(state: &AppState, kept: StoredBulkUpload) -> BulkUpload {
    let mut view = kept.view;
    let id = i32::try_from(view.bulk_id).unwrap_or(0);
    if view.state == "running" && !state.bulk.is_running(id) {
        view.state = "interrupted".to_owned();
    }
    view
}

async fn one(state: &AppState, viewer: Viewer, id: i32) -> ApiResult<BulkUpload> {
    let wanted = BulkUploadQuery { sent_by: viewer.sent_by, id, ..BulkUploadQuery::default() };
    let found = state.store.read(move |conn| bulk_uploads::find(conn, &wanted)).await?;
    let kept = found.into_iter().next().filter(|_| id > 0);
    let kept = kept.ok_or_else(|| ApiError::missing("上报", "upload", &id.to_string()))?;
    Ok(view(state, kept))
}

const COLUMNS: [Column<BulkUpload>; 11] = [
    Column::new("编号", "Number", |it, _| (it.bulk_id as f64).into()),
    Column::new("来源", "Sent by", |it, _| it.sent_by.as_str().into()),
    Column::new("接收时间", "Received", |it, _| it.received_at.as_str().into()),
    Column::new("完成时间", "Finished", |it, _| it.finished_at.clone().into()),
    Column::new("状态", "State", |it, _| it.state.as_str().into()),
    Column::new("行数", "Rows", |it, _| (it.rows as f64).into()),
    Column::new("入库", "Stored", |it, _| (it.stored as f64).into()),
    Column::new("未变", "Unchanged", |it, _| (it.unchanged as f64).into()),
    Column::new("替换", "Replaced", |it, _| (it.replaced as f64).into()),
    Column::new("待审", "Waiting for approval", |it, _| (it.awaiting_approval as f64).into()),
    Column::new("拒收", "Rejected", |it, _| (it.rejected as f64).into()),
];

/// Newest first; an industry system sees its own.
#[utoipa::path(get, path = "/api/v1/bulk", tag = "bulk",
    params(("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = BulkList), (status = 401)), security(("admin" = []), ("system" = [])))]
pub async fn list_bulk(
    State(state): State<AppState>,
    viewer: Viewer,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["limit", "cursor"])?;
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let before = paging::after(&params, i32::MAX)?;
    let wanted =
        BulkUploadQuery { sent_by: viewer.sent_by, before, limit, ..BulkUploadQuery::default() };
    let (found, total) = state
        .store
        .read(move |conn| {
            let total = bulk_uploads::count(conn, &wanted.sent_by)?;
            Ok((bulk_uploads::find(conn, &wanted)?, total))
        })
        .await?;
    let rows: Vec<BulkUpload> = found.into_iter().map(|it| view(&state, it)).collect();
    let next = (rows.len() as u64 >= u64::from(limit))
        .then(|| rows.last().map(|it| paging::encode(&[&it.bulk_id.to_string()])))
        .flatten();
    let body = BulkList { rows, page: PageInfo { total, next } };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("bulk-uploads", &body.rows, &COLUMNS, params.lang)
    })
    .await
}

/// One upload and how far it is.
#[utoipa::path(get, path = "/api/v1/bulk/{bulk_id}", tag = "bulk", params(("bulk_id" = i32, Path)),
    responses((status = 200, body = BulkUpload), (status = 401), (status = 404)), security(("admin" = []), ("system" = [])))]
pub async fn get_bulk(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<i32>,
) -> ApiResult<Json<BulkUpload>> {
    Ok(Json(one(&state, viewer, id).await?))
}

/// Every row: its number, what became of it, and where it was refused the field, code and reason.
#[utoipa::path(get, path = "/api/v1/bulk/{bulk_id}/result", tag = "bulk",
    params(("bulk_id" = i32, Path), ("format" = Option<String>, Query, description = "ndjson (default) or csv")),
    responses((status = 200, content_type = "application/x-ndjson", description = "row, outcome (stored, unchanged, replaced, awaiting_approval or rejected), field, code, reason_zh, reason_en"),
              (status = 401), (status = 404)), security(("admin" = []), ("system" = [])))]
pub async fn get_result(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<i32>,
    uri: Uri,
) -> ApiResult<Response> {
    let params = Params::read(&uri, &[], Lang::Zh)?;
    let as_csv = match params.text("format") {
        None | Some("ndjson") => false,
        Some("csv") => true,
        Some(other) => return Err(params.refuse("format", other, "ndjson, csv").into()),
    };
    let rows = u32::try_from(one(&state, viewer, id).await?.rows).unwrap_or(u32::MAX);
    let pieces = stream::unfold(0u32, move |after| {
        let state = state.clone();
        async move {
            if after >= rows && after > 0 {
                return None;
            }
            let to = after.saturating_add(ROWS_PER_READ).min(rows.max(1));
            let piece =
                state.store.read(move |conn| bulk_uploads::results(conn, id, after, to)).await;
            Some((piece.and_then(|it| text(&it, as_csv, after == 0)), to))
        }
    });
    // The compression asks once more after the end.
    let (media, extension) = if as_csv { (CSV, "csv") } else { (NDJSON, "ndjson") };
    let name = format!("bulk-{id}-result.{extension}");
    Ok(negotiation::attachment(Body::from_stream(pieces.fuse()), media, &name))
}

const RESULT_COLUMNS: [&str; 6] = ["row", "outcome", "field", "code", "reason_zh", "reason_en"];

fn text(rows: &[RowResult], as_csv: bool, first: bool) -> Result<Bytes, StoreError> {
    let broken = |error: &dyn std::fmt::Display| StoreError::Unavailable(error.to_string());
    if !as_csv {
        let mut lines = String::new();
        for it in rows {
            let line = match &it.problem {
                Some(why) => json!({"row": it.row, "outcome": it.outcome, "field": why.field,
                    "code": why.code, "reason_zh": why.reason_zh, "reason_en": why.reason_en}),
                None => json!({"row": it.row, "outcome": it.outcome}),
            };
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
        return Ok(lines.into());
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    if first {
        writer.write_record(RESULT_COLUMNS).map_err(|it| broken(&it))?;
    }
    for it in rows {
        let row = it.row.to_string();
        let why = it.problem.as_ref();
        let part =
            |part: fn(&bulk_uploads::RowProblem) -> &String| why.map_or("", |it| part(it).as_str());
        let cells = [
            row.as_str(),
            it.outcome,
            part(|it| &it.field),
            part(|it| &it.code),
            part(|it| &it.reason_zh),
            part(|it| &it.reason_en),
        ];
        writer.write_record(cells).map_err(|it| broken(&it))?;
    }
    writer.into_inner().map(Bytes::from).map_err(|it| broken(&it))
}
