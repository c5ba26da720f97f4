//! `/api/v1/sessions`: the sessions of one's own account, and ending them.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::account::{SessionList, SessionRow};

use crate::clock;
use crate::http::access::session::SignedIn;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;

/// The sessions of the account that asks, last used first.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "accounts", responses((status = 200, body = SessionList), (status = 401)))]
pub async fn list_sessions(State(state): State<AppState>, by: SignedIn) -> Json<SessionList> {
    let all = state.store.accounts();
    let found = all.sessions_of(&by.account.name, state.config.session_life(), state.clock.now());
    let row = |it: &&crate::store::accounts::account::Session| SessionRow {
        id: it.id().to_owned(),
        begun_at: clock::text(it.begun_at),
        last_seen_at: clock::text(it.last_seen_at),
        address: it.address.clone(),
        user_agent: it.user_agent.clone(),
        is_current: it.digest == by.session,
    };
    Json(SessionList { rows: found.iter().map(row).collect() })
}

/// Ends a session of the account that asks.
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "accounts", params(("id" = String, Path)),
    responses((status = 200, body = SessionList), (status = 401), (status = 403), (status = 404)))]
pub async fn end_session(
    State(state): State<AppState>,
    by: SignedIn,
    Path(id): Path<String>,
) -> ApiResult<Json<SessionList>> {
    let name = by.account.name.clone();
    let ended = state.store.end_sessions(|it| it.account == name && it.id() == id).await?;
    if ended == 0 {
        return Err(ApiError::missing("会话", "session", &id));
    }
    Ok(list_sessions(State(state), by).await)
}
