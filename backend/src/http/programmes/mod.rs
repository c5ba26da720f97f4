//! `/api/v1/programmes`: inspection programmes. One is made from the ranking of the moment and stays as it was.

pub mod compare;
mod document;
pub mod make;
pub mod monthly;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use nengce_shared::api::programme::{
    Programme, ProgrammeList, ProgrammeVisit, ProgrammeWithdrawal,
};
use nengce_shared::problem::ProblemCode;
use serde_json::json;

use super::access::reader::Reader;
use super::content::docx::DOCX;
use super::content::json_body::JsonBody;
use super::content::negotiation::{self, Format, attachment};
use super::content::problem::{ApiError, ApiResult};
use super::content::table::{Column, Table};
use super::state::AppState;
use super::submissions::line;
use super::views::ViewRequest;
use crate::store::audit::scope::ChangeNote;
use crate::store::inspection;

/// All programmes, newest first; those that were withdrawn stay.
#[utoipa::path(get, path = "/api/v1/programmes", tag = "inspection", responses((status = 200, body = ProgrammeList)))]
pub async fn list_programmes(State(state): State<AppState>) -> ApiResult<Json<ProgrammeList>> {
    let most = state.config.max_programmes;
    let rows = state.store.read(move |conn| inspection::list(conn, most)).await?;
    Ok(Json(ProgrammeList { rows }))
}

/// A programme as it was made: as JSON, as a table (`csv`, `xlsx`, `parquet`), or as a document (`docx`).
#[utoipa::path(get, path = "/api/v1/programmes/{programme_id}", tag = "inspection",
    params(("programme_id" = u64, Path), ("format" = Option<String>, Query, description = "json (default), csv, xlsx, parquet or docx"), ("lang" = Option<String>, Query, description = "zh (default) or en: the words of a file")),
    responses((status = 200, body = Programme), (status = 400), (status = 404)))]
pub async fn get_programme(
    State(state): State<AppState>,
    Path(id): Path<u64>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&[])?;
    let it = find(&state, id).await?;
    let name = format!("nengce-programme-{id}");
    if params.text("format") == Some("docx") {
        let lang = params.lang;
        let write = move || document::bytes(&it, lang).map_err(ApiError::internal);
        let bytes = tokio::task::spawn_blocking(write).await.map_err(ApiError::internal)??;
        return Ok(attachment(bytes, DOCX, &format!("{name}.docx")));
    }
    match request.format(&params)? {
        Format::Json => Ok(Json(it).into_response()),
        format => {
            let table = Table::of("programme", &it.visits, &COLUMNS, params.lang);
            negotiation::file(format, table.about(vec![id.to_string()])).await
        }
    }
}

/// Withdraws a programme with a reason. It stays in the list.
#[utoipa::path(post, path = "/api/v1/programmes/{programme_id}/withdraw", tag = "inspection", params(("programme_id" = u64, Path)), request_body = ProgrammeWithdrawal,
    responses((status = 200, body = Programme), (status = 400), (status = 404), (status = 409, description = "withdrawn before")))]
pub async fn withdraw_programme(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(request): JsonBody<ProgrammeWithdrawal>,
) -> ApiResult<Json<Programme>> {
    let reason = line("reason", &request.reason, false)?;
    find(&state, id).await?;
    let (by, now) = (reader.name.to_string(), state.clock.now());
    let done = state.store.write(move |write| {
        let done = inspection::withdraw(write.conn, id, (&by, &reason), now)?;
        write.note_change(ChangeNote {
            object: id.to_string(),
            before: Some(json!({"state": "in_force"})),
            after: Some(json!({"state": "withdrawn"})),
            reason: Some(reason),
        });
        Ok(done)
    });
    if !done.await? {
        let words = format!("方案 {id} 已撤回 / programme {id} was withdrawn before");
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    Ok(Json(find(&state, id).await?))
}

async fn find(state: &AppState, id: u64) -> ApiResult<Programme> {
    let found = state.store.read(move |conn| inspection::find(conn, id)).await?;
    found.ok_or_else(|| ApiError::missing("监察方案", "programme", &id.to_string()))
}

const COLUMNS: [Column<ProgrammeVisit>; 11] = [
    Column::new("位次", "Rank", |it, _| it.rank.map(f64::from).into()),
    Column::new("统一社会信用代码", "Credit code", |it, _| {
        it.unit.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit.name.as_str().into()),
    Column::new("区划", "Region", |it, lang| {
        lang.pick(&it.unit.region.zh, &it.unit.region.en).into()
    }),
    Column::new("行业", "Industry", |it, lang| {
        lang.pick(&it.unit.industry.zh, &it.unit.industry.en).into()
    }),
    Column::new("产生方式", "Chosen", |it, lang| it.how.label(lang).into()),
    Column::new("得分", "Score", |it, _| it.score.into()),
    Column::new("监察人员一", "Inspector 1", |it, _| inspector(it, 0).into()),
    Column::new("监察人员二", "Inspector 2", |it, _| inspector(it, 1).into()),
    Column::new("理由与依据", "Reasons and evidence", |it, lang| {
        lang.pick(&it.sentence_zh, &it.sentence_en).into()
    }),
    Column::new("抽取值 SHA-256", "Hash of the draw", |it, _| it.draw_hash.as_str().into()),
];

fn inspector(it: &ProgrammeVisit, at: usize) -> &str {
    it.inspectors.get(at).map_or("", String::as_str)
}
