//! `POST /api/v1/bulk/readings`: readings of many units from an industry system. The body is written to disk first,
//! then checked and committed in pieces even if the client disconnects. The same idempotency key and body get the same
//! answer again.

use std::sync::{Arc, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use nengce_messages::Problem;
use nengce_shared::api::bulk::TokenRow;
use nengce_shared::api::imports::ImportMapping;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use super::bulk_commit::{self, Upload};
use crate::clock;
use crate::http::access::auth;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::http::state::bulk_uploads::{BodyFile, RunningUpload};
use crate::http::terminal::registration::register::random_id;
use crate::http::transport::body_size;
use crate::import::mapping;
use crate::import::readings::bulk::Format;
use crate::panics;
use crate::store::audit::scope;
use crate::store::imports::bulk_uploads::{self, BulkUploadQuery, StoredBulkUpload};

const KEY_HEADER: &str = "idempotency-key";
/// Letters of an idempotency key, at most.
const KEY_LENGTH: usize = 200;

/// The answer that refuses the whole upload, in the protocol's shape with the code's own status.
pub fn refused(problem: &Problem) -> Response {
    let reason = problem.reason(Lang::Zh);
    let error = json!({"field": problem.field, "code": problem.code, "reason": reason,
                       "reasonEn": problem.reason(Lang::En)});
    let body = json!({"responseCode": "1", "responseMessage": reason, "errors": [error]});
    let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = (status, axum::Json(body)).into_response();
    if matches!(status.as_u16(), 409 | 503) && problem.code != ProblemCode::IdempotencyKeyReused {
        let soon = header::HeaderValue::from_static("5");
        response.headers_mut().insert(header::RETRY_AFTER, soon);
    }
    response
}

fn of_problem(error: &ApiError) -> Response {
    let detail = error.0.detail.clone().unwrap_or_default();
    refused(&Problem::new("", error.0.code, detail))
}

/// Every good row is stored, each bad one is answered and kept in the result.
#[utoipa::path(post, path = "/api/v1/bulk/readings", tag = "bulk",
    request_body(content = String, content_type = "application/x-ndjson", description = "enterpriseCode, dataCode, statType, statDate, dataValue, inputType, valid, scope by row; also text/csv, application/vnd.apache.parquet, application/vnd.apache.arrow.stream or .file; text may be gzip"),
    params(("stamps" = Option<String>, Query, description = "start (default) or end: what statDate names of its period"),
           ("interval" = Option<String>, Query, description = "with stamps=end: length of real-time intervals, 15m, 1h"),
           ("Idempotency-Key" = Option<String>, Header, description = "the same key with the same body gets the same answer, or goes on where a cut upload ended")),
    responses((status = 200, description = "responseCode \"0\", or \"1\" with errors[]; counts, and the address of the result"),
              (status = 401), (status = 403), (status = 409, description = "the key was used for another body, or the upload is under way"),
              (status = 413), (status = 415), (status = 422), (status = 503)), security(("system" = [])))]
pub async fn upload_readings(State(state): State<AppState>, request: Request) -> Response {
    match receive(&state, request).await {
        Ok(response) => response,
        Err(refusal) => refusal,
    }
}

#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once per refused upload"
)]
fn headers_of(headers: &HeaderMap) -> Result<(Format, bool, Option<String>), Response> {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    let content_type = text("content-type").unwrap_or_default();
    let format = Format::of(content_type).ok_or_else(|| {
        let words = "application/x-ndjson, text/csv, application/vnd.apache.parquet, \
                     application/vnd.apache.arrow.stream";
        refused(
            &Problem::new("Content-Type", ProblemCode::MediaTypeUnsupported, content_type)
                .hint(words, words),
        )
    })?;
    let gzip = match text("content-encoding").map(str::trim) {
        None | Some("" | "identity") => false,
        Some("gzip" | "x-gzip") if format.is_text() => true,
        Some(other) => {
            let code = ProblemCode::BodyEncodingUnsupported;
            return Err(refused(
                &Problem::new("Content-Encoding", code, other)
                    .hint("文本可用 gzip", "gzip is accepted for text"),
            ));
        }
    };
    let key = match headers.get(KEY_HEADER) {
        None => None,
        Some(value) => {
            let good = value.to_str().ok().filter(|it| !it.is_empty() && it.len() <= KEY_LENGTH);
            let good = good.ok_or_else(|| {
                refused(
                    &Problem::new("Idempotency-Key", ProblemCode::IdempotencyKeyInvalid, "").hint(
                        format!("1–{KEY_LENGTH} 个 ASCII 字符"),
                        format!("1–{KEY_LENGTH} ASCII characters"),
                    ),
                )
            })?;
            Some(good.to_owned())
        }
    };
    Ok((format, gzip, key))
}

