//! `/api/v1/session/provider…`: signing in at the provider of an organisation. The browser keeps a secret in a cookie of
//! its own, so that it alone can finish the sign-in that it began.

use axum::Json;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, header};
use axum::response::{IntoResponse, Response};
use nengce_core::audit::ActorKind;
use nengce_messages::stamp;
use nengce_shared::api::account::{ProviderAnswerBody, ProviderStart, SessionView};
use nengce_shared::problem::{ProblemCode, cut};

use super::provider_account::{self, Refusal};
use super::session::{cookie, session_answer};
use super::sign_in::{self, Client};
use crate::clock;
use crate::http::access::failed_sign_in;
use crate::http::access::session::{cookie_value, is_same_origin};
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::network::Network;
use crate::oidc::Oidc;
use crate::oidc::error::OidcError;

/// The cookie by which a browser proves that it began a sign-in.
const COOKIE: &str = "nengce_provider_sign_in";
/// The addresses below which the browser sends it.
const COOKIE_PATH: &str = "/api/v1/session/provider";

fn provider<'a>(state: &'a AppState, headers: &HeaderMap) -> ApiResult<&'a Oidc> {
    if !is_same_origin(headers) {
        return Err(ApiError::new(ProblemCode::CsrfRefused, "Origin"));
    }
    let none = || {
        let words = "本平台未接入统一认证 / no sign-in provider is configured (oidc_issuer)";
        ApiError::not_found(words)
    };
    state.oidc.as_ref().ok_or_else(none)
}

fn refusal(error: &OidcError) -> ApiError {
    match error {
        OidcError::Unavailable(_) => ApiError::new(
            ProblemCode::ProviderUnavailable,
            "统一认证暂时无法连接，请稍后再试；有口令的账号可用口令登录 / the sign-in provider cannot be reached: try again \
             later; accounts with a password sign in with it",
        ),
        OidcError::Refused(_) => ApiError::new(
            ProblemCode::ProviderRefused,
            "统一认证未通过，请重新登录；仍不行时请把时间告诉安全管理员 / the sign-in at the provider was not accepted: sign in \
             again; if it fails again, tell the security administrator the time",
        ),
        OidcError::NotUnderWay => ApiError::new(
            ProblemCode::ProviderSignInExpired,
            "本次统一认证已用过、已超时，或不是在本浏览器开始的，请重新登录 / this sign-in was used, took too long, or began in \
             another browser: sign in again",
        ),
    }
}

/// Bounds the sign-ins that one address begins.
fn take_rate(state: &AppState, headers: &HeaderMap, extensions: &Extensions) -> ApiResult<()> {
    let most = state.config.max_oidc_sign_ins_per_address_per_minute;
    let address = state.proxies.client(extensions, headers).proven();
    let Some(address) = address.filter(|_| most > 0) else { return Ok(()) };
    let who = format!("provider sign-in {}", Network::of_client(address));
    state.rates.take(&who, stamp::seconds(state.clock.now()), most).map_err(|_| {
        let words = format!("每分钟至多 {most} 次 / at most {most} requests per minute");
        ApiError::new(ProblemCode::RateLimited, words)
    })
}

/// Begins a sign-in at the provider: the browser goes on to the address in the answer.
#[utoipa::path(post, path = "/api/v1/session/provider", tag = "accounts",
    responses((status = 200, body = ProviderStart), (status = 403), (status = 404, description = "no provider is configured"),
        (status = 429), (status = 503, description = "the provider cannot be reached")))]
pub async fn start_provider_sign_in(
    State(state): State<AppState>,
    extensions: Extensions,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let oidc = provider(&state, &headers)?;
    take_rate(&state, &headers, &extensions)?;
    let browser = sign_in::secret();
    let began = oidc.begin(&browser, clock::timestamp().as_second()).await;
    let address = began.map_err(|error| {
        tracing::warn!(%error, "a sign-in at the provider could not begin");
        refusal(&error)
    })?;
    let seconds = state.config.oidc_sign_in_minutes.saturating_mul(60);
    let cookie = cookie(&state, COOKIE, &browser, COOKIE_PATH, Some(seconds))?;
    let headers = [(header::SET_COOKIE, cookie)];
    Ok((headers, Json(ProviderStart { address })).into_response())
}

/// Finishes a sign-in: the provider sent the browser back with this query. The account of a person who comes for the first
/// time is created; roles, districts and units are those that the provider names now.
#[utoipa::path(post, path = "/api/v1/session/provider/answer", tag = "accounts", request_body = ProviderAnswerBody,
    responses((status = 200, body = SessionView), (status = 400),
        (status = 401, description = "the provider refused, its answer proves nothing, or this browser has no sign-in under way"),
        (status = 403, description = "the provider names no role of this platform, or the account is suspended"),
        (status = 404, description = "no provider is configured"), (status = 409),
        (status = 503, description = "the provider cannot be reached")))]
pub async fn finish_provider_sign_in(
    State(state): State<AppState>,
    extensions: Extensions,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ProviderAnswerBody>,
) -> ApiResult<Response> {
    let oidc = provider(&state, &headers)?;
    let client = Client::of(&state, &extensions, &headers);
    let browser = cookie_value(&headers, COOKIE).unwrap_or_default();
    let finished = oidc.finish(&body.query, browser, clock::timestamp().as_second()).await;
    let person = match finished {
        Ok(it) => it,
        Err(error) => {
            // Whoever has no sign-in under way may be anybody; the audit log has them as refused requests.
            let is_recorded = error != OidcError::NotUnderWay;
            let answer = refusal(&error);
            note(&state, &client, (None, answer.0.code), &error.to_string(), is_recorded).await;
            return Err(answer);
        }
    };
    let account = match provider_account::update(&state, &extensions, &person).await {
        Ok(it) => it,
        Err(Refusal { account, error }) => {
            let why = error.0.detail.clone().unwrap_or_default();
            let why = match &account {
                Some(_) => why,
                None => format!("sub {}: {why}", person.subject),
            };
            note(&state, &client, (account.as_deref(), error.0.code), &why, true).await;
            return Err(error);
        }
    };
    let mut answer = session_answer(&state, &extensions, &headers, (&account, client)).await?;
    let used = cookie(&state, COOKIE, "", COOKIE_PATH, Some(0))?;
    answer.headers_mut().append(header::SET_COOKIE, used);
    Ok(answer)
}

/// Keeps a refused sign-in on record with its reason.
async fn note(
    state: &AppState,
    client: &Client,
    (account, code): (Option<&str>, ProblemCode),
    why: &str,
    is_recorded: bool,
) {
    let why = cut(why);
    metrics::counter!("nengce_sign_in_failures_total", "why" => code.as_str()).increment(1);
    tracing::warn!(address = %client.address(), why, "a sign-in at the provider failed");
    if !is_recorded {
        return;
    }
    let who = match account {
        Some(name) => (ActorKind::Account, name),
        None => (ActorKind::Anonymous, ""),
    };
    let reason = format!("{}: {why}", code.as_str());
    failed_sign_in::record(state, client.origin(), who, &reason).await;
}
