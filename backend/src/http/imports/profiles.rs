//! `/api/v1/import-profiles`: column mappings that people gave a name.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::imports::{ImportProfile, ImportProfileBody, ImportProfileList};

use crate::clock;
use crate::http::access::auth::Admin;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::import::check::KINDS;
use crate::store::imports::lists;

/// Letters of a profile's name, at most.
const NAME_LENGTH: usize = 80;

fn unknown(name: &str) -> ApiError {
    ApiError::missing("方案", "profile", name)
}

/// By name.
#[utoipa::path(get, path = "/api/v1/import-profiles", tag = "imports",
    responses((status = 200, body = ImportProfileList), (status = 401)), security(("admin" = [])))]
pub async fn list_profiles(
    State(state): State<AppState>,
    _admin: Admin,
) -> ApiResult<Json<ImportProfileList>> {
    let rows = state.store.read(lists::profiles).await?;
    Ok(Json(ImportProfileList { rows }))
}

#[utoipa::path(get, path = "/api/v1/import-profiles/{name}", tag = "imports", params(("name" = String, Path)),
    responses((status = 200, body = ImportProfile), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn get_profile(
    State(state): State<AppState>,
    _admin: Admin,
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
    admin: Admin,
    Path(name): Path<String>,
    JsonBody(body): JsonBody<ImportProfileBody>,
) -> ApiResult<Json<ImportProfile>> {
    save(&state, name, body, admin.0.to_owned()).await.map(Json)
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
    state.store.write(move |write| lists::save_profile(write.conn, &saved, most)).await?;
    Ok(profile)
}

#[utoipa::path(delete, path = "/api/v1/import-profiles/{name}", tag = "imports", params(("name" = String, Path)),
    responses((status = 200, body = ImportProfileList), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn delete_profile(
    State(state): State<AppState>,
    _admin: Admin,
    Path(name): Path<String>,
) -> ApiResult<Json<ImportProfileList>> {
    let wanted = name.clone();
    let known = state.store.write(move |write| lists::delete_profile(write.conn, &wanted)).await?;
    if !known {
        return Err(unknown(&name));
    }
    let rows = state.store.read(lists::profiles).await?;
    Ok(Json(ImportProfileList { rows }))
}
