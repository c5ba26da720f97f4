//! `/api/v1/accounts`: a security administrator lists, creates and changes accounts.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use nengce_core::accounts::name::sign_in_name;
use nengce_shared::api::account::{AccountBody, AccountList, AccountRow, Invited};
use nengce_shared::problem::ProblemCode;

use super::invitations::invite;
use super::{account_view, validity};
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::accounts::account::Account;

/// What is answered to a change that only the provider can make.
pub(super) const AT_PROVIDER: &str = "该账号由统一认证管理，口令、角色和范围在那里改 / this account belongs to the sign-in provider: \
     its password, roles and scope are changed there";

/// Nobody changes the rights of the own account.
pub(super) fn not_own(by: &Reader, name: &str) -> ApiResult<()> {
    match &*by.name == name {
        true => Err(ApiError::new(
            ProblemCode::Conflict,
            "不能改动自己的账号，请另一位安全管理员办理 / nobody changes the own account: ask another security administrator",
        )),
        false => Ok(()),
    }
}

/// An account whose person signs in at the provider has no password, and its rights come from there.
pub(super) fn has_password_here(state: &AppState, name: &str) -> ApiResult<()> {
    let account = state.store.accounts().get(name).cloned();
    match account.is_some_and(|it| it.provider_identity.is_some()) {
        true => Err(ApiError::new(ProblemCode::Conflict, AT_PROVIDER)),
        false => Ok(()),
    }
}

/// All accounts, by name.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "accounts",
    responses((status = 200, body = AccountList), (status = 401), (status = 403)))]
pub async fn list_accounts(State(state): State<AppState>, _by: Reader) -> Json<AccountList> {
    let all: Vec<_> = state.store.accounts().all().cloned().collect();
    Json(AccountList { rows: all.iter().map(|it| account_view::row(&state, it)).collect() })
}

/// Takes what was entered over into an account.
pub(super) fn fill(account: &mut Account, body: AccountBody) {
    account.display_name = body.display_name.trim().to_owned();
    account.roles = body.roles;
    account.roles.sort_unstable();
    account.roles.dedup();
    (account.districts, account.units) = (body.districts, body.units);
}

/// Creates an account and returns the link with which its person sets a password.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "accounts", request_body = AccountBody,
    responses((status = 200, body = Invited), (status = 400), (status = 401), (status = 403), (status = 409, description = "the name is taken")))]
pub async fn create_account(
    State(state): State<AppState>,
    _by: Reader,
    JsonBody(body): JsonBody<AccountBody>,
) -> ApiResult<Json<Invited>> {
    validity::check(&state, &body)?;
    let name = sign_in_name(&body.name).unwrap_or_default();
    let now = state.clock.now();
    let mut account = Account::new(name, Vec::new(), now);
    fill(&mut account, body);
    let invited = invite(&mut account, state.config.invitation_hours, now);
    state
        .store
        .change_accounts(|all| match all.get(&account.name) {
            Some(it) => Err(ApiError::new(
                ProblemCode::Conflict,
                format!("已有账号 {0} / there is an account {0}", it.name),
            )),
            None => Ok(vec![account]),
        })
        .await?;
    Ok(Json(invited))
}

/// Changes the person's name, roles, districts and units of an account; they hold from the next request on.
#[utoipa::path(put, path = "/api/v1/accounts/{name}", tag = "accounts", params(("name" = String, Path)), request_body = AccountBody,
    responses((status = 200, body = AccountRow), (status = 400), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn put_account(
    State(state): State<AppState>,
    by: Reader,
    Path(name): Path<String>,
    JsonBody(body): JsonBody<AccountBody>,
) -> ApiResult<Json<AccountRow>> {
    not_own(&by, &name)?;
    has_password_here(&state, &name)?;
    let body = AccountBody { name: name.clone(), ..body };
    validity::check(&state, &body)?;
    let changed = change(&state, &name, |it| fill(it, body)).await?;
    Ok(Json(account_view::row(&state, &changed)))
}

/// Changes one account.
pub(super) async fn change(
    state: &AppState,
    name: &str,
    change: impl FnOnce(&mut Account),
) -> ApiResult<Arc<Account>> {
    let now = state.clock.now();
    let changed = state.store.change_accounts::<ApiError>(|all| {
        let known = all.get(name).ok_or_else(|| {
            let names: Vec<&str> = all.all().map(|it| it.name.as_str()).collect();
            ApiError::missing_among("账号", "account", name, names)
        })?;
        let mut it = Account::clone(known);
        change(&mut it);
        it.changed_at = now;
        Ok(vec![it])
    });
    let gone = || ApiError::missing("账号", "account", name);
    changed.await?.pop().ok_or_else(gone)
}
