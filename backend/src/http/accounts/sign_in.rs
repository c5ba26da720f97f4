//! The steps of a sign-in: try counted, password compared, code of the second factor used up, session begun.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::DateTime;
use nengce_core::accounts::name::sign_in_name;
use nengce_core::accounts::{one_time_code, recovery_code};
use nengce_core::audit::ActorKind;
use nengce_messages::stamp;
use nengce_shared::api::account::{AccountState, SignInBody};
use nengce_shared::lang::Lang;
use nengce_shared::problem::{Problem, ProblemCode, cut};

use crate::clock;
use crate::http::access::failed_sign_in;
use crate::http::access::system_tokens::hash;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::request_id;
use crate::http::state::AppState;
use crate::http::state::password_pool::PoolFull;
use crate::http::state::sign_in_failures::{Attempt, Origin, SignInRule};
use crate::http::terminal::registration::register::random_id;
use crate::store::accounts::account::{Account, SecondFactor, Session};

/// Characters of a browser's name that are kept.
const USER_AGENT_LENGTH: usize = 200;

/// Where a sign-in comes from.
pub(super) struct Client {
    origin: Origin,
    user_agent: String,
    request_id: String,
}

impl Client {
    pub(super) fn of(state: &AppState, extensions: &Extensions, headers: &HeaderMap) -> Self {
        let client = state.proxies.client(extensions, headers);
        let agent = headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok());
        Self {
            origin: Origin {
                address: client.ip.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
                tells_apart: client.proves,
            },
            user_agent: agent.unwrap_or_default().chars().take(USER_AGENT_LENGTH).collect(),
            request_id: request_id::of(extensions).to_owned(),
        }
    }

    pub(super) fn address(&self) -> IpAddr {
        self.origin.address
    }

    /// The address and the id of the request, as the audit log names them.
    pub(super) fn origin(&self) -> (Option<IpAddr>, &str) {
        (Some(self.origin.address), &self.request_id)
    }
}

fn rule(state: &AppState) -> SignInRule {
    let per_address = state.config.sign_in_failures_per_address_per_hour;
    SignInRule { lock: state.config.lock_rule(), per_address }
}

/// A random secret of 256 bits.
pub(super) fn secret() -> String {
    format!("{}{}", random_id(), random_id())
}

/// The answer when no thread has time for one more password.
pub(super) fn busy(_: PoolFull) -> ApiError {
    ApiError::new(
        ProblemCode::Overloaded,
        "登录请求过多，请几秒后再试 / too many people sign in at once; try again in some seconds",
    )
}

/// An account of a demo, which anybody may be.
pub fn demo_account(state: &AppState, name: &str) -> ApiResult<Arc<Account>> {
    let known = state.store.accounts().get(name).cloned();
    let known = known.filter(|it| it.is_demo && state.config.demo);
    known.ok_or_else(|| ApiError::missing("演示账号", "account of a demo", name))
}

/// The account whose name, password and code were sent.
pub(super) async fn by_password(
    state: &AppState,
    client: &Client,
    body: &SignInBody,
) -> Result<Arc<Account>, Response> {
    let typed = body.name.as_deref().unwrap_or_default();
    let name = sign_in_name(typed).unwrap_or_else(|| cut(typed));
    let now = state.clock.now();
    let rule = rule(state);
    let attempt = match state.sign_in_failures.begin(&name, client.origin, rule, now) {
        Ok(attempt) => attempt,
        Err(until) => {
            note_failure(state, &name, client, ProblemCode::SignInLocked).await;
            return Err(locked(until, now));
        }
    };
    let account = state.store.accounts().get(&name).cloned();
    let hash = account.as_ref().and_then(|it| it.password_hash.clone());
    let password = body.password.clone().unwrap_or_default();
    let is_right = state.passwords.verify(password, hash).await.map_err(|it| {
        state.sign_in_failures.undo(&attempt, now);
        busy(it).into_response()
    })?;
    let Some(account) = account.filter(|_| is_right) else {
        return Err(failed(state, (&name, client), &attempt, ProblemCode::SignInRefused).await);
    };
    if account.state != AccountState::Active {
        state.sign_in_failures.undo(&attempt, now);
        note_failure(state, &name, client, ProblemCode::Forbidden).await;
        let words = "账号已停用，请联系安全管理员 / the account is suspended: ask the security administrator";
        return Err(ApiError::new(ProblemCode::Forbidden, words).into_response());
    }
    let code = body.code.as_deref().map(str::trim).filter(|it| !it.is_empty());
    if account.confirmed_factor().is_some() && code.is_none() {
        state.sign_in_failures.undo(&attempt, now);
        return Err(ApiError::new(ProblemCode::SecondFactorNeeded, "code").into_response());
    }
    let changed = state.store.change_accounts(|all| {
        let Some(known) = all.get(&name) else { return Ok(Vec::new()) };
        let mut it = Account::clone(known);
        if let Some(factor) = it.second_factor.as_mut().filter(|it| it.confirmed)
            && !use_code(factor, code.unwrap_or_default())
        {
            return Err(ApiError::new(ProblemCode::SecondFactorWrong, "code"));
        }
        it.last_sign_in_at = Some(now);
        Ok(vec![it])
    });
    match changed.await {
        Ok(changed) => {
            state.sign_in_failures.succeeded(&attempt, now);
            Ok(changed.into_iter().next().unwrap_or(account))
        }
        Err(it) if it.0.code == ProblemCode::SecondFactorWrong => {
            Err(failed(state, (&name, client), &attempt, it.0.code).await)
        }
        Err(it) => Err(it.into_response()),
    }
}

