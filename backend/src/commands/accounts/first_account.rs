//! The first account of a server: a security administrator, whose link is printed at every start until some account is
//! in use.

use anyhow::Result;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::AccountState;

use crate::http::accounts::invitations::invite;
use crate::http::state::AppState;
use crate::store::StoreError;
use crate::store::accounts::account::Account;

/// The name of the first account.
pub(in crate::commands) const NAME: &str = "security";

/// Invites the first security administrator and returns the path of the link, as long as no account is in use. A server
/// without room on the disk serves all the same, and invites at its next start.
pub(in crate::commands) async fn invitation(state: &AppState) -> Result<Option<String>> {
    let is_unused =
        |it: &std::sync::Arc<Account>| it.state == AccountState::Invited && it.name == NAME;
    if !state.store.accounts().all().all(is_unused) {
        return Ok(None);
    }
    let (now, mut link) = (state.clock.now(), None);
    let invited = state
        .store
        .change_accounts(|all| {
            let new = || Account::new(NAME.to_owned(), vec![Role::SecurityAdministrator], now);
            let mut account = all.get(NAME).map_or_else(new, |it| Account::clone(it));
            link = Some(invite(&mut account, state.config.invitation_hours, now).link);
            Ok::<_, StoreError>(vec![account])
        })
        .await;
    match invited {
        Ok(_) => Ok(link),
        Err(error) if error.is_full() => {
            tracing::warn!(%error, "no room to invite the first administrator; the next start does");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
