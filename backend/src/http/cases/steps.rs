//! The steps of each side, and the document that a step would make.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::case::{CaseDetail, CaseStepRequest};
use nengce_shared::api::case_papers::CaseDocument;
use nengce_shared::case::CaseActor;
use nengce_shared::problem::ProblemCode;

use super::detail::detail;
use super::take::{self, Planned};
use super::{acts_as, find};
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::submissions::turn::{turn, turn_of_unit};

/// The officer takes a step, writes a message, or undoes the last step of an officer.
#[utoipa::path(post, path = "/api/v1/cases/{case_id}/steps", tag = "inspection", params(("case_id" = u64, Path)), request_body = CaseStepRequest,
    responses((status = 200, body = CaseDetail), (status = 400), (status = 404), (status = 409, description = "the case may not take this step now")))]
pub async fn take_step(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<CaseStepRequest>,
) -> ApiResult<Json<CaseDetail>> {
    take(&state, &reader, id, CaseActor::Officer, request).await
}

/// Whoever approves opens the case or not, grants more time or not, decides, revokes, gives up.
#[utoipa::path(post, path = "/api/v1/cases/{case_id}/approvals", tag = "inspection", params(("case_id" = u64, Path)), request_body = CaseStepRequest,
    responses((status = 200, body = CaseDetail), (status = 400), (status = 404), (status = 409, description = "the case may not take this step now, or the reader handled the case")))]
pub async fn approve_step(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<CaseStepRequest>,
) -> ApiResult<Json<CaseDetail>> {
    take(&state, &reader, id, CaseActor::Approver, request).await
}

/// The legal review passes the case or sends it back.
#[utoipa::path(post, path = "/api/v1/cases/{case_id}/reviews", tag = "inspection", params(("case_id" = u64, Path)), request_body = CaseStepRequest,
    responses((status = 200, body = CaseDetail), (status = 400), (status = 404), (status = 409, description = "the case may not take this step now, or the reader handled the case")))]
pub async fn review_step(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<CaseStepRequest>,
) -> ApiResult<Json<CaseDetail>> {
    take(&state, &reader, id, CaseActor::Reviewer, request).await
}

/// The unit asks for more time, states its case, asks for a hearing, or writes a message.
#[utoipa::path(post, path = "/api/v1/cases/{case_id}/answers", tag = "inspection", params(("case_id" = u64, Path)), request_body = CaseStepRequest,
    responses((status = 200, body = CaseDetail), (status = 400), (status = 404), (status = 409, description = "the case may not take this step now"), (status = 429)))]
pub async fn answer_step(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<CaseStepRequest>,
) -> ApiResult<Json<CaseDetail>> {
    take(&state, &reader, id, CaseActor::Unit, request).await
}

/// The document that a step would make, with the number that it would have now. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/cases/{case_id}/preview", tag = "inspection", params(("case_id" = u64, Path)), request_body = CaseStepRequest,
    responses((status = 200, body = CaseDocument), (status = 400, description = "the step makes no document, or says too little"), (status = 404), (status = 409)))]
pub async fn preview_step(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<CaseStepRequest>,
) -> ApiResult<Json<CaseDocument>> {
    let case = find(&state, &reader, id).await?;
    let may = acts_as(&state, &reader);
    let actor = request.step.actor().filter(|it| may.contains(it));
    let actor =
        actor.ok_or_else(|| ApiError::new(ProblemCode::Forbidden, request.step.as_str()))?;
    let plan = take::plan(&state, &reader, &case, actor, request).await?;
    let kind = plan.step.step.document().ok_or_else(|| {
        ApiError::parameter("step", "这一步不产生文书 / this step makes no document")
    })?;
    let year = plan.step.on.year();
    let ask = move |conn: &_| crate::store::cases::papers::next_sequence(conn, kind, year);
    let sequence = state.store.read(ask).await?;
    let issued = plan.document(sequence)?;
    Ok(Json(CaseDocument {
        about: issued.row,
        template_version: issued.template_version,
        blocks: issued.blocks,
    }))
}

async fn take(
    state: &AppState,
    reader: &Reader,
    id: u64,
    actor: CaseActor,
    request: CaseStepRequest,
) -> ApiResult<Json<CaseDetail>> {
    step(state, reader, id, actor, request).await?;
    detail(state, reader, id).await.map(Json)
}

/// Takes a step for one side.
pub async fn step(
    state: &AppState,
    reader: &Reader,
    id: u64,
    actor: CaseActor,
    request: CaseStepRequest,
) -> ApiResult<()> {
    let turn = match actor {
        CaseActor::Unit => {
            let unit_id = find(state, reader, id).await?.head.unit_id;
            turn_of_unit(state, reader, unit_id).await?
        }
        _ => turn(state).await,
    };
    let case = find(state, reader, id).await?;
    let plan: Planned = take::plan(state, reader, &case, actor, request).await?;
    take::keep(state, &case, plan).await?;
    drop(turn);
    Ok(())
}
