//! What people do with a savings project: the unit makes it, signs it, withdraws it; a second person redoes it.

use axum::Json;
use axum::extract::{Path, State};
use jiff::civil::Time;
use nengce_core::savings::is_same_saving;
use nengce_shared::api::savings::{
    SavingsDecision, SavingsProject, SavingsProjectRequest, SavingsView,
};
use nengce_shared::problem::ProblemCode;
use nengce_shared::submission::Side;
use serde_json::json;

use super::list::{detail, find, unit_id};
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::http::submissions::line;
use crate::http::submissions::turn::turn;
use crate::http::views::ViewRequest;
use crate::http::views::unit::savings::{KNOWN, answered, question_of};
use crate::store::audit::scope::ChangeNote;
use crate::store::queries::unit_card;
use crate::store::savings::{self, NewStep, Project};

/// Meters that a project names, at most.
const MOST_METERS: usize = 30;

/// Computes the savings of the query now, and keeps question, input and result as a project of the unit.
#[utoipa::path(post, path = "/api/v1/units/{code}/savings-projects", tag = "savings",
    params(("code" = String, Path), ("works_from" = Option<String>, Query, description = "as of /api/v1/units/{code}/savings"), ("works_to" = Option<String>, Query, description = "as of /api/v1/units/{code}/savings"),
           ("until" = Option<String>, Query, description = "as of /api/v1/units/{code}/savings"), ("baseline_months" = Option<u32>, Query, description = "as of /api/v1/units/{code}/savings"),
           ("drivers" = Option<String>, Query, description = "as of /api/v1/units/{code}/savings"), ("basis" = Option<String>, Query, description = "calorific or equivalent (default)"),
           ("model" = Option<String>, Query, description = "as of /api/v1/units/{code}/savings"), ("items" = Option<String>, Query, description = "as of /api/v1/units/{code}/savings")),
    request_body = SavingsProjectRequest,
    responses((status = 200, body = SavingsProject), (status = 400), (status = 404), (status = 409, description = "the model has no result, or as many projects are kept as may be"), (status = 429)))]
pub async fn create_project(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
    JsonBody(body): JsonBody<SavingsProjectRequest>,
) -> ApiResult<Json<SavingsProject>> {
    let unit = unit_id(&state, &code)?;
    let name = line("name", &body.name, false)?;
    let note = line("note", &body.note, true)?;
    let meters = known_meters(&state, unit, &body.meters).await?;
    let params = request.params(&KNOWN)?;
    let result = recomputed(&state, &request.reader, &code, &params).await?;
    if result.outcome.is_none() {
        let why = result.problem.unwrap_or_default();
        let words =
            format!("按此条件没有核算结果，不能建项目（{why}） / the model has no result: {why}");
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    let _turn = turn(&state).await;
    check_room(&state, unit).await?;
    let project = Project {
        id: 0,
        unit_id: unit,
        name,
        question: question_of(&result),
        meters,
        note,
        state: "computed".to_owned(),
        result,
        made_by: request.reader.name.to_string(),
        made_at: clock::text(state.clock.now()),
        signed: None,
        redone: None,
    };
    let object = code.clone();
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        let id = savings::insert(write.conn, &project)?;
        let result = &project.result;
        let (at, author) = (project.made_at.clone(), project.made_by.clone());
        let step = NewStep {
            project_id: id,
            at,
            author,
            side: Side::Unit,
            step: "computed",
            is_same: None,
            result: None,
            input_hash: &result.input_hash,
            data_version: result.data_version,
            text: String::new(),
        };
        savings::add_step(write.conn, &step)?;
        write.note_change(ChangeNote {
            object: format!("{object}/{id}"),
            ..ChangeNote::after(noted(&project))
        });
        Ok(id)
    };
    let id = state.store.write(write).await?;
    detail(&state, &code, id).await
}

/// The meters that a project names: each is one of the unit, and stands once.
async fn known_meters(state: &AppState, unit: i32, named: &[String]) -> ApiResult<Vec<String>> {
    if named.len() > MOST_METERS {
        return Err(ApiError::parameter("meters", format!("≤ {MOST_METERS}")));
    }
    let today = state.clock.today().to_string();
    let own = state.store.read(move |conn| Ok(unit_card::meters(conn, unit, &today)?)).await?;
    let mut meters: Vec<String> = Vec::new();
    for (at, it) in named.iter().enumerate() {
        let code = line("meters", it, false)?;
        if !own.iter().any(|it| it.meter_code == code) {
            let words = format!(
                "本单位没有编号为“{code}”的计量器具：从器具表中选择，设备写在说明里 / the unit has no meter '{code}': choose from its list of meters, and write equipment into the note"
            );
            return Err(ApiError::parameter(&format!("meters[{at}]"), words));
        }
        if !meters.contains(&code) {
            meters.push(code);
        }
    }
    Ok(meters)
}

