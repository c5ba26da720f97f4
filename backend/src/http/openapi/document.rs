//! The API document of a server: what is described, where it is mounted, with every status; as JSON and as a page.

use std::sync::OnceLock;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::Value;

use super::{docs, parameters, paths, profiles, statuses};
use crate::http::state::AppState;
use crate::mounts::Mount;

/// The document, with the terminals' paths where they are mounted and every status that an operation may answer.
pub fn document(mounts: &[Mount]) -> Value {
    let mut document = serde_json::to_value(paths::described()).unwrap_or_default();
    profiles::place(&mut document, mounts);
    parameters::describe(&mut document);
    statuses::complete(&mut document);
    document
}

/// The document of a server, as JSON and as a page, each written when it is first asked for.
pub struct Document {
    mounts: Vec<Mount>,
    json: OnceLock<String>,
    page: OnceLock<String>,
}

impl Document {
    pub fn new(mounts: &[Mount]) -> Self {
        Self { mounts: mounts.to_vec(), json: OnceLock::new(), page: OnceLock::new() }
    }

    pub fn json(&self) -> &str {
        self.json.get_or_init(|| document(&self.mounts).to_string())
    }

    pub fn page(&self) -> &str {
        self.page.get_or_init(|| docs::page(&document(&self.mounts)))
    }
}

pub async fn get_openapi(State(state): State<AppState>) -> impl IntoResponse {
    let json = state.document.json().to_owned();
    ([(header::CONTENT_TYPE, "application/json")], json)
}
