//! `/api/v1/publication`: a security administrator says what anybody may read without signing in.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::access::permission::Permission;
use nengce_shared::api::account::{PublicRead, PublicationList};

use crate::config::PUBLIC_READS;
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;

fn list(now: &[Permission]) -> Json<PublicationList> {
    let row = |permission| PublicRead { permission, published: now.contains(&permission) };
    Json(PublicationList { rows: PUBLIC_READS.map(row).to_vec() })
}

/// What can be published, and whether it is.
#[utoipa::path(get, path = "/api/v1/publication", tag = "accounts",
    responses((status = 200, body = PublicationList), (status = 401), (status = 403)))]
pub async fn get_publication(State(state): State<AppState>, _by: Reader) -> Json<PublicationList> {
    list(&state.publication.now())
}

async fn change(state: &AppState, word: &str, published: bool) -> ApiResult<Json<PublicationList>> {
    let known = PUBLIC_READS.into_iter().find(|it| it.as_str() == word);
    let permission = known.ok_or_else(|| {
        let words = PUBLIC_READS.map(Permission::as_str).to_vec();
        ApiError::missing_among("可公开的内容", "part that can be published", word, words)
    })?;
    Ok(list(&state.publication.change(&state.store, permission, published).await?))
}

/// From now on anybody may read this, without signing in.
#[utoipa::path(post, path = "/api/v1/publication/{permission}/publish", tag = "accounts", params(("permission" = String, Path)),
    responses((status = 200, body = PublicationList), (status = 401), (status = 403), (status = 404)))]
pub async fn publish(
    State(state): State<AppState>,
    _by: Reader,
    Path(permission): Path<String>,
) -> ApiResult<Json<PublicationList>> {
    change(&state, &permission, true).await
}

/// From now on whoever wants to read this signs in.
#[utoipa::path(post, path = "/api/v1/publication/{permission}/withdraw", tag = "accounts", params(("permission" = String, Path)),
    responses((status = 200, body = PublicationList), (status = 401), (status = 403), (status = 404)))]
pub async fn withdraw(
    State(state): State<AppState>,
    _by: Reader,
    Path(permission): Path<String>,
) -> ApiResult<Json<PublicationList>> {
    change(&state, &permission, false).await
}
