//! The list with its candidates, and its export in the documented columns.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use nengce_shared::api::credit::{CreditEntry, CreditList, CreditRecord};
use nengce_shared::credit::CreditStep;

use super::candidates::candidates;
use super::entries::{entry, load};
use crate::http::access::reader::Reader;
use crate::http::cases::{acts_as, is_of_unit};
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;

/// The credit list. The unit's side sees its own entries once it was told, and no candidates.
#[utoipa::path(get, path = "/api/v1/credit-list", tag = "inspection", responses((status = 200, body = CreditList)))]
pub async fn get_credit_list(
    State(state): State<AppState>,
    reader: Reader,
) -> ApiResult<Json<CreditList>> {
    let entries = seen_entries(&state, &reader).await?;
    let candidates = match is_of_unit(&reader) {
        true => Vec::new(),
        false => candidates(&state, &reader, &entries).await?,
    };
    Ok(Json(CreditList { today: state.clock.today().to_string(), candidates, entries }))
}

/// What is or was on the list, in the columns of the credit platform.
#[utoipa::path(get, path = "/api/v1/credit-list/export", tag = "inspection",
    params(("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = Vec<CreditRecord>), (status = 400)))]
pub async fn export_credit_list(
    State(state): State<AppState>,
    reader: Reader,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&[])?;
    let entries = seen_entries(&state, &reader).await?;
    let listed = entries.into_iter().filter(|it| !it.record.listed_on.is_empty());
    let records: Vec<CreditRecord> = listed.map(|it| it.record).collect();
    let table = || Table::of("credit-list", &records, &COLUMNS, params.lang);
    negotiation::send(format, &records, table).await
}

/// The entries as the reader sees them.
async fn seen_entries(state: &AppState, reader: &Reader) -> ApiResult<Vec<CreditEntry>> {
    let (of_unit, today) = (is_of_unit(reader), state.clock.today());
    let (acts, by) = (acts_as(state, reader), reader.name.to_string());
    let loaded = load(state, reader.units(state), 0).await?;
    let all = loaded.iter().map(|it| entry(it, &acts, &by, today));
    Ok(all.filter(|it| !of_unit || is_told(it)).map(|it| seen(it, of_unit)).collect())
}

fn is_told(it: &CreditEntry) -> bool {
    it.steps.iter().any(|it| it.step.tells_unit())
}

/// What the unit's side sees: nothing of what was said before it was told.
fn seen(mut it: CreditEntry, of_unit: bool) -> CreditEntry {
    if of_unit {
        it.steps.retain(|it| it.step.tells_unit());
        it.next.retain(|it| it.step == CreditStep::Objected);
        it.push = None;
    }
    it
}

/// The columns are named as the platform names them, in both languages.
const COLUMNS: [Column<CreditRecord>; 15] = [
    Column::new("uscc", "uscc", |it, _| it.uscc.as_str().into()),
    Column::new("name", "name", |it, _| it.name.as_str().into()),
    Column::new("legal_rep", "legal_rep", |it, _| it.legal_rep.as_str().into()),
    Column::new("act_code", "act_code", |it, _| it.act_code.as_str().into()),
    Column::new("act_zh", "act_zh", |it, _| it.act_zh.as_str().into()),
    Column::new("level", "level", |it, _| it.level.as_str().into()),
    Column::new("ground", "ground", |it, _| it.ground.as_str().into()),
    Column::new("decision_no", "decision_no", |it, _| it.decision_no.as_str().into()),
    Column::new("decision_org", "decision_org", |it, _| it.decision_org.as_str().into()),
    Column::new("decision_date", "decision_date", |it, _| it.decision_date.as_str().into()),
    Column::new("listed_on", "listed_on", |it, _| it.listed_on.as_str().into()),
    Column::new("expires_on", "expires_on", |it, _| it.expires_on.as_str().into()),
    Column::new("cured_on", "cured_on", |it, _| it.cured_on.as_str().into()),
    Column::new("withdrawn_on", "withdrawn_on", |it, _| it.withdrawn_on.as_str().into()),
    Column::new("evidence_sha256", "evidence_sha256", |it, _| it.evidence_sha256.as_str().into()),
];
