//! `/api/v1/session`: who am I, signing in and signing out.

use axum::Json;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use nengce_core::audit::ActorKind;
use nengce_shared::api::account::{ProviderLabel, SESSION_COOKIE, SessionView, SignInBody};
use nengce_shared::problem::ProblemCode;

use super::{account_view, sign_in};
use crate::http::access::actor;
use crate::http::access::session::{SignedIn, is_same_origin, signed_in};
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::accounts::account::Account;

/// Who asks; for nobody, how to sign in.
#[utoipa::path(get, path = "/api/v1/session", tag = "accounts", responses((status = 200, body = SessionView)))]
pub async fn get_session(State(state): State<AppState>, headers: HeaderMap) -> Json<SessionView> {
    Json(view(&state, signed_in(&state, &headers).as_ref()))
}

fn view(state: &AppState, by: Option<&SignedIn>) -> SessionView {
    let config = &state.config;
    let demo_accounts = match config.demo {
        true => {
            let all: Vec<_> =
                state.store.accounts().all().filter(|it| it.is_demo).cloned().collect();
            all.iter().map(|it| account_view::demo(state, it)).collect()
        }
        false => Vec::new(),
    };
    SessionView {
        place_zh: config.place_zh.clone(),
        place_en: config.place_en.clone(),
        system_zh: config.system_zh.clone(),
        system_en: config.system_en.clone(),
        demo: config.demo,
        account: by.map(|it| account_view::own(state, it)),
        demo_accounts,
        idle_minutes: config.session_idle_minutes,
        password_min_length: config.password_min_length as u32,
        provider: state.oidc.is_some().then(|| ProviderLabel {
            zh: config.oidc_label_zh.clone(),
            en: config.oidc_label_en.clone(),
        }),
    }
}

/// A cookie that no script of a page reads and no other site sends; without a life it ends with the browser.
pub(super) fn cookie(
    state: &AppState,
    name: &str,
    value: &str,
    path: &str,
    life_seconds: Option<u32>,
) -> Result<HeaderValue, ApiError> {
    let config = &state.config;
    let is_secure = config.session_cookie_secure || config.speaks_tls() || config.tls_ends_in_front;
    let secure = if is_secure { "; Secure" } else { "" };
    let end = life_seconds.map(|it| format!("; Max-Age={it}")).unwrap_or_default();
    let text = format!("{name}={value}; HttpOnly; SameSite=Strict; Path={path}{secure}{end}");
    text.parse().map_err(ApiError::internal)
}

/// The cookie of a session; an empty token removes it.
fn session_cookie(state: &AppState, token: &str) -> Result<HeaderValue, ApiError> {
    cookie(state, SESSION_COOKIE, token, "/", token.is_empty().then_some(0))
}

/// Signs in with a name and a password, and the code of the second factor where there is one; or as an account of a demo.
#[utoipa::path(post, path = "/api/v1/session", tag = "accounts", request_body = SignInBody,
    responses((status = 200, body = SessionView), (status = 400),
        (status = 401, description = "wrong name, password or code; `tries_left` says how many tries remain, and `until` how long a lock lasts"),
        (status = 403), (status = 404, description = "no such account of a demo"),
        (status = 429, description = "locked; `until` says how long"), (status = 503)))]
pub async fn post_session(
    State(state): State<AppState>,
    extensions: Extensions,
    headers: HeaderMap,
    JsonBody(body): JsonBody<SignInBody>,
) -> Result<Response, Response> {
    let refused = |it: ApiError| it.into_response();
    if !is_same_origin(&headers) {
        return Err(refused(ApiError::new(ProblemCode::CsrfRefused, "Origin")));
    }
    let client = sign_in::Client::of(&state, &extensions, &headers);
    let account = match &body.demo_account {
        Some(name) => sign_in::demo_account(&state, name).map_err(refused)?,
        None => sign_in::by_password(&state, &client, &body).await?,
    };
    let answer = session_answer(&state, &extensions, &headers, (&account, client)).await;
    answer.map_err(refused)
}

/// Begins the session of an account, in the place of the one that the browser had.
pub(super) async fn session_answer(
    state: &AppState,
    extensions: &Extensions,
    headers: &HeaderMap,
    (account, client): (&Account, sign_in::Client),
) -> ApiResult<Response> {
    if let Some(before) = signed_in(state, headers) {
        end(state, &before.session).await?;
    }
    actor::note(extensions, ActorKind::Account, &account.name);
    let token = sign_in::begin(state, account, client).await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::SET_COOKIE, session_cookie(state, &token)?);
    let mut sent = HeaderMap::new();
    let as_sent = format!("{SESSION_COOKIE}={token}").parse();
    sent.insert(header::COOKIE, as_sent.map_err(ApiError::internal)?);
    let by = signed_in(state, &sent);
    Ok((headers, Json(view(state, by.as_ref()))).into_response())
}

async fn end(state: &AppState, session: &str) -> ApiResult<()> {
    state.store.end_sessions(|it| it.digest == session).await?;
    Ok(())
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "accounts", responses((status = 204), (status = 401), (status = 403)))]
pub async fn delete_session(State(state): State<AppState>, by: SignedIn) -> ApiResult<Response> {
    end(&state, &by.session).await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::SET_COOKIE, session_cookie(&state, "")?);
    Ok((axum::http::StatusCode::NO_CONTENT, headers).into_response())
}
