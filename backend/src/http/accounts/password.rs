//! `/api/v1/account/password`: a person changes the own password. New passwords are checked here.

use axum::extract::State;
use axum::http::{Extensions, HeaderMap, StatusCode};
use nengce_shared::api::account::PasswordBody;
use nengce_shared::lang::Lang;
use nengce_shared::problem::{FieldProblem, Problem, ProblemCode};

use super::manage::has_password_here;
use super::sign_in::{self, Client};
use crate::http::access::session::SignedIn;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::accounts::account::Account;

/// The hash of a password that the rule accepts for an account.
pub(super) async fn accepted(
    state: &AppState,
    password: String,
    name: &str,
    field: &str,
) -> ApiResult<String> {
    let rule = state.config.password_rule();
    if let Err(why) = rule.check(&password, name) {
        let reason = format!("{} / {}", why.reason_zh(&rule), why.reason_en(&rule));
        let wrong = FieldProblem::new(ProblemCode::PasswordWeak, reason.clone()).in_field(field);
        let problem = Problem::new(ProblemCode::PasswordWeak, Lang::Zh).with_detail(reason);
        return Err(problem.with_errors(vec![wrong]).into());
    }
    state.passwords.hash(password).await.map_err(sign_in::busy)
}

/// Changes the own password; the other sessions of the account end.
#[utoipa::path(put, path = "/api/v1/account/password", tag = "accounts", request_body = PasswordBody,
    responses((status = 204), (status = 401), (status = 403), (status = 409), (status = 422), (status = 429), (status = 503)))]
pub async fn put_password(
    State(state): State<AppState>,
    by: SignedIn,
    extensions: Extensions,
    headers: HeaderMap,
    JsonBody(body): JsonBody<PasswordBody>,
) -> Result<StatusCode, axum::response::Response> {
    use axum::response::IntoResponse;
    has_password_here(&state, &by.account.name).map_err(IntoResponse::into_response)?;
    let client = Client::of(&state, &extensions, &headers);
    let name = by.account.name.clone();
    sign_in::confirm_password(&state, &client, &by.account, body.password).await?;
    let change = async {
        let hash = accepted(&state, body.new_password, &name, "new_password").await?;
        set_password(&state, &name, hash).await?;
        state.store.end_sessions(|it| it.account == name && it.digest != by.session).await?;
        Ok::<_, ApiError>(StatusCode::NO_CONTENT)
    };
    change.await.map_err(IntoResponse::into_response)
}

async fn set_password(state: &AppState, name: &str, hash: String) -> ApiResult<()> {
    let now = state.clock.now();
    state
        .store
        .change_accounts::<ApiError>(|all| {
            let known = all.get(name).ok_or_else(|| ApiError::missing("账号", "account", name))?;
            Ok(vec![Account {
                password_hash: Some(hash),
                changed_at: now,
                ..Account::clone(known)
            }])
        })
        .await?;
    Ok(())
}