/// The savings that the stored readings give now.
async fn recomputed(
    state: &AppState,
    reader: &Reader,
    code: &str,
    params: &Params,
) -> ApiResult<SavingsView> {
    let city = state.snapshots.city(state, &reader.scope).await?;
    answered(state, &city, code, params).await
}

/// The same for the question of a project.
async fn asked_again(
    state: &AppState,
    reader: &Reader,
    code: &str,
    it: &Project,
) -> ApiResult<SavingsView> {
    let uri = format!("/?{}", it.question).parse().map_err(ApiError::internal)?;
    let params = Params::read(&uri, &KNOWN, nengce_shared::lang::Lang::Zh)?;
    recomputed(state, reader, code, &params).await
}

async fn check_room(state: &AppState, unit: i32) -> ApiResult<()> {
    let most = state.config.max_savings_projects_per_unit;
    let since = clock::text(state.clock.today().to_datetime(Time::midnight()));
    let (kept, today) = state.store.read(move |conn| savings::counts(conn, unit, &since)).await?;
    if kept >= most {
        let words = format!(
            "本单位已有 {kept} 个节能项目：先撤回一个 / the unit keeps {kept} savings projects: withdraw one first"
        );
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    if today >= most {
        let words = format!(
            "今日已建 {today} 个节能项目：明日再建 / {today} savings projects were made today: go on tomorrow"
        );
        return Err(ApiError::new(ProblemCode::RateLimited, words));
    }
    Ok(())
}

fn noted(it: &Project) -> serde_json::Value {
    json!({"name": it.name, "state": it.state, "question": it.question, "input_hash": it.result.input_hash,
        "saved": it.result.outcome.as_ref().map(|it| it.saved), "data_version": it.result.data_version})
}

/// A person of the unit signs the result that they saw. Where the data have changed since it was computed, nothing is signed.
#[utoipa::path(post, path = "/api/v1/units/{code}/savings-projects/{project_id}/sign", tag = "savings", params(("code" = String, Path), ("project_id" = i32, Path)), request_body = SavingsDecision,
    responses((status = 200, body = SavingsProject), (status = 400), (status = 404), (status = 409, description = "it is signed or withdrawn already, or the data have changed since")))]
pub async fn sign_project(
    State(state): State<AppState>,
    reader: Reader,
    Path((code, id)): Path<(String, i32)>,
    JsonBody(body): JsonBody<SavingsDecision>,
) -> ApiResult<Json<SavingsProject>> {
    let text = line("text", &body.text, true)?;
    let _turn = turn(&state).await;
    let mut it = find(&state, &code, id).await?;
    if it.state != "computed" {
        return Err(wrong_state(&it));
    }
    if body.input_hash.as_deref() != Some(it.result.input_hash.as_str()) {
        let words = "应为所看到的结果的 input_hash / the input_hash of the result that was seen";
        return Err(ApiError::parameter("input_hash", words));
    }
    let now = asked_again(&state, &reader, &code, &it).await?;
    if now.input_hash != it.result.input_hash {
        let words = "核算之后数据已变，不能签署：撤回此项目，按现有数据重建 / the data have changed since this was computed: withdraw the \
                     project and make it again";
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    it.state = "signed".to_owned();
    it.signed = Some((reader.name.to_string(), clock::text(state.clock.now())));
    keep(&state, &reader, &code, it, Step { step: "signed", is_same: None, result: None, text })
        .await
}

/// A second person computes the project again from what is stored now: the figures are the same, or both stand beside each
/// other.
#[utoipa::path(post, path = "/api/v1/units/{code}/savings-projects/{project_id}/redo", tag = "savings", params(("code" = String, Path), ("project_id" = i32, Path)), request_body = SavingsDecision,
    responses((status = 200, body = SavingsProject), (status = 400), (status = 404), (status = 409, description = "it is not signed, it was signed by the same person, or it was redone as often as may be")))]