/// Uses a code of the app or a recovery code up; false: it is neither.
fn use_code(factor: &mut SecondFactor, code: &str) -> bool {
    let now = clock::timestamp().as_second();
    if let Some(step) = one_time_code::step(&factor.secret, code, now, factor.last_step) {
        factor.last_step = step;
        return true;
    }
    let digest = recovery_code::digest(code);
    let place = factor.recovery_digests.iter().position(|it| *it == digest);
    place.map(|at| factor.recovery_digests.remove(at)).is_some()
}

/// Keeps a failed sign-in on record. In the audit log stand those of accounts that exist, which the lock bounds; the others
/// are refused requests of their address.
async fn note_failure(state: &AppState, name: &str, client: &Client, why: ProblemCode) {
    metrics::counter!("nengce_sign_in_failures_total", "why" => why.as_str()).increment(1);
    tracing::warn!(account = name, address = %client.origin.address, why = why.as_str(), "a sign-in failed");
    let is_known = state.store.accounts().get(name).is_some();
    if is_known && why != ProblemCode::SignInLocked {
        let account = (ActorKind::Account, name);
        failed_sign_in::record(state, client.origin(), account, why.as_str()).await;
    }
}

async fn failed(
    state: &AppState,
    (name, client): (&str, &Client),
    attempt: &Attempt,
    code: ProblemCode,
) -> Response {
    note_failure(state, name, client, code).await;
    let mut problem = Problem::new(code, Lang::Zh);
    problem.tries_left = Some(attempt.tries_left);
    problem.until = attempt.locks_until.map(|it| clock::text(it).into());
    ApiError::from(problem).into_response()
}

fn locked(until: DateTime, now: DateTime) -> Response {
    let mut problem = Problem::new(ProblemCode::SignInLocked, Lang::Zh);
    problem.until = Some(clock::text(until).into());
    let mut response = ApiError::from(problem).into_response();
    let seconds = (stamp::seconds(until) - stamp::seconds(now)).max(1);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// Begins a session and returns its token, which is kept nowhere but in the cookie.
pub(super) async fn begin(
    state: &AppState,
    account: &Account,
    client: Client,
) -> ApiResult<String> {
    let (token, now) = (secret(), state.clock.now());
    let session = Session {
        digest: hash(&token),
        account: account.name.clone(),
        begun_at: now,
        last_seen_at: now,
        address: client.origin.address.to_string(),
        user_agent: client.user_agent,
    };
    state.store.begin_session(session, state.config.max_sessions).await?;
    Ok(token)
}

/// Lets a person who is signed in prove the own password again; wrong ones count as failed sign-ins.
pub(super) async fn confirm_password(
    state: &AppState,
    client: &Client,
    account: &Account,
    password: String,
) -> Result<(), Response> {
    let now = state.clock.now();
    let attempt = state
        .sign_in_failures
        .begin(&account.name, client.origin, rule(state), now)
        .map_err(|until| locked(until, now))?;
    match state.passwords.verify(password, account.password_hash.clone()).await {
        Ok(true) => {
            state.sign_in_failures.succeeded(&attempt, now);
            Ok(())
        }
        Ok(false) => {
            Err(failed(state, (&account.name, client), &attempt, ProblemCode::SignInRefused).await)
        }
        Err(it) => {
            state.sign_in_failures.undo(&attempt, now);
            Err(busy(it).into_response())
        }
    }
}
