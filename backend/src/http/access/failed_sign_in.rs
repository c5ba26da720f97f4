//! Records failed sign-ins in the audit log.

use std::net::IpAddr;

use nengce_core::audit::{ActorKind, Outcome};
use nengce_shared::api::audit::AuditEvent;

use crate::clock;
use crate::http::state::AppState;

/// Records that somebody who names this account, or brings a token, was not let in.
pub async fn record(
    state: &AppState,
    (address, request_id): (Option<IpAddr>, &str),
    (kind, name): (ActorKind, &str),
    reason: &str,
) {
    let event = AuditEvent {
        at: clock::text(state.clock.now()),
        actor_kind: kind.as_str().to_owned(),
        actor: name.to_owned(),
        request_id: request_id.to_owned(),
        address: address.map(|it| it.to_string()).unwrap_or_default(),
        action: "sign_in".to_owned(),
        object_kind: "sign_in".to_owned(),
        outcome: Outcome::Refused.as_str().to_owned(),
        reason: Some(reason.to_owned()),
        ..AuditEvent::default()
    };
    state.store.record(event).await;
}
