//! `POST /versionCheck` answers with the current versions of the registration and of the dictionaries.

use axum::extract::{Request, State};
use axum::response::Response;
use serde_json::json;

use super::answer;
use crate::http::state::AppState;

/// A terminal downloads again what changed.
#[utoipa::path(post, path = "/versionCheck", tag = "terminal", request_body = inline(serde_json::Value),
    responses((status = 200, description = "regVersion and dicVersion")))]
pub async fn version_check(State(state): State<AppState>, request: Request) -> Response {
    match super::from_sender(&state, request).await {
        Ok((_, sender)) => answer::success(json!({
            "regVersion": sender.registration_version(),
            "dicVersion": state.dictionaries().dic_version(),
        })),
        Err(refusal) => refusal,
    }
}
