//! What was sent to the credit platform, what waits, and trying it now.

use axum::Json;
use axum::extract::State;
use nengce_shared::api::credit::CreditPushList;

use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::credit::pushes;

/// Rows of the list.
const MOST_ROWS: u32 = 1_000;

/// The contents for the credit platform, newest first.
#[utoipa::path(get, path = "/api/v1/credit-list/pushes", tag = "inspection", responses((status = 200, body = CreditPushList)))]
pub async fn list_pushes(State(state): State<AppState>) -> ApiResult<Json<CreditPushList>> {
    let rows = state.store.read(|conn| pushes::list(conn, MOST_ROWS)).await?;
    Ok(Json(CreditPushList { address: state.config.credit_push_address.clone(), rows }))
}

/// Tries what waits now, and what was refused again. What the platform has is not sent again.
#[utoipa::path(post, path = "/api/v1/credit-list/pushes", tag = "inspection", responses((status = 200, body = CreditPushList)))]
pub async fn push_again(State(state): State<AppState>) -> ApiResult<Json<CreditPushList>> {
    let now = state.clock.now();
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        pushes::retry_now(write.conn, now)?;
        write.note_change(ChangeNote::default());
        Ok(())
    };
    state.store.write(write).await?;
    crate::credit_push::once(&state.store, &state.config, &state.clock).await;
    list_pushes(State(state)).await
}
