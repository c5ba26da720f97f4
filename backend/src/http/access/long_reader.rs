//! Who reads an answer that stays open: they read on for as long as the session lasts that they began with, and as long as
//! its account may see the same.

use std::sync::Arc;

use axum::http::HeaderMap;
use nengce_shared::access::permission::Permission;

use super::auth::bearer;
use super::session::{SignedIn, shares_of, signed_in};
use crate::http::state::AppState;
use crate::store::accounts::account::{Account, Share};

/// The reader of an answer that stays open.
pub(in crate::http) enum LongReader {
    /// By SHA-256 of the session's token, with the account and what was shared with it at the beginning.
    Session(String, Arc<Account>, Vec<Share>),
    Token,
    /// What everybody may read.
    Anybody(Permission),
}

impl LongReader {
    /// The reader of a request that was let in by this permission.
    pub(in crate::http) fn of(
        state: &AppState,
        headers: &HeaderMap,
        permission: Permission,
    ) -> Self {
        if bearer(headers).is_some() {
            return Self::Token;
        }
        let session = |it: SignedIn| Self::Session(it.session, it.account, it.shares);
        signed_in(state, headers).map_or(Self::Anybody(permission), session)
    }

    /// Whether they may still read what they read at the beginning.
    pub(in crate::http) fn may_read_on(&self, state: &AppState) -> bool {
        match self {
            Self::Session(digest, before, shares) => {
                let (all, now_at) = (state.store.accounts(), state.clock.now());
                let found = all.session(digest, state.config.session_life(), now_at);
                let rights =
                    |it: &Account| (it.roles.clone(), it.districts.clone(), it.units.clone());
                found.is_some_and(|(_, now)| {
                    (Arc::ptr_eq(now, before) || rights(now) == rights(before))
                        && shares_of(&all, now, now_at.date()) == *shares
                })
            }
            Self::Token => true,
            Self::Anybody(permission) => state.publication.is_public(*permission),
        }
    }
}
