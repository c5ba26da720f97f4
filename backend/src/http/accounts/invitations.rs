//! `/api/v1/invitations/accept`: the person who was invited sets a password.

use axum::Json;
use axum::extract::State;
use axum::http::Extensions;
use jiff::SignedDuration;
use jiff::civil::DateTime;
use nengce_core::audit::ActorKind;
use nengce_shared::api::account::{AcceptBody, Accepted, AccountState, Invited};
use nengce_shared::problem::ProblemCode;

use super::password::accepted;
use super::sign_in::secret;
use crate::clock;
use crate::http::access::actor;
use crate::http::access::system_tokens::hash;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::accounts::account::{Account, Invitation};

/// Invites the person of an account anew: an older link does not work any more.
pub(crate) fn invite(account: &mut Account, hours: u32, now: DateTime) -> Invited {
    let secret = secret();
    let until = now.saturating_add(SignedDuration::from_hours(hours.into()));
    account.invitation = Some(Invitation { digest: hash(&secret), until });
    Invited {
        name: account.name.clone(),
        link: format!("/invitation#{secret}"),
        until: clock::text(until),
    }
}

/// Sets the password of an invited account. The link works once; sessions that the account had end.
#[utoipa::path(post, path = "/api/v1/invitations/accept", tag = "accounts", request_body = AcceptBody,
    responses((status = 200, body = Accepted), (status = 404, description = "the link was used or has expired"),
        (status = 422, description = "the password is not accepted"), (status = 503)))]
pub async fn accept_invitation(
    State(state): State<AppState>,
    extensions: Extensions,
    JsonBody(body): JsonBody<AcceptBody>,
) -> ApiResult<Json<Accepted>> {
    let (digest, now) = (hash(&body.secret), state.clock.now());
    let gone = || {
        ApiError::new(
            ProblemCode::InvitationInvalid,
            "请安全管理员重新邀请 / ask the security administrator for a new one",
        )
    };
    let find = || state.store.accounts().invited(&digest, now).map(|it| it.name.clone());
    let name = find().ok_or_else(gone)?;
    actor::note(&extensions, ActorKind::Account, &name);
    let password = accepted(&state, body.password, &name, "password").await?;
    state
        .store
        .change_accounts(|all| {
            let known = all.invited(&digest, now).ok_or_else(gone)?;
            let mut it = Account::clone(known);
            (it.password_hash, it.invitation, it.changed_at) = (Some(password), None, now);
            if it.state == AccountState::Invited {
                it.state = AccountState::Active;
            }
            Ok::<_, ApiError>(vec![it])
        })
        .await?;
    state.store.end_sessions(|it| it.account == name).await?;
    Ok(Json(Accepted { name }))
}
