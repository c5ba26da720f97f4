//! The request that a change belongs to. Whatever a handler writes inside the scope of its request can add the event of
//! the change to its transaction, whoever calls the store.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use nengce_core::audit::{Actor, Outcome};
use nengce_shared::api::audit::AuditEvent;
use parking_lot::Mutex;
use serde_json::Value;

tokio::task_local! {
    static SCOPE: Arc<Scope>;
}

/// A request with what is known of it before it is answered.
pub struct Scope {
    /// The event without its actor and outcome.
    event: AuditEvent,
    /// Known as soon as the handler has looked at the token or the session.
    actor: Arc<OnceLock<Actor>>,
    recorded: AtomicBool,
    /// What was done outside of any transaction.
    told: Mutex<Option<ChangeNote>>,
}

/// What a transaction changed.
#[derive(Debug, Clone, Default)]
pub struct ChangeNote {
    /// Empty: the object that the address names.
    pub object: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub reason: Option<String>,
}

impl ChangeNote {
    /// A change of the object that the address names; what it is now.
    pub fn after(it: Value) -> Self {
        Self { after: Some(it), ..Self::default() }
    }
}

impl Scope {
    pub fn new(event: AuditEvent, actor: Arc<OnceLock<Actor>>) -> Arc<Self> {
        Arc::new(Self { event, actor, recorded: AtomicBool::new(false), told: Mutex::default() })
    }

    /// Whether a transaction of the request holds an event of it.
    pub fn is_recorded(&self) -> bool {
        self.recorded.load(Ordering::Acquire)
    }

    /// Whether an event of its own is still to be recorded when the request was done.
    pub fn owes_event(&self) -> bool {
        !self.is_recorded() || self.told.lock().is_some()
    }

    /// The event of the request with this outcome, and with what was told of it.
    pub fn event(&self, outcome: Outcome) -> AuditEvent {
        let note = self.told.lock().clone().unwrap_or_default();
        self.event_with(outcome, note)
    }

    /// The event of a change that a transaction made.
    pub(crate) fn changed(&self, note: ChangeNote) -> AuditEvent {
        self.recorded.store(true, Ordering::Release);
        self.event_with(Outcome::Done, note)
    }

    fn event_with(&self, outcome: Outcome, note: ChangeNote) -> AuditEvent {
        let actor = self.actor.get().cloned().unwrap_or_default();
        let event = self.event.clone();
        let text = |it: Value| it.to_string();
        AuditEvent {
            actor_kind: actor.kind.as_str().to_owned(),
            actor: actor.name,
            outcome: outcome.as_str().to_owned(),
            object: if note.object.is_empty() { event.object } else { note.object },
            before: note.before.map(text),
            after: note.after.map(text),
            reason: note.reason,
            ..event
        }
    }
}

/// Runs a request inside its scope.
pub async fn enter<T>(scope: Arc<Scope>, request: impl Future<Output = T>) -> T {
    SCOPE.scope(scope, request).await
}

/// The scope of the request under way.
pub fn current() -> Option<Arc<Scope>> {
    SCOPE.try_with(Arc::clone).ok()
}

/// Says what the request under way has done, where no transaction of the database says it.
pub fn tell(after: Value) {
    if let Some(scope) = current() {
        *scope.told.lock() = Some(ChangeNote::after(after));
    }
}

/// Runs in the scope of the request that started it, on a task of its own.
pub async fn within<T>(scope: Option<Arc<Scope>>, job: impl Future<Output = T>) -> T {
    match scope {
        Some(scope) => enter(scope, job).await,
        None => job.await,
    }
}
