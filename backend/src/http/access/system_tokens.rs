//! Finds the industry system that a token stands for. The database holds digests of tokens, never a token.

use jiff::SignedDuration;
use jiff::civil::DateTime;
use nengce_shared::api::bulk::TokenRow;
use nengce_shared::problem::ProblemCode;
use sha2::{Digest, Sha256};

use crate::clock;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::registry::tokens;

/// Marks a string as a token of this system, for people and for scanners of leaked secrets.
pub(crate) const PREFIX: &str = "nengce_";

/// How exactly it is kept when a token was last used.
const LAST_USE_INTERVAL: SignedDuration = SignedDuration::from_mins(15);

pub(crate) fn hash(token: &str) -> String {
    const_hex::encode(Sha256::digest(token.as_bytes()))
}

fn time(text: Option<&String>) -> Option<DateTime> {
    clock::read(text?)
}

/// The token's entry while it is in force; one that has expired is told so. Every token of a system begins alike, so that nothing else is looked up.
pub(super) async fn in_force(state: &AppState, token: &str) -> ApiResult<Option<TokenRow>> {
    if !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let hash = hash(token);
    let found = state.store.read(move |conn| tokens::by_hash(conn, &hash)).await?;
    let Some(mut found) = found.filter(|it| it.revoked_at.is_none()) else { return Ok(None) };
    let now = state.clock.now();
    if let Some(end) = time(found.expires_at.as_ref()).filter(|it| *it <= now) {
        let words = format!(
            "{end} 到期，请安全管理员另发 / it expired at {end}: ask the security administrator for another",
            end = clock::text(end)
        );
        return Err(ApiError::new(ProblemCode::TokenExpired, words));
    }
    let noted = time(found.last_used_at.as_ref());
    if noted.is_none_or(|it| it.saturating_add(LAST_USE_INTERVAL) <= now) {
        let (name, at) = (found.name.clone(), clock::text(now));
        found.last_used_at = Some(at.clone());
        if let Err(error) = state.store.note_token_use(name, at).await {
            tracing::warn!(%error, "the use of a token could not be noted");
        }
    }
    Ok(Some(found))
}
