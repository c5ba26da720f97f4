//! A unit withdraws what it submitted, until somebody has decided about it: an answer, values that wait for the manager, the
//! report of an outage. The submission and its thread keep what was withdrawn, by whom and why.

use axum::Json;
use axum::extract::{Path, State};
use nengce_core::quality::answer::Answer;
use nengce_shared::api::submission::{SubmissionRow, SubmissionWithdrawal};
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use nengce_shared::submission::{Side, SubmissionKind, SubmissionState, ThreadStep};
use serde_json::json;

use super::turn::turn;
use super::{finding, line, receipt, refused};
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::quality::deadlines::Deadlines;
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::quality::answers::{self, NewStep};
use crate::store::submissions::{self, Submission};

/// A unit withdraws a submission that waits for its manager or for the authority, or an outage that it reported. An answer
/// that is withdrawn can be given again until the same deadline; a withdrawn outage excuses nothing.
#[utoipa::path(post, path = "/api/v1/submissions/{submission_id}/withdraw", tag = "submissions", params(("submission_id" = i32, Path)), request_body = SubmissionWithdrawal,
    responses((status = 200, body = SubmissionRow), (status = 400), (status = 404), (status = 409, description = "decided already, withdrawn already, or its values are in force")))]
pub async fn withdraw_submission(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<i32>,
    JsonBody(request): JsonBody<SubmissionWithdrawal>,
) -> ApiResult<Json<SubmissionRow>> {
    let reason = line("reason", &request.reason, false)?;
    let _turn = turn(&state).await;
    let (unit, mut it) = receipt::find(&state, &reader, id).await?;
    if !it.state.can_be_withdrawn(it.kind) {
        return Err(too_late(&it));
    }
    let deadlines = Deadlines::of(&state);
    let mut answer: Option<(u64, Answer)> = None;
    if let Some(number) = it.finding {
        let found = finding(&state, &reader, number).await?;
        answer = Some((number, deadlines.answer(&found).take_back().map_err(refused)?));
    }
    let now = state.clock.now();
    let by = reader.name.to_string();
    let before = it.state;
    it.state = SubmissionState::Withdrawn;
    it.decided = Some((by.clone(), clock::text(now)));
    it.receipt.withdrawn_because = Some(reason.clone());
    let stored = it.clone();
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        submissions::update(write.conn, &stored)?;
        if stored.kind == SubmissionKind::Outage {
            submissions::delete_outage(write.conn, stored.id)?;
        }
        if let Some((finding, after)) = answer {
            answers::put(write.conn, finding, &after, &by, now)?;
            let step = NewStep {
                submission_id: Some(stored.id),
                ..NewStep::new(Side::Unit, &by, ThreadStep::Withdrawn, reason.clone())
            };
            answers::add_step(write.conn, finding, &step, now)?;
        }
        write.note_change(ChangeNote {
            object: stored.id.to_string(),
            before: Some(json!({"state": before})),
            after: Some(json!({"state": stored.state})),
            reason: Some(reason),
        });
        Ok(())
    };
    state.store.write(write).await?;
    Ok(Json(receipt::row((unit, it), &deadlines.dictionaries)))
}

/// Why it cannot be withdrawn, and what to do.
fn too_late(it: &Submission) -> ApiError {
    let (id, contact) = (it.id, &it.receipt.contact);
    let (zh, en) = (it.state.label(Lang::Zh), it.state.label(Lang::En));
    let words = match it.state {
        SubmissionState::Done => format!(
            "回执 {id} 的值已生效：填报正确的值以替换，或咨询 {contact} / the values of receipt {id} are in force: type the \
             right ones, which replace them, or ask {contact}"
        ),
        _ => format!(
            "回执 {id}：{zh}，不能撤回，可咨询 {contact} / receipt {id} cannot be withdrawn any more ({en}): ask {contact}"
        ),
    };
    ApiError::new(ProblemCode::SubmissionDecided, words)
}
