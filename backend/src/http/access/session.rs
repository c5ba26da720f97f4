//! The session of a request: who is signed in by its cookie. Changes that a cookie identifies must come from a page of
//! this server: they carry the session's token, and the browser names no other origin.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use jiff::civil::{Date, DateTime};
use nengce_shared::access::permission::Permission;
use nengce_shared::access::permission_table::reach;
use nengce_shared::api::account::{BACKGROUND_HEADER, CSRF_HEADER, SESSION_COOKIE};
use nengce_shared::problem::ProblemCode;

use super::system_tokens::hash;
use crate::http::content::problem::ApiError;
use crate::http::state::AppState;
use crate::store::accounts::Accounts;
use crate::store::accounts::account::{Account, Share};

/// The account that a request's cookie stands for.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub account: Arc<Account>,
    /// SHA-256 of the session's token.
    pub session: String,
    pub csrf_token: String,
    /// Its roles need a second factor, and none is set up: it may do nothing else before.
    pub owes_second_factor: bool,
    /// When the session ends without further activity.
    pub ends_at: DateTime,
    /// What units let the account read today.
    pub shares: Vec<Share>,
}

impl SignedIn {
    /// Whether a role of the account or a share allows this, whatever its units.
    pub fn may(&self, permission: Permission) -> bool {
        !self.owes_second_factor
            && (self.account.roles.iter().any(|it| reach(*it, permission).is_some())
                || self.shares.iter().any(|it| it.kinds.contains(&permission)))
    }
}

/// The token in the cookie of a session.
fn token(headers: &HeaderMap) -> Option<&str> {
    cookie_value(headers, SESSION_COOKIE)
}

/// The value of a cookie.
pub fn cookie_value<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = cookies.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).map(|it| it.1)
}

/// The token that changes of a session carry. Nobody can compute it who does not know the session's own token.
pub fn csrf_token(token: &str) -> String {
    hash(&format!("csrf {token}"))
}

/// Whether an account has a role that needs a second factor, and has none, neither here nor at the provider.
pub fn owes_second_factor(state: &AppState, account: &Account) -> bool {
    let needs = account.roles.iter().any(|it| state.config.needs_second_factor(*it));
    let has = match &account.provider_identity {
        Some(it) => it.second_factor,
        None => account.confirmed_factor().is_some(),
    };
    needs && !has && !account.is_demo
}

/// Who is signed in by the cookie of a request; the session is noted as used if a person caused the request.
pub fn signed_in(state: &AppState, headers: &HeaderMap) -> Option<SignedIn> {
    let token = token(headers)?;
    let (digest, now) = (hash(token), state.clock.now());
    let life = state.config.session_life();
    let (account, begun, seen, shares) = {
        let all = state.store.accounts();
        let (session, account) = all.session(&digest, life, now)?;
        let shares = shares_of(&all, account, now.date());
        (Arc::clone(account), session.begun_at, session.last_seen_at, shares)
    };
    let by_person = !headers.contains_key(BACKGROUND_HEADER) && !asks_for_events(headers);
    if by_person {
        state.store.note_use(&digest, now);
    }
    Some(SignedIn {
        owes_second_factor: owes_second_factor(state, &account),
        account,
        csrf_token: csrf_token(token),
        session: digest,
        ends_at: life.end(begun, if by_person { now } else { seen }),
        shares,
    })
}

/// What units let an account read on a day; nothing is shared with an administrator.
pub(super) fn shares_of(all: &Accounts, account: &Account, today: Date) -> Vec<Share> {
    match account.roles.iter().any(|it| it.is_administrator()) {
        true => Vec::new(),
        false => all.shares_of(&account.name, today),
    }
}

/// A browser opens a stream of events by itself, and again whenever it is lost.
fn asks_for_events(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|it| it == "text/event-stream")
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        signed_in(state, &parts.headers)
            .ok_or_else(|| ApiError::new(ProblemCode::Unauthorised, "请先登录 / sign in first"))
    }
}

/// Whether a browser says that a page of this server sent the request. Old browsers and other programs say nothing.
pub fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let host = |origin: &str| origin.split_once("://").map(|it| it.1.to_owned());
    let Some(origin) = text("origin").and_then(host) else {
        return !headers.contains_key("origin");
    };
    [text("host"), text("x-forwarded-host")].into_iter().flatten().any(|it| it == origin)
}

/// Refuses a change that is identified by a cookie and does not come from a page of this server.
pub async fn check_origin(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let is_change = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    if is_change
        && !headers.contains_key(header::AUTHORIZATION)
        && let Some(session) = token(headers).and_then(|_| signed_in(&state, headers))
    {
        let sent = headers.get(CSRF_HEADER).and_then(|it| it.to_str().ok()).unwrap_or_default();
        if !is_same_origin(headers) || hash(sent) != hash(&session.csrf_token) {
            return Err(ApiError::new(ProblemCode::CsrfRefused, CSRF_HEADER));
        }
    }
    Ok(next.run(request).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(of: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in of {
            headers.append(*name, value.parse().expect("a value"));
        }
        headers
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let read = |of: &[(&'static str, &'static str)]| token(&headers(of)).map(str::to_owned);
        let found = Some("abc".to_owned());
        assert_eq!(read(&[("cookie", "nengce_session=abc")]), found);
        assert_eq!(read(&[("cookie", "a=b; nengce_session=abc;c=d")]), found);
        assert_eq!(read(&[("cookie", "a=b"), ("cookie", "nengce_session=abc")]), found);
        assert_eq!(read(&[("cookie", "xnengce_session=abc")]), None);
    }

    #[test]
    fn another_site_is_told_by_what_its_browser_says() {
        for (of, expected) in [
            (vec![], true),
            (vec![("sec-fetch-site", "same-origin"), ("origin", "http://other")], true),
            (vec![("sec-fetch-site", "cross-site")], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("origin", "http://a:80"), ("host", "a:80")], true),
            (vec![("origin", "http://b:80"), ("host", "a:80")], false),
            (vec![("origin", "null"), ("host", "a:80")], false),
        ] {
            assert_eq!(is_same_origin(&headers(&of)), expected, "{of:?}");
        }
    }
}
