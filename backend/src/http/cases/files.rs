//! Files of a case: photographs and proofs of both sides. Each is a step that both see and nobody can take away.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use nengce_shared::api::case::CaseDetail;
use nengce_shared::case::CaseActor;
use serde_json::json;

use super::detail::detail;
use super::{find, refused, take};
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::evidence::{check_room, download, read};
use crate::http::state::AppState;
use crate::http::submissions::turn::{turn, turn_of_unit};
use crate::store::audit::scope::ChangeNote;
use crate::store::{cases, evidence};

fn subject(case: u64) -> String {
    format!("case-{case}")
}

/// The authority adds a file: PDF, JPG, PNG, XLSX, DOCX, TXT or CSV, kept with its SM3 hash.
#[utoipa::path(post, path = "/api/v1/cases/{case_id}/files", tag = "inspection",
    params(("case_id" = u64, Path), ("name" = String, Query, description = "the name of the file")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = CaseDetail), (status = 400, description = "the content is of another kind than those, or than the name says"), (status = 404), (status = 409, description = "the files of the case or the unit are at their limit"), (status = 413, description = "more than evidence_file_bytes")))]
pub async fn add_case_file(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    request: Request,
) -> ApiResult<Json<CaseDetail>> {
    add(&state, &reader, (id, CaseActor::Officer), request).await
}

/// The unit adds a file as proof.
#[utoipa::path(post, path = "/api/v1/cases/{case_id}/unit-files", tag = "inspection",
    params(("case_id" = u64, Path), ("name" = String, Query, description = "the name of the file")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = CaseDetail), (status = 400, description = "the content is of another kind than those, or than the name says"), (status = 404), (status = 409, description = "the files of the case or the unit are at their limit"), (status = 413, description = "more than evidence_file_bytes")))]
pub async fn add_unit_file(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    request: Request,
) -> ApiResult<Json<CaseDetail>> {
    add(&state, &reader, (id, CaseActor::Unit), request).await
}

async fn add(
    state: &AppState,
    reader: &Reader,
    (id, actor): (u64, CaseActor),
    request: Request,
) -> ApiResult<Json<CaseDetail>> {
    let unit_id = find(state, reader, id).await?.head.unit_id;
    let file = read(state, reader, (unit_id, subject(id)), request).await?;
    let turn = match actor {
        CaseActor::Unit => turn_of_unit(state, reader, unit_id).await?,
        _ => turn(state).await,
    };
    check_room(state, &file).await?;
    let case = find(state, reader, id).await?;
    let most = state.config.max_case_steps;
    if case.steps.len() >= most as usize {
        return Err(refused(
            &format!("max_case_steps = {most}：本案步骤已满"),
            "the case has as many steps as may be",
        ));
    }
    let now = state.clock.now();
    let step = take::of_file(&case, (&reader.name, actor), now.date());
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        let number = evidence::insert(write.conn, &file, now)?;
        cases::add_step(write.conn, id, &cases::NewStep { file_id: Some(number), ..step }, now)?;
        write.note_change(ChangeNote {
            object: id.to_string(),
            ..ChangeNote::after(
                json!({"file": file.name, "bytes": file.content.len(), "sm3": file.sm3}),
            )
        });
        Ok(())
    };
    state.store.write(write).await?;
    drop(turn);
    detail(state, reader, id).await.map(Json)
}

/// A file of the case, to be saved.
#[utoipa::path(get, path = "/api/v1/cases/{case_id}/files/{file_id}", tag = "inspection",
    params(("case_id" = u64, Path), ("file_id" = i32, Path)),
    responses((status = 200, description = "the file"), (status = 404)))]
pub async fn get_case_file(
    State(state): State<AppState>,
    reader: Reader,
    Path((id, file)): Path<(u64, i32)>,
) -> ApiResult<Response> {
    find(&state, &reader, id).await?;
    let found = state.store.read(move |conn| evidence::content(conn, &subject(id), file)).await?;
    found.map(download).ok_or_else(|| ApiError::missing("文件", "file", &file.to_string()))
}
