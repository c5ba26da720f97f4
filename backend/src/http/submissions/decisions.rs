//! What the authority does about findings and their answers: accepts them, sends them back, writes a message, or sets a
//! finding aside without an answer. All of it is one step of the thread.

use axum::Json;
use axum::extract::{Path, State};
use nengce_core::quality::answer::Answer;
use nengce_shared::api::quality::{FindingDetail, WaiveRequest};
use nengce_shared::api::submission::{AnswerDecision, FindingThread, ThreadMessage};
use nengce_shared::submission::{AnswerState, Side, SubmissionState, ThreadStep};

use super::answers::{message, thread};
use super::turn::turn;
use super::{closed, finding, line, refused};
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::ApiResult;
use crate::http::quality::deadlines::Deadlines;
use crate::http::quality::findings::get_finding;
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::quality::answers::{self, NewStep, noted};
use crate::store::quality::list::Finding;
use crate::store::submissions;

/// The authority accepts the answer that waits, or sends it back with a reason. An accepted answer sets the finding aside; of
/// more time it moves the deadline.
#[utoipa::path(post, path = "/api/v1/quality/findings/{finding_id}/decide", tag = "submissions", params(("finding_id" = u64, Path)), request_body = AnswerDecision,
    responses((status = 200, body = FindingThread), (status = 400), (status = 404), (status = 409, description = "not open, or no answer waits")))]
pub async fn decide_answer(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<AnswerDecision>,
) -> ApiResult<Json<FindingThread>> {
    let text = line("text", &request.text, request.accept)?;
    let _turn = turn(&state).await;
    let it = finding(&state, &reader, id).await?;
    if it.state != "open" {
        return Err(closed(id));
    }
    let deadlines = Deadlines::of(&state);
    let before = deadlines.answer(&it);
    let (after, taken) =
        before.decide(request.accept, deadlines.today, deadlines.rules()).map_err(refused)?;
    step(&state, &reader, it, (before, after), taken, text).await?;
    thread(&state, &reader, id).await
}

/// A message of the authority in the thread.
#[utoipa::path(post, path = "/api/v1/quality/findings/{finding_id}/message", tag = "submissions", params(("finding_id" = u64, Path)), request_body = ThreadMessage,
    responses((status = 200, body = FindingThread), (status = 400), (status = 404)))]
pub async fn post_message(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<ThreadMessage>,
) -> ApiResult<Json<FindingThread>> {
    finding(&state, &reader, id).await?;
    let text = line("text", &request.text, false)?;
    message(&state, &reader, id, Side::Authority, text).await?;
    thread(&state, &reader, id).await
}

/// An operator knows why: the finding stays on record with the reason, whether its unit has answered or not.
#[utoipa::path(post, path = "/api/v1/quality/findings/{finding_id}/waive", tag = "quality", params(("finding_id" = u64, Path)), request_body = WaiveRequest,
    responses((status = 200, body = FindingDetail), (status = 400), (status = 401), (status = 404), (status = 409, description = "not open")), security(("admin" = [])))]
pub async fn waive_finding(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<WaiveRequest>,
) -> ApiResult<Json<FindingDetail>> {
    let reason = line("reason", &request.reason, false)?;
    let turn = turn(&state).await;
    let it = finding(&state, &reader, id).await?;
    let before = Deadlines::of(&state).answer(&it);
    let (after, taken) = before.accept();
    step(&state, &reader, it, (before, after), taken, reason).await?;
    drop(turn);
    get_finding(State(state), reader, Path(id)).await
}

/// Keeps a step of the authority with all that follows from it.
async fn step(
    state: &AppState,
    reader: &Reader,
    it: Finding,
    (before, after): (Answer, Answer),
    taken: ThreadStep,
    text: String,
) -> ApiResult<()> {
    let (now, by, id) = (state.clock.now(), reader.name.to_string(), it.id);
    let step = NewStep::new(Side::Authority, &by, taken, text.clone());
    let done = state.store.write(move |write| {
        let decided = match taken {
            ThreadStep::Accepted | ThreadStep::Extended => SubmissionState::Accepted,
            _ => SubmissionState::SentBack,
        };
        let accepts = after.state == AnswerState::Accepted;
        // What the unit gave as its reason stands as the reason, where the authority adds none.
        let given = match accepts && text.is_empty() {
            true => answers::steps(write.conn, id)?,
            false => Vec::new(),
        };
        let given = given.into_iter().rev().find(|it| it.step == ThreadStep::Right);
        let reason = given.map_or(text, |it| it.text);
        if !accepts {
            answers::put(write.conn, id, &after, &by, now)?;
            answers::add_step(write.conn, id, &step, now)?;
        } else if !answers::set_aside(write.conn, id, &after, &step, &reason, now)? {
            return Ok(false);
        }
        submissions::decide(write.conn, id, decided, &by, now)?;
        write.note_change(ChangeNote {
            object: id.to_string(),
            before: Some(noted(&before)),
            after: Some(noted(&after)),
            reason: Some(reason).filter(|it| !it.is_empty()),
        });
        Ok(true)
    });
    if done.await? { Ok(()) } else { Err(closed(id)) }
}
