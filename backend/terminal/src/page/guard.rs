//! Who may use the page: the name it is opened by, the origin of a request, and the session after the password.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nengce_engine::EngineError;
use nengce_shared::lang::Lang;
use parking_lot::Mutex;
use rand::Rng;
use serde_json::json;

use crate::plant::Plant;

/// What the handlers share.
pub(super) struct Page {
    pub(super) plant: Arc<Plant>,
    /// The address that is listened on.
    pub(super) address: SocketAddr,
    sessions: Mutex<BTreeMap<String, Instant>>,
    failures: Mutex<u32>,
    /// Sign-ins go one after the other, so that guessing in parallel does not help.
    pub(super) one_sign_in: tokio::sync::Mutex<()>,
}

/// The most sessions at a time; the oldest end first.
const MOST_SESSIONS: usize = 32;
const COOKIE: &str = "nengce_terminal";
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

impl Page {
    pub(super) fn new(plant: Arc<Plant>, address: SocketAddr) -> Self {
        let one_sign_in = tokio::sync::Mutex::new(());
        let (sessions, failures) = (Mutex::default(), Mutex::new(0));
        Self { plant, address, sessions, failures, one_sign_in }
    }

    /// Begins a session and gives its cookie.
    pub(super) fn begin(&self) -> String {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        let token = const_hex::encode(bytes);
        let minutes = self.plant.config.page.session_minutes;
        let mut sessions = self.sessions.lock();
        let now = Instant::now();
        sessions.retain(|_, end| *end > now);
        if sessions.len() >= MOST_SESSIONS
            && let Some(first) = sessions.iter().min_by_key(|it| it.1).map(|it| it.0.clone())
        {
            sessions.remove(&first);
        }
        sessions.insert(token.clone(), now + Duration::from_secs(minutes * 60));
        *self.failures.lock() = 0;
        format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={}", minutes * 60)
    }

    pub(super) fn end(&self, headers: &HeaderMap) {
        if let Some(it) = token(headers) {
            self.sessions.lock().remove(it);
        }
    }

    pub(super) fn is_signed_in(&self, headers: &HeaderMap) -> bool {
        let sessions = self.sessions.lock();
        token(headers).and_then(|it| sessions.get(it)).is_some_and(|end| *end > Instant::now())
    }

    /// How long the next sign-in waits after so many failures.
    pub(super) fn delay(&self) -> Duration {
        let failures = (*self.failures.lock()).min(6);
        Duration::from_millis(if failures == 0 { 0 } else { 250 << failures })
    }

    pub(super) fn failed(&self) {
        let mut failures = self.failures.lock();
        *failures = failures.saturating_add(1);
    }
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies.split(';').find_map(|it| it.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// An answer that tells a code and the reason in both languages.
pub(super) fn refuse(status: StatusCode, code: &str, zh: &str, en: &str) -> Response {
    (status, Json(json!({"code": code, "zh": zh, "en": en}))).into_response()
}

/// The answer to an act that the engine refused.
pub(super) fn wrong(error: &EngineError) -> Response {
    refuse(
        StatusCode::UNPROCESSABLE_ENTITY,
        error.code(),
        &error.text(Lang::Zh),
        &error.text(Lang::En),
    )
}

/// The answer to an act that gives nothing.
pub(super) fn done(result: Result<(), EngineError>) -> Response {
    result.map_or_else(|it| wrong(&it), |()| Json(json!({"done": true})).into_response())
}

/// Checks every request before its handler.
pub(super) async fn check(
    State(page): State<Arc<Page>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let mut answer = match look(&page, peer, &request) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

fn look(page: &Page, peer: SocketAddr, request: &Request) -> Option<Response> {
    let headers = request.headers();
    let text = |name: header::HeaderName| headers.get(name).and_then(|it| it.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    if !is_known_host(page, host) {
        return Some(refuse(
            StatusCode::MISDIRECTED_REQUEST,
            "host_unknown",
            "本页不以此名打开，请在 allowed_hosts 中加入",
            "the page is not opened by this name; add it to allowed_hosts",
        ));
    }
    let changes = !request.method().is_safe();
    let same = text(header::ORIGIN)
        .is_none_or(|it| it.strip_prefix("http://").is_some_and(|it| it == host));
    let site = headers.get("sec-fetch-site").and_then(|it| it.to_str().ok());
    if changes && (!same || site.is_some_and(|it| it != "same-origin")) {
        return Some(refuse(
            StatusCode::FORBIDDEN,
            "other_origin",
            "请求来自其他网页",
            "the request comes from another page",
        ));
    }
    let path = request.uri().path();
    let open = !path.starts_with("/api/") || matches!(path, "/api/session" | "/api/password");
    if path == "/api/password" && !peer.ip().is_loopback() && !page.is_signed_in(headers) {
        let (zh, en) = ("首个密码只能在本机设置", "the first password is set on this machine");
        return Some(refuse(StatusCode::FORBIDDEN, "not_here", zh, en));
    }
    if !open && !page.is_signed_in(headers) {
        return Some(refuse(StatusCode::UNAUTHORIZED, "sign_in", "请先登录", "sign in first"));
    }
    None
}

fn is_known_host(page: &Page, host: &str) -> bool {
    let settings = &page.plant.config.page;
    let name = host.rsplit_once(':').map_or(host, |it| it.0);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<IpAddr>();
    name == "localhost"
        || address.is_ok_and(|it| it.is_loopback() || it == settings.listen.ip())
        || settings.allowed_hosts.iter().any(|it| it == name || it == host)
}