async fn receive(state: &AppState, request: Request) -> Result<Response, Response> {
    let system = auth::system(state, request.headers(), request.extensions())
        .await
        .map_err(|it| of_problem(&it))?;
    let (format, gzip, key) = headers_of(request.headers())?;
    let ends = ends(request.uri()).map_err(|it| of_problem(&it))?;
    let content_type = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default()
        .chars()
        .take(KEY_LENGTH)
        .collect();
    let turn = Arc::clone(&state.bulk.turns).try_acquire_owned();
    let turn = turn.map_err(|_| refused(&Problem::new("", ProblemCode::Overloaded, "")))?;
    let body = spool(state, request).await?;
    let begun = begin(state, &system, key, &body.digest, content_type).await?;
    let (running, skip) = match begun {
        Begun::Answered(it) => return Ok(again(&it)),
        Begun::Running(id) => {
            let found = id.to_string();
            return Err(refused(&Problem::new("", ProblemCode::UploadRunning, found)));
        }
        Begun::OtherBody => {
            return Err(refused(
                &Problem::new("Idempotency-Key", ProblemCode::IdempotencyKeyReused, "").hint(
                    "换一个键，或重发原内容",
                    "take another key, or send the first body again",
                ),
            ));
        }
        Begun::Mine { running, skip } => (running, skip),
    };
    let upload = Upload { id: running.id, skip, system, format, gzip, ends };
    // Whoever asked may be gone before it is done; the upload is not.
    let state = state.clone();
    let scope = scope::current();
    let work = tokio::spawn(panics::within(panics::BULK, async move {
        let done = scope::within(scope, bulk_commit::run(&state, upload, &body.path)).await;
        drop((body, running, turn));
        done
    }));
    match work.await {
        Ok(Ok(answer)) => Ok(axum::Json(answer).into_response()),
        Ok(Err(error)) => Err(of_problem(&error)),
        Err(error) => Err(of_problem(&ApiError::internal(error))),
    }
}

/// What the query says of the rows' stamps.
fn ends(uri: &axum::http::Uri) -> ApiResult<Option<i64>> {
    let params = Params::read(uri, &["stamps", "interval"], Lang::Zh)?;
    let text = |name: &str| params.text(name).map(str::to_owned);
    let said = ImportMapping {
        stamps: text("stamps"),
        interval: text("interval"),
        ..ImportMapping::of_kind("records")
    };
    mapping::ends(&said).map_err(|it| ApiError::parameter(it.part, it.reason))
}

fn again(kept: &StoredBulkUpload) -> Response {
    let answer = kept.answer.clone().unwrap_or_default();
    let headers = [("content-type", "application/json"), ("idempotency-replayed", "true")];
    (headers, answer).into_response()
}

/// Writes the body to disk, hashing it on the way.
async fn spool(state: &AppState, request: Request) -> Result<BodyFile, Response> {
    let limit = state.config.max_bulk_bytes;
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "the body of an upload could not be kept");
        refused(&Problem::new("body", ProblemCode::StoreUnavailable, ""))
    };
    let request = body_size::declared(request, limit, "max_bulk_bytes")
        .await
        .map_err(|error| of_problem(&error))?;
    let folder = &state.bulk.folder;
    tokio::fs::create_dir_all(folder).await.map_err(|error| failed(&error))?;
    let path = folder.join(random_id());
    let mut file = tokio::fs::File::create(&path).await.map_err(|error| failed(&error))?;
    let mut spooled = BodyFile { path, digest: String::new() };
    let mut digest = Sha256::new();
    let mut length = 0u64;
    let mut body = request.into_body().into_data_stream();
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|_| {
            refused(
                &Problem::new("body", ProblemCode::BodyEncodingBroken, "")
                    .hint("报文传输中断", "the body broke off"),
            )
        })?;
        length += piece.len() as u64;
        if length > limit {
            return Err(refused(&Problem::new("body", ProblemCode::BodyTooLarge, "").hint(
                format!("上限 {limit} 字节，分批发送"),
                format!("at most {limit} bytes; send it in parts"),
            )));
        }
        digest.update(&piece);
        file.write_all(&piece).await.map_err(|error| failed(&error))?;
    }
    file.flush().await.map_err(|error| failed(&error))?;
    metrics::counter!("nengce_upload_bytes_total").increment(length);
    spooled.digest = const_hex::encode(digest.finalize());
    Ok(spooled)
}

enum Begun {
    /// The upload is this request's; so many rows are done already.
    Mine {
        running: RunningUpload,
        skip: u32,
    },
    Answered(Box<StoredBulkUpload>),
    Running(i32),
    OtherBody,
}

/// Finds the upload of this key, or begins one; the writer's thread sees requests one after the other.
async fn begin(
    state: &AppState,
    system: &TokenRow,
    key: Option<String>,
    digest: &str,
    content_type: String,
) -> Result<Begun, Response> {
    let (sent_by, digest) = (system.name.clone(), digest.to_owned());
    let at = clock::text(state.clock.now());
    let all = Arc::clone(&state.bulk.running);
    let found = state.store.write(move |write| {
        let running = |id| RunningUpload { running: Arc::clone(&all), id };
        let mut live = all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = &key {
            let wanted = BulkUploadQuery {
                sent_by: sent_by.clone(),
                key: key.clone(),
                ..BulkUploadQuery::default()
            };
            if let Some(kept) = bulk_uploads::find(write.conn, &wanted)?.pop() {
                let id = i32::try_from(kept.view.bulk_id).unwrap_or(0);
                let skip = u32::try_from(kept.view.rows).unwrap_or(u32::MAX);
                return Ok(match () {
                    () if kept.digest != digest => Begun::OtherBody,
                    () if kept.answer.is_some() => Begun::Answered(Box::new(kept)),
                    () if !live.insert(id) => Begun::Running(id),
                    () => Begun::Mine { running: running(id), skip },
                });
            }
        }
        let conn = write.conn;
        let id = bulk_uploads::begin(conn, &sent_by, key.as_deref(), &digest, &content_type, &at)?;
        live.insert(id);
        Ok(Begun::Mine { running: running(id), skip: 0 })
    });
    found.await.map_err(|it| of_problem(&ApiError::from(it)))
}
