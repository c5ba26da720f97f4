//! `/api/v1/accounts/{name}/…`: a security administrator suspends an account, lets it go on, invites its person anew,
//! and takes a lost second factor away.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::account::{AccountRow, AccountState, Invited};

use super::account_view;
use super::invitations::invite;
use super::manage::{change, has_password_here, not_own};
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::accounts::account::Account;

/// Ends all sessions of an account at once; its person cannot sign in before it is resumed.
#[utoipa::path(post, path = "/api/v1/accounts/{name}/suspend", tag = "accounts", params(("name" = String, Path)),
    responses((status = 200, body = AccountRow), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn suspend_account(
    State(state): State<AppState>,
    by: Reader,
    Path(name): Path<String>,
) -> ApiResult<Json<AccountRow>> {
    not_own(&by, &name)?;
    let suspend = |it: &mut Account| (it.state, it.invitation) = (AccountState::Suspended, None);
    let changed = change(&state, &name, suspend).await?;
    state.store.end_sessions(|it| it.account == name).await?;
    Ok(Json(account_view::row(&state, &changed)))
}

/// Lets a suspended account go on.
#[utoipa::path(post, path = "/api/v1/accounts/{name}/resume", tag = "accounts", params(("name" = String, Path)),
    responses((status = 200, body = AccountRow), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn resume_account(
    State(state): State<AppState>,
    by: Reader,
    Path(name): Path<String>,
) -> ApiResult<Json<AccountRow>> {
    not_own(&by, &name)?;
    let resume = |it: &mut Account| {
        it.state = match it.password_hash.is_some() || it.provider_identity.is_some() {
            true => AccountState::Active,
            false => AccountState::Invited,
        };
    };
    let changed = change(&state, &name, resume).await?;
    Ok(Json(account_view::row(&state, &changed)))
}

/// Makes a new link with which the person of an account sets a password; an older link does not work any more.
#[utoipa::path(post, path = "/api/v1/accounts/{name}/invite", tag = "accounts", params(("name" = String, Path)),
    responses((status = 200, body = Invited), (status = 401), (status = 403), (status = 404),
        (status = 409, description = "its person signs in at the provider")))]
pub async fn invite_again(
    State(state): State<AppState>,
    _by: Reader,
    Path(name): Path<String>,
) -> ApiResult<Json<Invited>> {
    has_password_here(&state, &name)?;
    let (hours, now) = (state.config.invitation_hours, state.clock.now());
    let mut invited = None;
    change(&state, &name, |it| invited = Some(invite(it, hours, now))).await?;
    let missing = || ApiError::missing("账号", "account", &name);
    invited.map(Json).ok_or_else(missing)
}

/// Takes the second factor of an account away, whose person lost it, and ends its sessions.
#[utoipa::path(post, path = "/api/v1/accounts/{name}/reset-second-factor", tag = "accounts", params(("name" = String, Path)),
    responses((status = 200, body = AccountRow), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn reset_second_factor(
    State(state): State<AppState>,
    by: Reader,
    Path(name): Path<String>,
) -> ApiResult<Json<AccountRow>> {
    not_own(&by, &name)?;
    let changed = change(&state, &name, |it| it.second_factor = None).await?;
    state.store.end_sessions(|it| it.account == name).await?;
    Ok(Json(account_view::row(&state, &changed)))
}
