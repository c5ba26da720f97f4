//! Takes down a clue: the first step of a case.

use axum::Json;
use axum::extract::State;
use nengce_core::cases::Step;
use nengce_shared::api::case::{CaseDetail, CaseStepDetails, NewCase as Request};
use nengce_shared::case::{CaseActor, CaseStep};
use nengce_shared::problem::ProblemCode;
use serde_json::json;

use super::detail::detail;
use super::{past_day, text};
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::submissions::line;
use crate::http::submissions::turn::turn;
use crate::store::audit::scope::ChangeNote;
use crate::store::cases::{self, NewCase, NewStep};

/// Takes down a clue against a unit; the reader handles the case.
#[utoipa::path(post, path = "/api/v1/cases", tag = "inspection", request_body = Request,
    responses((status = 200, body = CaseDetail), (status = 400), (status = 404, description = "no such unit"), (status = 409, description = "as many cases are kept as may be")))]
pub async fn open_case(
    State(state): State<AppState>,
    reader: Reader,
    JsonBody(request): JsonBody<Request>,
) -> ApiResult<Json<CaseDetail>> {
    let id = open(&state, &reader, request).await?;
    detail(&state, &reader, id).await.map(Json)
}

/// Takes down a clue; the number of the case.
pub async fn open(state: &AppState, reader: &Reader, request: Request) -> ApiResult<u64> {
    let today = state.clock.today();
    let dictionaries = state.dictionaries();
    let known = dictionaries.violations.iter().any(|it| it.code == request.violation);
    if !known {
        let codes: Vec<&str> = dictionaries.violations.iter().map(|it| it.code.as_str()).collect();
        return Err(ApiError::parameter("violation", codes.join(" | ")));
    }
    let words = text("text", &request.text)?;
    if words.is_empty() {
        return Err(ApiError::parameter("text", "应写明线索内容 / say what is known"));
    }
    let (from, to) = (
        past_day("act_from", request.act_from.as_deref(), (None, today))?,
        past_day("act_to", request.act_to.as_deref(), (None, today))?,
    );
    let on = past_day("on", request.on.as_deref(), (None, today))?.unwrap_or(today);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(ApiError::parameter("act_to", "应不早于 act_from / not before act_from"));
    }
    let unit = {
        let registry = state.store.registry();
        let found = registry.unit_by_code(&request.enterprise_code).filter(|it| it.approved);
        found.map(|it| it.unit_id)
    };
    let Some(unit_id) = unit else {
        return Err(ApiError::missing("用能单位", "unit", &request.enterprise_code));
    };
    let by = reader.name.to_string();
    let case = NewCase {
        unit_id,
        violation: request.violation,
        origin: request.origin,
        origin_ref: line("origin_ref", &request.origin_ref, true)?,
        act_from: from,
        act_to: to,
        is_joint: request.is_joint,
        officer: by.clone(),
    };
    let details = CaseStepDetails::none();
    let step = Step { number: 1, step: CaseStep::Clue, by, on, text: words, details };
    let step = NewStep { step, actor: CaseActor::Officer, file_id: None };
    let _turn = turn(state).await;
    let (most, now) = (state.config.max_cases, state.clock.now());
    if state.store.read(cases::count).await? >= u64::from(most) {
        let words = format!("max_cases = {most}：案件已满 / as many cases are kept as may be");
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    let id = state.store.write(move |write| {
        let id = cases::insert(write.conn, &case, now)?;
        cases::add_step(write.conn, id, &step, now)?;
        write.note_change(ChangeNote {
            object: id.to_string(),
            ..ChangeNote::after(
                json!({"unit": request.enterprise_code, "violation": case.violation,
                "origin": case.origin, "clue": step.step.text}),
            )
        });
        Ok(id)
    });
    Ok(id.await?)
}
