//! One case with its path, deadlines, evidence, documents, and what may follow.

use axum::Json;
use axum::extract::{Path, State};
use nengce_core::cases::flow::{self, Possible};
use nengce_core::cases::progress::Progress;
use nengce_shared::api::case::{CaseDetail, PossibleStep};
use nengce_shared::api::case_papers::CaseDocumentRow;
use nengce_shared::case::{CaseActor, CaseStep};

use super::{Loaded, acts_as, find, is_of_unit, rows};
use crate::http::access::reader::Reader;
use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::store::cases::papers;

/// A case. The unit's side sees it once the unit has learnt of it, without what the authority does within itself.
#[utoipa::path(get, path = "/api/v1/cases/{case_id}", tag = "inspection", params(("case_id" = u64, Path)),
    responses((status = 200, body = CaseDetail), (status = 404)))]
pub async fn get_case(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
) -> ApiResult<Json<CaseDetail>> {
    detail(&state, &reader, id).await.map(Json)
}

pub(super) async fn detail(state: &AppState, reader: &Reader, id: u64) -> ApiResult<CaseDetail> {
    let case = find(state, reader, id).await?;
    let ask = move |conn: &_| Ok((papers::evidence(conn, id)?, papers::documents(conn, id)?));
    let (evidence, documents) = state.store.read(ask).await?;
    let (today, of_unit) = (state.clock.today(), is_of_unit(reader));
    let progress = case.progress();
    let acts_as = acts_as(state, reader);
    let possible = flow::possible(&progress, &case.subject(), &case.terms(), today);
    let is_shown = |it: &Possible| !of_unit || it.actor == CaseActor::Unit;
    let undo = progress.last_act().filter(|it| may_undo(it.step, &acts_as)).map(|it| it.number);
    Ok(CaseDetail {
        case: rows::row(&case, of_unit, today),
        today: today.to_string(),
        ground: case.violation.ground.clone(),
        procedure: case.violation.procedure,
        fine: rows::violation_row(&case.violation),
        steps: rows::step_rows(&case, of_unit),
        deadlines: rows::deadline_rows(&case, today)
            .into_iter()
            .filter(|it| !of_unit || it.name != "limitation")
            .collect(),
        next: possible.into_iter().filter(is_shown).map(next_step).collect(),
        undo,
        acts_as,
        evidence: evidence.into_iter().filter(|it| counts(&progress, it.step)).collect(),
        documents: seen_documents(&case, documents, of_unit),
    })
}

fn next_step(it: Possible) -> PossibleStep {
    let block = it.block;
    PossibleStep {
        step: it.step,
        actor: it.actor,
        blocked_zh: block.as_ref().map(|it| it.zh.clone()),
        blocked_en: block.as_ref().map(|it| it.en.clone()),
        from: block.and_then(|it| it.from).map(|it| it.to_string()),
    }
}

/// Whether the side that took a step may undo it.
pub(super) fn may_undo(step: CaseStep, acts_as: &[CaseActor]) -> bool {
    step.actor().is_some_and(|it| it != CaseActor::Unit && acts_as.contains(&it))
}

fn counts(progress: &Progress<'_>, step: u32) -> bool {
    progress.steps().iter().any(|it| it.number == step)
}

/// The documents that a reader sees, with the day on which each was served.
pub(super) fn seen_documents(
    case: &Loaded,
    documents: Vec<CaseDocumentRow>,
    of_unit: bool,
) -> Vec<CaseDocumentRow> {
    let progress = case.progress();
    let with_service = |mut row: CaseDocumentRow| {
        let step = progress.steps().iter().find(|it| it.number == row.step);
        row.is_served = step.is_some_and(|it| it.step.is_served());
        row.served_on = step.and_then(|it| progress.served_on(it)).map(|it| it.to_string());
        row
    };
    let of_step = |row: &CaseDocumentRow| case.steps.iter().find(|it| it.step.number == row.step);
    let is_seen = |row: &CaseDocumentRow| {
        !of_unit
            || of_step(row).is_some_and(|it| it.step.step.is_seen_by_unit())
                && counts(&progress, row.step)
    };
    documents.into_iter().filter(is_seen).map(with_service).collect()
}
