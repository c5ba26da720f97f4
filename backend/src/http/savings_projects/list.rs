//! The savings projects of a unit, and one of them with its result, its steps and its last repetition.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::savings::{
    SavingsMonth, SavingsProject, SavingsProjectList, SavingsProjectRow, SavingsView,
};
use nengce_shared::problem::ProblemCode;

use crate::clock;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::savings::{self, Project};

/// Projects that a list shows, withdrawn ones included, for each that may be kept.
const SHOWN_FOR_EACH: u32 = 4;

/// The projects of a unit, newest first, withdrawn ones last.
#[utoipa::path(get, path = "/api/v1/units/{code}/savings-projects", tag = "savings", params(("code" = String, Path)),
    responses((status = 200, body = SavingsProjectList), (status = 404)))]
pub async fn list_projects(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> ApiResult<Json<SavingsProjectList>> {
    let (unit, most) = (unit_id(&state, &code)?, state.config.max_savings_projects_per_unit);
    let now = clock::text(state.clock.now());
    let limit = most.saturating_mul(SHOWN_FOR_EACH).max(1);
    let ask = move |conn: &_| {
        Ok((savings::projects(conn, unit, 0, limit)?, savings::counts(conn, unit, &now)?.0))
    };
    let (found, kept) = state.store.read(ask).await?;
    let rows = found.iter().map(row).collect::<ApiResult<Vec<_>>>()?;
    Ok(Json(SavingsProjectList { rows, kept, most }))
}

/// A project with its result, its steps, and what the last repetition computed.
#[utoipa::path(get, path = "/api/v1/units/{code}/savings-projects/{project_id}", tag = "savings", params(("code" = String, Path), ("project_id" = i32, Path)),
    responses((status = 200, body = SavingsProject), (status = 404)))]
pub async fn get_project(
    State(state): State<AppState>,
    Path((code, id)): Path<(String, i32)>,
) -> ApiResult<Json<SavingsProject>> {
    detail(&state, &code, id).await
}

pub(super) fn unit_id(state: &AppState, code: &str) -> ApiResult<i32> {
    let unit = state.store.registry().unit_by_code(code).map(|it| it.unit_id);
    unit.ok_or_else(|| ApiError::missing("用能单位", "unit", code))
}

/// A project of a unit; one of another unit is not found.
pub(super) async fn find(state: &AppState, code: &str, id: i32) -> ApiResult<Project> {
    let unit = unit_id(state, code)?;
    let found = match id {
        ..=0 => None,
        _ => state.store.read(move |conn| Ok(savings::projects(conn, unit, id, 1)?.pop())).await?,
    };
    found.ok_or_else(|| ApiError::missing("节能项目", "savings project", &id.to_string()))
}

pub(super) async fn detail(
    state: &AppState,
    code: &str,
    id: i32,
) -> ApiResult<Json<SavingsProject>> {
    let it = find(state, code, id).await?;
    let ask = move |conn: &_| Ok((savings::steps(conn, id)?, savings::last_redone(conn, id)?));
    let (steps, redone) = state.store.read(ask).await?;
    let most = state.config.max_savings_steps_per_project;
    let changed = redone.as_ref().map(|now| changed_months(&it.result, now));
    Ok(Json(SavingsProject {
        project: row(&it)?,
        changed_months: changed.unwrap_or_default(),
        result: it.result,
        redone,
        steps_left: most.saturating_sub(steps.len() as u32),
        steps,
    }))
}

/// Months or days whose input differs between two answers of one question.
fn changed_months(before: &SavingsView, now: &SavingsView) -> Vec<String> {
    let is_other = |(a, b): &(&SavingsMonth, &SavingsMonth)| {
        let near = |a: f64, b: f64| format!("{a:.8e}") == format!("{b:.8e}");
        let same_used = match (a.used, b.used) {
            (Some(a), Some(b)) => near(a, b),
            (a, b) => a == b,
        };
        let same_outputs = a.outputs.len() == b.outputs.len()
            && a.outputs.iter().zip(&b.outputs).all(|(a, b)| near(*a, *b));
        !same_used || !same_outputs || a.left_out != b.left_out || a.mean_celsius != b.mean_celsius
    };
    let pairs = before.months.iter().zip(&now.months);
    pairs.filter(is_other).map(|it| it.0.month.clone()).collect()
}

fn row(it: &Project) -> ApiResult<SavingsProjectRow> {
    let outcome = it.result.outcome.clone().ok_or_else(|| {
        ApiError::new(ProblemCode::Internal, "a savings project without a result")
    })?;
    let (signed_by, signed_at) = it.signed.clone().unzip();
    let redone = it.redone.clone();
    Ok(SavingsProjectRow {
        project_id: it.id as u64,
        name: it.name.clone(),
        state: it.state.clone(),
        question: it.question.clone(),
        meters: it.meters.clone(),
        note: it.note.clone(),
        outcome,
        input_hash: it.result.input_hash.clone(),
        data_version: it.result.data_version,
        made_by: it.made_by.clone(),
        made_at: it.made_at.clone(),
        signed_by,
        signed_at,
        redone_by: redone.as_ref().map(|it| it.0.clone()),
        redone_at: redone.as_ref().map(|it| it.1.clone()),
        redone_same: redone.map(|it| it.2),
    })
}