pub async fn redo_project(
    State(state): State<AppState>,
    reader: Reader,
    Path((code, id)): Path<(String, i32)>,
    JsonBody(body): JsonBody<SavingsDecision>,
) -> ApiResult<Json<SavingsProject>> {
    let text = line("text", &body.text, true)?;
    let _turn = turn(&state).await;
    let it = find(&state, &code, id).await?;
    if it.state != "signed" {
        return Err(wrong_state(&it));
    }
    if it.signed.as_ref().is_some_and(|it| it.0 == *reader.name) {
        let words = "签署人不能复算自己的项目，请另一人办理 / whoever signed a project does not redo it: ask a second person";
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    let most = state.config.max_savings_steps_per_project;
    let taken = state.store.read(move |conn| savings::steps(conn, id)).await?.len();
    if taken as u64 >= u64::from(most) {
        let words = format!(
            "该项目已有 {taken} 步，不再复算 / the project has {taken} steps and takes no more"
        );
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    let now = asked_again(&state, &reader, &code, &it).await?;
    let saved = |it: &SavingsView| it.outcome.as_ref().map(|it| (it.saved, it.half_width_90));
    let is_same =
        now.input_hash == it.result.input_hash && is_same_saving(saved(&it.result), saved(&now));
    let step = Step { step: "redone", is_same: Some(is_same), result: Some(now), text };
    keep(&state, &reader, &code, it, step).await
}

/// The unit takes a project back, with a reason; it stays in the list with its history.
#[utoipa::path(post, path = "/api/v1/units/{code}/savings-projects/{project_id}/withdraw", tag = "savings", params(("code" = String, Path), ("project_id" = i32, Path)), request_body = SavingsDecision,
    responses((status = 200, body = SavingsProject), (status = 400), (status = 404), (status = 409, description = "it is withdrawn already")))]
pub async fn withdraw_project(
    State(state): State<AppState>,
    reader: Reader,
    Path((code, id)): Path<(String, i32)>,
    JsonBody(body): JsonBody<SavingsDecision>,
) -> ApiResult<Json<SavingsProject>> {
    let text = line("text", &body.text, false)?;
    let _turn = turn(&state).await;
    let mut it = find(&state, &code, id).await?;
    if it.state == "withdrawn" {
        return Err(wrong_state(&it));
    }
    it.state = "withdrawn".to_owned();
    keep(&state, &reader, &code, it, Step { step: "withdrawn", is_same: None, result: None, text })
        .await
}

fn wrong_state(it: &Project) -> ApiError {
    let words = match it.state.as_str() {
        "computed" => "该项目尚未签署 / the project is not signed yet",
        "signed" => "该项目已签署 / the project is signed already",
        _ => "该项目已撤回 / the project is withdrawn",
    };
    ApiError::new(ProblemCode::Conflict, words)
}

struct Step {
    step: &'static str,
    is_same: Option<bool>,
    result: Option<SavingsView>,
    text: String,
}

/// Keeps a project and the step that was just taken with it.
async fn keep(
    state: &AppState,
    reader: &Reader,
    code: &str,
    it: Project,
    step: Step,
) -> ApiResult<Json<SavingsProject>> {
    let (id, object) = (it.id, format!("{code}/{}", it.id));
    let (at, author) = (clock::text(state.clock.now()), reader.name.to_string());
    let side = side(reader, code);
    state
        .store
        .write(move |write| {
            savings::update(write.conn, &it)?;
            let about = step.result.as_ref().unwrap_or(&it.result);
            let row = NewStep {
                project_id: id,
                at,
                author,
                side,
                step: step.step,
                is_same: step.is_same,
                result: step.result.as_ref(),
                input_hash: &about.input_hash,
                data_version: about.data_version,
                text: step.text.clone(),
            };
            savings::add_step(write.conn, &row)?;
            let now = about.outcome.as_ref().map(|it| it.saved);
            write.note_change(ChangeNote {
                object,
                before: None,
                after: Some(
                    json!({"project": noted(&it), "is_same": step.is_same, "saved_now": now}),
                ),
                reason: Some(step.text).filter(|it| !it.is_empty()),
            });
            Ok(())
        })
        .await?;
    detail(state, code, id).await
}

/// Whether a person of the unit itself acts, or the authority.
fn side(reader: &Reader, code: &str) -> Side {
    let is_own = reader.account.as_ref().is_some_and(|it| it.is_of_unit(code));
    if is_own { Side::Unit } else { Side::Authority }
}
