//! Writes from time to time what accounts keep in memory: when sessions were last used, and which passwords were wrong.

use std::time::Duration;

use crate::http::state::AppState;
use crate::panics;

/// How often it is written when sessions were last used.
const SESSION_INTERVAL: Duration = Duration::from_secs(60);

/// Keeps writing when sessions were last used and which passwords were wrong, and ends sessions that are over.
pub(super) async fn flush_sessions(state: AppState) {
    let flush = || {
        let state = state.clone();
        async move {
            loop {
                tokio::time::sleep(SESSION_INTERVAL).await;
                let (life, now) = (state.config.session_life(), state.clock.now());
                if let Err(error) = state.store.flush_sessions(life, now).await {
                    tracing::warn!(%error, "the last use of sessions was not written");
                }
                keep_failures(&state).await;
            }
        }
    };
    let _never: Option<()> = state.parts.keep(panics::SESSIONS, flush).await;
}

/// Writes the wrong passwords that are not on disk yet.
pub(super) async fn keep_failures(state: &AppState) {
    let rows = {
        let accounts = state.store.accounts();
        state.sign_in_failures.to_store(|it| accounts.get(it).is_some())
    };
    let Some(rows) = rows else { return };
    if let Err(error) = state.store.keep_sign_in_failures(rows).await {
        tracing::warn!(%error, "wrong passwords are counted anew after the next start");
    }
}
