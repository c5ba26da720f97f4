//! Records what requests do: every change, looks at a unit's data, exports, and refused access. `actions.rs` says for
//! every address what is recorded of it.

mod actions;
pub mod list;
pub mod prints;

use axum::extract::FromRequestParts;
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nengce_core::audit::Outcome;
use nengce_shared::api::audit::AuditEvent;
use nengce_shared::mask::mask;

use self::actions::Rule;
use crate::clock;
use crate::http::access::actor::ActorSlot;
use crate::http::content::problem::ApiError;
use crate::http::request_id;
use crate::http::state::AppState;
use crate::store::audit::scope::{self, Scope};

/// Addresses below this one are the API; the messages of terminals stand in the lists of uploads and claims.
const API: &str = "/api/v1/";

/// Runs a request in its scope. The event of a change is on disk before its answer is sent.
pub(super) async fn record(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.extensions().get::<MatchedPath>().cloned();
    let Some(path) = path.filter(|it| it.as_str().starts_with(API)) else {
        return next.run(request).await;
    };
    let rule = actions::rule(request.method(), path.as_str());
    if !matches!(rule, Rule::Unaudited(_))
        && let Some(full) = state.store.audit_trouble()
    {
        return ApiError::from(full).into_response();
    }
    let (mut parts, body) = request.into_parts();
    let slot = ActorSlot::default();
    parts.extensions.insert(slot.clone());
    let action = rule.action();
    let address = state.proxies.client(&parts.extensions, &parts.headers).ip;
    let mut event = AuditEvent {
        at: clock::text(state.clock.now()),
        address: address.map(|it| it.to_string()).unwrap_or_default(),
        request_id: request_id::of(&parts.extensions).to_owned(),
        action: action.to_owned(),
        object_kind: action.split('.').next().unwrap_or_default().to_owned(),
        ..AuditEvent::default()
    };
    if let Ok(named) = RawPathParams::from_request_parts(&mut parts, &()).await {
        let named: Vec<&str> = named.iter().map(|it| it.1).collect();
        event.object = named.join("/");
    }
    if event.object_kind == "device" {
        event.object = mask(&event.object);
    }
    let asked = format!("{} {}", parts.method, parts.uri);
    let scope = Scope::new(event, slot.0);
    let request = Request::from_parts(parts, body);
    let response = match rule {
        Rule::Change(_) => scope::enter(scope.clone(), next.run(request)).await,
        _ => next.run(request).await,
    };
    let is_file = response.headers().contains_key(header::CONTENT_DISPOSITION);
    conclude(&state, rule, &scope, asked, (response.status(), is_file)).await;
    response
}

/// Records how a request ended, unless a transaction of it holds its event already.
async fn conclude(
    state: &AppState,
    rule: Rule,
    scope: &Scope,
    asked: String,
    (status, is_file): (StatusCode, bool),
) {
    if [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status) {
        let mut event = scope.event(Outcome::Refused);
        if let Rule::Unaudited(_) = rule {
            event.object = asked.split('?').next().unwrap_or_default().to_owned();
        }
        event.reason = Some(status.as_u16().to_string());
        if state.audited.is_new(&event) {
            state.store.record(event).await;
        }
        return;
    }
    match rule {
        Rule::Change(_) if status.is_success() => {
            if scope.owes_event() {
                state.store.record(scope.event(Outcome::Done)).await;
                if let Err(error) = state.store.flush_audit().await {
                    tracing::error!(%error, "the event of a change is not on disk yet");
                }
            }
        }
        Rule::Change(_) => {
            let mut event = scope.event(Outcome::Failed);
            event.reason = Some(status.as_u16().to_string());
            state.store.record(event).await;
        }
        _ if !status.is_success() => {}
        _ if is_file => {
            let event = scope.event(Outcome::Done);
            let object = AuditEvent { object_kind: "file".to_owned(), object: asked, ..event };
            state.store.record(AuditEvent { action: "export".to_owned(), ..object }).await;
        }
        Rule::Look(_) => {
            let event = scope.event(Outcome::Done);
            if state.audited.is_new(&event) {
                state.store.record(event).await;
            }
        }
        Rule::Unaudited(_) => {}
    }
}
