//! `/api/v1/link`: the platforms above and below, dictionaries from above, and which regions lag.

pub mod lists;
pub mod measure;
pub mod offers;
pub mod regions;
pub mod steps;
mod view;

use axum::Json;
use axum::extract::State;
use nengce_shared::api::link::LinkView;

use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;

/// How the links to the platforms above stand, the platforms below, and dictionaries from above.
#[utoipa::path(get, path = "/api/v1/link", tag = "link", responses((status = 200, body = LinkView)), security(("admin" = [])))]
pub async fn get_link(State(state): State<AppState>) -> ApiResult<Json<LinkView>> {
    view::view(&state).await.map(Json)
}
