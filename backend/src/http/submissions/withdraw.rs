//! A unit takes back what it submitted, as long as nobody has decided about it: what waits for its manager or for the
//! authority. The submission stays in the list with its reason; nothing is deleted.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::submission::{SubmissionRow, ThreadMessage};
use nengce_shared::problem::ProblemCode;
use nengce_shared::submission::{Side, SubmissionState};
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
use crate::store::submissions;

/// Takes a submission back. Values that wait for the manager never count; an answer waits again for the unit.
#[utoipa::path(post, path = "/api/v1/submissions/{submission_id}/withdraw", tag = "submissions", params(("submission_id" = i32, Path)), request_body = ThreadMessage,
    responses((status = 200, body = SubmissionRow), (status = 400), (status = 404), (status = 409, description = "it is in force or decided: the answer says whom to ask")))]
pub async fn withdraw_submission(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<i32>,
    JsonBody(request): JsonBody<ThreadMessage>,
) -> ApiResult<Json<SubmissionRow>> {
    let text = line("text", &request.text, false)?;
    let _turn = turn(&state).await;
    let (unit, mut it) = receipt::find(&state, &reader, id).await?;
    let before = it.state;
    if !matches!(before, SubmissionState::ToConfirm | SubmissionState::Submitted) {
        let (zh, en) = (before.label(nengce_shared::lang::Lang::Zh), before.as_str());
        let contact = &it.receipt.contact;
        let words = format!(
            "{id} {zh}，不能撤回：另行更正，或问 {contact} / {id} is {en} and cannot be taken back: correct it, or ask {contact}"
        );
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    let deadlines = Deadlines::of(&state);
    let answer = match it.finding {
        Some(number) => {
            let found = finding(&state, &reader, number).await?;
            Some((number, deadlines.answer(&found).take_back().map_err(refused)?))
        }
        None => None,
    };
    let now = state.clock.now();
    let by = reader.name.to_string();
    it.state = SubmissionState::Withdrawn;
    it.decided = Some((by.clone(), clock::text(now)));
    let stored = it.clone();
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        submissions::update(write.conn, &stored)?;
        if let Some((finding, (after, step))) = answer {
            answers::put(write.conn, finding, &after, &by, now)?;
            let submission_id = Some(stored.id);
            let step =
                NewStep { side: Side::Unit, author: by, step, text: text.clone(), submission_id };
            answers::add_step(write.conn, finding, &step, now)?;
        }
        write.note_change(ChangeNote {
            object: stored.id.to_string(),
            before: Some(json!({"state": before})),
            after: Some(json!({"state": stored.state})),
            reason: Some(text),
        });
        Ok(())
    };
    state.store.write(write).await?;
    Ok(Json(receipt::row((unit, it), &deadlines.dictionaries)))
}
