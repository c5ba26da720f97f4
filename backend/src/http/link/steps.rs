//! Pausing a link, letting it go on, and sending again what was refused.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::link::LinkView;
use serde_json::json;

use super::view;
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::change::Transaction;
use crate::store::link::{due, upper};

/// Nothing goes up until somebody lets it go on; what comes meanwhile waits.
#[utoipa::path(post, path = "/api/v1/link/{upper}/pause", tag = "link", params(("upper" = String, Path)),
    responses((status = 200, body = LinkView), (status = 404)), security(("admin" = [])))]
pub async fn pause_link(
    State(state): State<AppState>,
    reader: Reader,
    Path(name): Path<String>,
) -> ApiResult<Json<LinkView>> {
    let now = state.clock.now();
    step(&state, &name, "paused", move |write, name| {
        upper::pause(write.conn, name, Some(&reader.name), now)
    })
    .await
}

/// What waits goes up again.
#[utoipa::path(post, path = "/api/v1/link/{upper}/resume", tag = "link", params(("upper" = String, Path)),
    responses((status = 200, body = LinkView), (status = 404)), security(("admin" = [])))]
pub async fn resume_link(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> ApiResult<Json<LinkView>> {
    let now = state.clock.now();
    step(&state, &name, "resumed", move |write, name| upper::pause(write.conn, name, None, now))
        .await
}

/// Refused values and units are sent again, and everything is compared with what the platform above has.
#[utoipa::path(post, path = "/api/v1/link/{upper}/retry", tag = "link", params(("upper" = String, Path)),
    responses((status = 200, body = LinkView), (status = 404)), security(("admin" = [])))]
pub async fn retry_link(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> ApiResult<Json<LinkView>> {
    let now = state.clock.now();
    step(&state, &name, "sent again", move |write, name| due::retry(write.conn, name, now)).await
}

/// Does a step on a platform above that the file of the link names, and wakes its task.
async fn step(
    state: &AppState,
    name: &str,
    what: &'static str,
    change: impl FnOnce(&mut Transaction<'_>, &str) -> crate::store::Result<()> + Send + 'static,
) -> ApiResult<Json<LinkView>> {
    let known = state.link.upper(name);
    let known = known.ok_or_else(|| ApiError::missing("上级平台", "platform above", name))?;
    let name = name.to_owned();
    state
        .store
        .write(move |write| {
            change(write, &name)?;
            write.note_change(ChangeNote {
                object: format!("link/{name}"),
                ..ChangeNote::after(json!({"link": what}))
            });
            Ok(())
        })
        .await?;
    known.wake();
    view::view(state).await.map(Json)
}
