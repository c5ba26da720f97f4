//! The API document of a server: what is described, where it is bound, with every status; as JSON and as a page.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::Value;
use utoipa::openapi::OpenApi;

use super::{parameters, paths, profiles, statuses};
use crate::config::profile_bindings::ProfileBinding;
use crate::http::state::AppState;

/// The document, with the terminals' paths where they are bound and every status that an operation may answer.
pub fn document(operations: OpenApi, bindings: &[ProfileBinding]) -> Value {
    let mut document = serde_json::to_value(paths::described(operations)).unwrap_or_default();
    profiles::place(&mut document, bindings);
    parameters::describe(&mut document);
    statuses::complete(&mut document);
    document
}

pub async fn get_openapi(State(state): State<AppState>) -> impl IntoResponse {
    let json =
        state.api_document.json(|operations, it| document(operations, it).to_string()).to_owned();
    ([(header::CONTENT_TYPE, "application/json")], json)
}
