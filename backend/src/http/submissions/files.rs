//! Files in the thread of a finding: each is a step of its own, which both sides see and nobody can take away.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use nengce_shared::api::submission::FindingThread;
use nengce_shared::submission::{Side, ThreadStep};
use serde_json::json;

use super::answers::thread;
use super::finding;
use super::turn::{turn, turn_of_unit};
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::evidence::{check_room, download, read};
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::evidence;
use crate::store::quality::answers::{self, NewStep};

fn subject(finding: u64) -> String {
    format!("finding-{finding}")
}

/// The unit adds a file to the thread: PDF, JPG, PNG, XLSX, DOCX, TXT or CSV. It is kept with the SM3 hash of its content and
/// stays.
#[utoipa::path(post, path = "/api/v1/quality/findings/{finding_id}/files", tag = "submissions",
    params(("finding_id" = u64, Path), ("name" = String, Query, description = "the name of the file")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = FindingThread), (status = 400, description = "the content is of another kind than those, or than the name says"), (status = 404), (status = 409, description = "the files of the finding or the unit are at their limit"), (status = 413, description = "more than evidence_file_bytes")))]
pub async fn add_file(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    request: Request,
) -> ApiResult<Json<FindingThread>> {
    add(&state, &reader, (id, Side::Unit), request).await
}

/// The authority adds a file to the thread.
#[utoipa::path(post, path = "/api/v1/quality/findings/{finding_id}/authority-files", tag = "submissions",
    params(("finding_id" = u64, Path), ("name" = String, Query, description = "the name of the file")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = FindingThread), (status = 400, description = "the content is of another kind than those, or than the name says"), (status = 404), (status = 409, description = "the files of the finding or the unit are at their limit"), (status = 413, description = "more than evidence_file_bytes")))]
pub async fn add_authority_file(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    request: Request,
) -> ApiResult<Json<FindingThread>> {
    add(&state, &reader, (id, Side::Authority), request).await
}

async fn add(
    state: &AppState,
    reader: &Reader,
    (id, side): (u64, Side),
    request: Request,
) -> ApiResult<Json<FindingThread>> {
    let unit_id = finding(state, reader, id).await?.unit_id;
    let file = read(state, reader, (unit_id, subject(id)), request).await?;
    let _turn = match side {
        Side::Unit => turn_of_unit(state, reader, unit_id).await?,
        _ => turn(state).await,
    };
    check_room(state, &file).await?;
    let now = state.clock.now();
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        let number = evidence::insert(write.conn, &file, now)?;
        let step = NewStep {
            file_id: Some(number),
            ..NewStep::new(side, &file.added_by, ThreadStep::File, String::new())
        };
        answers::add_step(write.conn, id, &step, now)?;
        write.note_change(ChangeNote {
            object: id.to_string(),
            ..ChangeNote::after(
                json!({"file": file.name, "bytes": file.content.len(), "sm3": file.sm3}),
            )
        });
        Ok(())
    };
    state.store.write(write).await?;
    thread(state, reader, id).await
}

/// A file of the thread, to be saved.
#[utoipa::path(get, path = "/api/v1/quality/findings/{finding_id}/files/{file_id}", tag = "submissions",
    params(("finding_id" = u64, Path), ("file_id" = i32, Path)),
    responses((status = 200, description = "the file"), (status = 404)))]
pub async fn get_file(
    State(state): State<AppState>,
    reader: Reader,
    Path((id, file)): Path<(u64, i32)>,
) -> ApiResult<Response> {
    finding(&state, &reader, id).await?;
    let ask = move |conn: &_| evidence::content(conn, &subject(id), file);
    let found = state.store.read(ask).await?;
    found.map(download).ok_or_else(|| ApiError::missing("文件", "file", &file.to_string()))
}
