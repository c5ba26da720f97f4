//! Who a request comes from, as the audit log names it. Whoever checks a token, a session or a device fills the slot of
//! the request; an empty one is an anonymous actor.

use std::sync::{Arc, OnceLock};

use axum::http::Extensions;
use nengce_core::audit::{Actor, ActorKind};

/// The actor of a request: an extension that the audit layer lays on it before any handler runs.
#[derive(Debug, Clone, Default)]
pub(in crate::http) struct ActorSlot(pub(in crate::http) Arc<OnceLock<Actor>>);

/// Notes who a request comes from; the first one that says so counts.
pub(in crate::http) fn note(extensions: &Extensions, kind: ActorKind, name: &str) {
    if let Some(slot) = extensions.get::<ActorSlot>() {
        slot.0.get_or_init(|| Actor::new(kind, name));
    }
}
