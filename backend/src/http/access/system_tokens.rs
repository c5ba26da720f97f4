//! Finds the industry system that a token stands for. The database holds digests of tokens, never a token.

use nengce_shared::api::bulk::TokenRow;
use sha2::{Digest, Sha256};

use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::store::registry::tokens;

/// Marks a string as a token of this system, for people and for scanners of leaked secrets.
pub(crate) const PREFIX: &str = "nengce_";

pub(crate) fn hash(token: &str) -> String {
    const_hex::encode(Sha256::digest(token.as_bytes()))
}

/// The token's entry while it is in force. Every token of a system begins alike, so that nothing else is looked up.
pub(super) async fn in_force(state: &AppState, token: &str) -> ApiResult<Option<TokenRow>> {
    if !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let hash = hash(token);
    let found = state.store.read(move |conn| tokens::by_hash(conn, &hash)).await?;
    Ok(found.filter(|it| it.revoked_at.is_none()))
}
