//! The answer of a unit to a finding, and the thread that the unit and the authority see.

use axum::Json;
use axum::extract::{Path, State};
use nengce_core::quality::answer::Answer;
use nengce_shared::api::submission::{AnswerRequest, FindingThread, Receipt};
use nengce_shared::submission::{Side, SubmissionKind, SubmissionState, ThreadStep};
use serde_json::json;

use super::turn::turn_of_unit;
use super::{closed, finding, line, receipt, refused, typed};
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::quality::deadlines::Deadlines;
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::quality::answers::{self, NewStep, noted};
use crate::store::quality::list::Finding;
use crate::store::submissions::{self, Submission, SubmissionQuery};

/// The thread of a finding: messages, answers and decisions, oldest first.
#[utoipa::path(get, path = "/api/v1/quality/findings/{finding_id}/thread", tag = "submissions", params(("finding_id" = u64, Path)),
    responses((status = 200, body = FindingThread), (status = 404)))]
pub async fn get_thread(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
) -> ApiResult<Json<FindingThread>> {
    thread(&state, &reader, id).await
}

pub(super) async fn thread(
    state: &AppState,
    reader: &Reader,
    id: u64,
) -> ApiResult<Json<FindingThread>> {
    let it = finding(state, reader, id).await?;
    let wanted = SubmissionQuery {
        units: reader.units(state),
        finding: Some(id),
        limit: 1,
        ..SubmissionQuery::default()
    };
    let ask =
        move |conn: &_| Ok((answers::steps(conn, id)?, submissions::page(conn, &wanted)?.pop()));
    let (steps, submission) = state.store.read(ask).await?;
    let deadlines = Deadlines::of(state);
    let submission = submission.map(|it| receipt::row(it, &deadlines.dictionaries));
    Ok(Json(FindingThread { finding_id: id, answer: deadlines.told(&it), steps, submission }))
}

/// A unit answers: corrected, right as it is, or more time; or it writes a message. With `second_pair_of_eyes` an answer of
/// a clerk waits for a manager of the unit.
#[utoipa::path(post, path = "/api/v1/quality/findings/{finding_id}/answer", tag = "submissions", params(("finding_id" = u64, Path)), request_body = AnswerRequest,
    responses((status = 200, body = FindingThread), (status = 400), (status = 404), (status = 409, description = "not open, an answer waits already, or no more time can be had")))]
pub async fn answer_finding(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<AnswerRequest>,
) -> ApiResult<Json<FindingThread>> {
    let reason = line("text", &request.text, false)?;
    let unit_id = finding(&state, &reader, id).await?.unit_id;
    let _turn = turn_of_unit(&state, &reader, unit_id).await?;
    let it = finding(&state, &reader, id).await?;
    let kind = match request.answer {
        ThreadStep::Message => {
            message(&state, &reader, id, Side::Unit, reason).await?;
            return thread(&state, &reader, id).await;
        }
        ThreadStep::Corrected => SubmissionKind::Corrected,
        ThreadStep::Right => SubmissionKind::Right,
        ThreadStep::MoreTime => SubmissionKind::MoreTime,
        _ => {
            let words = "corrected | right | more_time | message";
            return Err(ApiError::parameter("answer", words));
        }
    };
    if it.state != "open" {
        return Err(closed(id));
    }
    let values = request.values.unwrap_or_default();
    if kind != SubmissionKind::Corrected && !values.is_empty() {
        return Err(ApiError::parameter("values", "只有更正带数值 / only a correction has values"));
    }
    let deadlines = Deadlines::of(&state);
    let before = deadlines.answer(&it);
    let answered = before.answer(kind, deadlines.today).map_err(refused)?;
    let waits = receipt::needs_confirmation(&state, &reader);
    let (readings, notes) = match values.is_empty() {
        true => Default::default(),
        false => typed::check(&state, it.unit_id, &values).await?,
    };
    let mut receipt = receipt::new(&state, &it.unit.code, values, notes);
    let mut upload_id = None;
    if !waits && !readings.is_empty() {
        let stored = typed::commit(&state, it.unit_id, readings, &reader.name).await?;
        receipt::count(&mut receipt, &stored);
        upload_id = Some(stored.upload_id);
    }
    let (after, by_rule) = match waits {
        true => (answered, None),
        false => answered.confirm(deadlines.rules()).map_err(refused)?,
    };
    let submission = new(&state, &reader, &it, kind, &reason, receipt);
    let submission = Submission { upload_id, state: state_of(&after, by_rule), ..submission };
    keep(&state, it, (before, after), submission, request.answer, by_rule).await?;
    thread(&state, &reader, id).await
}

/// Keeps an answer that has just been given.
async fn keep(
    state: &AppState,
    it: Finding,
    (before, after): (Answer, Answer),
    submission: Submission,
    step: ThreadStep,
    by_rule: Option<ThreadStep>,
) -> ApiResult<()> {
    let now = state.clock.now();
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        let number = submissions::insert(write.conn, &submission)?;
        let by = submission.submitted_by.clone();
        answers::put(write.conn, it.id, &after, &by, now)?;
        let step = NewStep {
            submission_id: Some(number),
            ..NewStep::new(Side::Unit, &by, step, submission.reason.clone())
        };
        answers::add_step(write.conn, it.id, &step, now)?;
        if let Some(taken) = by_rule {
            let rule = NewStep {
                submission_id: Some(number),
                ..NewStep::new(Side::Rule, "", taken, String::new())
            };
            answers::add_step(write.conn, it.id, &rule, now)?;
        }
        write.note_change(ChangeNote {
            object: it.id.to_string(),
            before: Some(noted(&before)),
            after: Some(
                json!({"answer": noted(&after), "receipt": number, "upload": submission.upload_id}),
            ),
            reason: Some(submission.reason),
        });
        Ok(())
    };
    Ok(state.store.write(write).await?)
}

/// A submission about a finding that is made now.
fn new(
    state: &AppState,
    reader: &Reader,
    it: &Finding,
    kind: SubmissionKind,
    reason: &str,
    receipt: Receipt,
) -> Submission {
    Submission {
        id: 0,
        unit_id: it.unit_id,
        kind,
        state: SubmissionState::ToConfirm,
        finding: Some(it.id),
        reason: reason.to_owned(),
        submitted_by: reader.name.to_string(),
        submitted_at: clock::text(state.clock.now()),
        decided: None,
        upload_id: None,
        receipt,
    }
}

/// Where a submission stands whose answer stands so.
pub(super) fn state_of(answer: &Answer, by_rule: Option<ThreadStep>) -> SubmissionState {
    use nengce_shared::submission::AnswerState as A;
    match (answer.state, by_rule) {
        (_, Some(_)) | (A::Accepted, _) => SubmissionState::Accepted,
        (A::ToConfirm, None) => SubmissionState::ToConfirm,
        (A::Submitted, None) => SubmissionState::Submitted,
        (A::SentBack, None) => SubmissionState::SentBack,
        (A::Corrected | A::Unanswered, None) => SubmissionState::Done,
    }
}

/// Adds a message alone to the thread of a finding.
pub(super) async fn message(
    state: &AppState,
    reader: &Reader,
    id: u64,
    side: Side,
    text: String,
) -> ApiResult<()> {
    let now = state.clock.now();
    let step = NewStep::new(side, &reader.name, ThreadStep::Message, text);
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        answers::add_step(write.conn, id, &step, now)?;
        write.note_change(ChangeNote {
            object: id.to_string(),
            ..ChangeNote::after(json!({"message": step.text}))
        });
        Ok(())
    };
    Ok(state.store.write(write).await?)
}
