//! Who did something, how it ended, and the bytes of an event that its hash covers.

use nengce_shared::api::audit::AuditEvent;

/// The kind of whoever acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ActorKind {
    /// Nobody who said who it is.
    #[default]
    Anonymous,
    /// The holder of a token.
    Token,
    /// A terminal.
    Device,
    /// A person with an account.
    Account,
    /// The server itself.
    System,
}

impl ActorKind {
    /// The word that an event holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Token => "token",
            Self::Device => "device",
            Self::Account => "account",
            Self::System => "system",
        }
    }
}

/// Whoever acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Actor {
    /// The kind.
    pub kind: ActorKind,
    /// The name of the account, token or device; empty for anonymous ones.
    pub name: String,
}

impl Actor {
    /// An actor of this kind and name.
    pub fn new(kind: ActorKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into() }
    }
}

/// How an action ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// The actor may not.
    Refused,
    /// The request was not valid, or the server failed.
    Failed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Done, Self::Refused, Self::Failed];

    /// The word that an event holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// The length that stands for a field without a value.
const ABSENT: u32 = u32::MAX;

/// The fields one after the other, each with its length before it, so that no two events have the same bytes.
pub(super) fn canonical_bytes(it: &AuditEvent) -> Vec<u8> {
    let AuditEvent {
        at,
        actor_kind,
        actor,
        address,
        request_id,
        action,
        object_kind,
        object,
        outcome,
        before,
        after,
        reason,
    } = it;
    let given = [at, actor_kind, actor, address, request_id, action, object_kind, object, outcome];
    let fields = given.into_iter().map(Some).chain([before, after, reason].map(Option::as_ref));
    let mut bytes = Vec::with_capacity(256);
    for field in fields {
        let length = field.map_or(ABSENT, |it| u32::try_from(it.len()).unwrap_or(ABSENT - 1));
        bytes.extend(length.to_be_bytes());
        bytes.extend(field.map_or("", |it| it.as_str()).as_bytes());
    }
    bytes
}
