//! The steps of an entry, each side at an address of its own. What is listed, cured or withdrawn goes to the platform.

use axum::Json;
use axum::extract::{Path, State};
use nengce_core::credit::{self as rules, actor};
use nengce_shared::api::credit::{CreditEntry, CreditStepRequest};
use nengce_shared::case::CaseActor;
use nengce_shared::credit::CreditStep as S;
use serde_json::json;

use super::entries::{entry, find, record};
use crate::http::access::reader::Reader;
use crate::http::cases::{acts_as, is_of_unit, past_day, refused};
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::submissions::line;
use crate::http::submissions::turn::turn;
use crate::store::audit::scope::ChangeNote;
use crate::store::credit::{self, KeptStep, pushes};

/// The officer tells the unit, or lists it.
#[utoipa::path(post, path = "/api/v1/credit-list/{entry_id}/steps", tag = "inspection", params(("entry_id" = u64, Path)), request_body = CreditStepRequest,
    responses((status = 200, body = CreditEntry), (status = 400), (status = 404), (status = 409)))]
pub async fn take_credit_step(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<CreditStepRequest>,
) -> ApiResult<Json<CreditEntry>> {
    take(&state, &reader, id, CaseActor::Officer, request).await
}

/// Whoever approves agrees or not, decides on an objection, lets a unit leave the list, withdraws a listing.
#[utoipa::path(post, path = "/api/v1/credit-list/{entry_id}/approve", tag = "inspection", params(("entry_id" = u64, Path)), request_body = CreditStepRequest,
    responses((status = 200, body = CreditEntry), (status = 400), (status = 404), (status = 409, description = "not next, or the same person proposed or reviewed it")))]
pub async fn approve_entry(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<CreditStepRequest>,
) -> ApiResult<Json<CreditEntry>> {
    take(&state, &reader, id, CaseActor::Approver, request).await
}

/// The legal review agrees or not.
#[utoipa::path(post, path = "/api/v1/credit-list/{entry_id}/review", tag = "inspection", params(("entry_id" = u64, Path)), request_body = CreditStepRequest,
    responses((status = 200, body = CreditEntry), (status = 400), (status = 404), (status = 409, description = "not next, or the same person proposed or approved it")))]
pub async fn review_entry(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<CreditStepRequest>,
) -> ApiResult<Json<CreditEntry>> {
    take(&state, &reader, id, CaseActor::Reviewer, request).await
}

/// The unit objects within its term.
#[utoipa::path(post, path = "/api/v1/credit-list/{entry_id}/object", tag = "inspection", params(("entry_id" = u64, Path)), request_body = CreditStepRequest,
    responses((status = 200, body = CreditEntry), (status = 400), (status = 404), (status = 409)))]
pub async fn object_to_entry(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<CreditStepRequest>,
) -> ApiResult<Json<CreditEntry>> {
    take(&state, &reader, id, CaseActor::Unit, request).await
}

async fn take(
    state: &AppState,
    reader: &Reader,
    id: u64,
    side: CaseActor,
    request: CreditStepRequest,
) -> ApiResult<Json<CreditEntry>> {
    let step = request.step;
    let needs_text = matches!(
        step,
        S::Refused
            | S::Objected
            | S::ObjectionUpheld
            | S::ObjectionRejected
            | S::Cured
            | S::Withdrawn
    );
    let text = line("text", &request.text, !needs_text)?;
    let _turn = turn(state).await;
    let mut it = find(state, reader, id).await?;
    let told = it.steps.iter().any(|it| it.step.tells_unit());
    if is_of_unit(reader) && !told {
        return Err(ApiError::missing("失信认定", "credit entry", &id.to_string()));
    }
    let today = state.clock.today();
    // Not to come, and not before the step before it.
    let earliest = it.steps.last().map(|it| it.on);
    let on = past_day("on", request.on.as_deref(), (earliest, today))?.unwrap_or(today);
    let plain = it.plain();
    let is_sides = actor(step) == side || (step == S::Refused && side == CaseActor::Reviewer);
    if !rules::next(&plain).contains(&step) || !is_sides {
        return Err(refused(
            &format!("{id}：现在不能走这一步"),
            &format!("{} does not follow now, or another side takes it", step.as_str()),
        ));
    }
    if let Some(no) = rules::refused(&plain, step, &reader.name, on, &it.terms()) {
        return Err(refused(&no.zh, &no.en));
    }
    let (by, now) = (reader.name.to_string(), state.clock.now());
    let at = crate::clock::text(now);
    it.steps.push(KeptStep { entry_id: id, step, by: by.clone(), on, at, text: text.clone() });
    let is_for_platform = matches!(step, S::Listed | S::Cured | S::Withdrawn);
    let content = is_for_platform.then(|| record(&it));
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        credit::add_step(write.conn, id, step, (&by, on, &text), now)?;
        if let Some(content) = &content {
            pushes::insert(write.conn, id, content, now)?;
        }
        write.note_change(ChangeNote {
            object: id.to_string(),
            reason: Some(text).filter(|it| !it.is_empty()),
            ..ChangeNote::after(json!({"step": step, "on": on, "record": content}))
        });
        Ok(())
    };
    state.store.write(write).await?;
    Ok(Json(entry(&find(state, reader, id).await?, &acts_as(state, reader), &reader.name, today)))
}
