//! The second pair of eyes: a manager of the unit confirms what a clerk submitted, or sends it back.

use axum::Json;
use axum::extract::{Path, State};
use nengce_core::quality::answer::Answer;
use nengce_shared::api::submission::{AnswerDecision, SubmissionRow};
use nengce_shared::problem::ProblemCode;
use nengce_shared::submission::{Side, SubmissionState, ThreadStep};
use serde_json::json;

use super::answers::state_of;
use super::turn::turn;
use super::{closed, finding, line, receipt, refused, typed};
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::quality::deadlines::Deadlines;
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::quality::answers::{self, NewStep};
use crate::store::submissions;

/// A manager of the unit confirms what a clerk submitted: from then on it counts, and answers go to the authority. Sent
/// back, nothing of it counts.
#[utoipa::path(post, path = "/api/v1/submissions/{submission_id}/confirm", tag = "submissions", params(("submission_id" = i32, Path)), request_body = AnswerDecision,
    responses((status = 200, body = SubmissionRow), (status = 400), (status = 404), (status = 409, description = "it does not wait for the manager")))]
pub async fn confirm_submission(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<i32>,
    JsonBody(request): JsonBody<AnswerDecision>,
) -> ApiResult<Json<SubmissionRow>> {
    let text = line("text", &request.text, request.accept)?;
    let _turn = turn(&state).await;
    let (unit, mut it) = receipt::find(&state, &reader, id).await?;
    if it.state != SubmissionState::ToConfirm {
        let words = format!("{id} 不在待确认之列 / {id} does not wait for the manager");
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    let deadlines = Deadlines::of(&state);
    let mut answer: Option<(u64, Answer)> = None;
    let mut steps = vec![if request.accept { ThreadStep::Confirmed } else { ThreadStep::SentBack }];
    if let Some(number) = it.finding {
        let found = finding(&state, &reader, number).await?;
        if found.state != "open" && request.accept {
            return Err(closed(number));
        }
        let before = deadlines.answer(&found);
        let (after, by_rule) = match request.accept {
            true => before.confirm(deadlines.rules()).map_err(refused)?,
            false => (before.withdraw().map_err(refused)?.0, None),
        };
        it.state = state_of(&after, by_rule);
        steps.extend(by_rule);
        answer = Some((number, after));
    } else {
        it.state = if request.accept { SubmissionState::Done } else { SubmissionState::SentBack };
    }
    if request.accept && !it.receipt.values.is_empty() {
        let (readings, _) = typed::check(&state, it.unit_id, &it.receipt.values).await?;
        let by = format!("{}+{}", it.submitted_by, reader.name);
        let stored = typed::commit(&state, it.unit_id, readings, &by).await?;
        receipt::count(&mut it.receipt, &stored);
        it.upload_id = Some(stored.upload_id);
    }
    let now = state.clock.now();
    let by = reader.name.to_string();
    it.decided = Some((by.clone(), clock::text(now)));
    let stored = it.clone();
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        submissions::update(write.conn, &stored)?;
        if let Some((finding, after)) = answer {
            answers::put(write.conn, finding, &after, &by, now)?;
            for (at, step) in steps.into_iter().enumerate() {
                let side = if at == 0 { Side::Unit } else { Side::Rule };
                let (author, text) = match at {
                    0 => (by.clone(), text.clone()),
                    _ => Default::default(),
                };
                let step = NewStep {
                    submission_id: Some(stored.id),
                    ..NewStep::new(side, &author, step, text)
                };
                answers::add_step(write.conn, finding, &step, now)?;
            }
        }
        write.note_change(ChangeNote {
            object: stored.id.to_string(),
            before: Some(json!({"state": SubmissionState::ToConfirm})),
            after: Some(json!({"state": stored.state, "upload": stored.upload_id})),
            reason: Some(text).filter(|it| !it.is_empty()),
        });
        Ok(())
    };
    state.store.write(write).await?;
    Ok(Json(receipt::row((unit, it), &deadlines.dictionaries)))
}
