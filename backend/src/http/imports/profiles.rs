//! `/api/v1/import-profiles`: column mappings that people gave a name.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::imports::{ImportProfile, ImportProfileBody, ImportProfileList};
use serde_json::json;

use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::import::check::KINDS;
use crate::store::audit::scope::ChangeNote;
use crate::store::imports::lists;

/// Letters of a profile's name, at most.
const NAME_LENGTH: usize = 80;

fn unknown(name: &str) -> ApiError {
    ApiError::missing("方案", "profile", name)
}

const COLUMNS: [Column<ImportProfile>; 4] = [
    Column::new("名称", "Name", |it, _| it.name.as_str().into()),
    Column::new("种类", "Kind", |it, _| it.mapping.kind.as_str().into()),
    Column::new("保存时间", "Saved", |it, _| it.saved_at.as_str().into()),
    Column::new("保存者", "Saved by", |it, _| it.saved_by.as_str().into()),
];

/// By name.
#[utoipa::path(get, path = "/api/v1/import-profiles", tag = "imports",
    params(("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = ImportProfileList), (status = 401)), security(("admin" = [])))]
pub async fn list_profiles(
    State(state): State<AppState>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&[])?;
    let body = ImportProfileList { rows: state.store.read(lists::profiles).await? };
    negotiation::send(format, &body, || {
        Table::of("import-profiles", &body.rows, &COLUMNS, params.lang)
    })
    .await
}

#[utoipa::path(get, path = "/api/v1/import-profiles/{name}", tag = "imports", params(("name" = String, Path)),
    responses((status = 200, body = ImportProfile), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn get_profile(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> ApiResult<Json<ImportProfile>> {
    let wanted = name.clone();
    let found = state.store.read(move |conn| lists::profile(conn, &wanted)).await?;
    found.map(Json).ok_or_else(|| unknown(&name))
}

/// Saves a mapping under a name; one of that name gives way.
#[utoipa::path(put, path = "/api/v1/import-profiles/{name}", tag = "imports", params(("name" = String, Path)), request_body = ImportProfileBody,
    responses((status = 200, body = ImportProfile), (status = 400), (status = 401)), security(("admin" = [])))]
pub async fn put_profile(
    State(state): State<AppState>,
    reader: Reader,
    Path(name): Path<String>,
    JsonBody(body): JsonBody<ImportProfileBody>,
) -> ApiResult<Json<ImportProfile>> {
    save(&state, name, body, reader.name.to_string()).await.map(Json)
}

/// Saves a mapping under a name, by whoever imports with it.
pub async fn save(
    state: &AppState,
    name: String,
    body: ImportProfileBody,
    saved_by: String,
) -> ApiResult<ImportProfile> {
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_LENGTH {
        return Err(ApiError::parameter("name", format!("1–{NAME_LENGTH}")));
    }
    if !KINDS.contains(&body.mapping.kind.as_str()) {
        return Err(ApiError::parameter("kind", KINDS.join(", ")));
    }
    let profile = ImportProfile {
        name,
        mapping: body.mapping,
        columns: body.columns,
        saved_at: clock::text(state.clock.now()),
        saved_by,
    };
    let saved = profile.clone();
    let most = state.config.max_import_profiles;
    state
        .store
        .write(move |write| {
            let found = lists::profiles(write.conn)?.into_iter().find(|it| it.name == saved.name);
            let (before, after) = (found.map(|it| json!(it.mapping)), Some(json!(saved.mapping)));
            write.note_change(ChangeNote { before, after, ..ChangeNote::default() });
            lists::save_profile(write.conn, &saved, most)
        })
        .await?;
    Ok(profile)
}

#[utoipa::path(delete, path = "/api/v1/import-profiles/{name}", tag = "imports", params(("name" = String, Path)),
    responses((status = 200, body = ImportProfileList), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn delete_profile(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> ApiResult<Json<ImportProfileList>> {
    let wanted = name.clone();
    let known = state
        .store
        .write(move |write| {
            let found = lists::profiles(write.conn)?.into_iter().find(|it| it.name == wanted);
            if let Some(it) = found {
                let before = Some(json!(it.mapping));
                write.note_change(ChangeNote { before, ..ChangeNote::default() });
            }
            lists::delete_profile(write.conn, &wanted)
        })
        .await?;
    if !known {
        return Err(unknown(&name));
    }
    let rows = state.store.read(lists::profiles).await?;
    Ok(Json(ImportProfileList { rows }))
}
