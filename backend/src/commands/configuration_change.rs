//! Records in the audit log at a start which keys of the configuration differ from the last start.

use std::collections::BTreeMap;

use nengce_core::audit::{Actor, ActorKind};
use nengce_shared::api::audit::AuditEvent;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::clock;
use crate::config::Config;
use crate::config::secrets::SECRET_KEYS;
use crate::http::state::AppState;
use crate::store::audit::scope::{self, ChangeNote, Scope};
use crate::store::audit::swap_configuration;

/// Hexadecimal digits of the hash that is recorded of a secret, so that a change is seen and nothing can be read.
const SECRET_DIGITS: usize = 8;

type Keys = BTreeMap<String, Value>;

/// The keys of a configuration, except the place of the data folder. A server that a command starts for itself listens
/// on port 0, which says nothing either.
fn keys(config: &Config) -> Keys {
    let mut keys: Keys =
        serde_json::to_value(config).and_then(serde_json::from_value).unwrap_or_default();
    keys.remove("data");
    if config.listen.port() == 0 {
        keys.remove("listen");
    }
    for name in SECRET_KEYS {
        if let Some(Value::String(text)) = keys.get_mut(name).filter(|it| *it != "") {
            let hash = const_hex::encode(Sha256::digest(text.as_bytes()));
            *text = format!("sha256 {}…", &hash[..SECRET_DIGITS]);
        }
    }
    keys
}

/// The keys of `it` whose values differ from those of `other`.
fn differing(it: &Keys, other: &Keys) -> Value {
    let changed = it.iter().filter(|(name, value)| other.get(*name) != Some(value));
    json!(changed.collect::<BTreeMap<_, _>>())
}

/// Records the difference. A server without room on the disk starts all the same, and records it at the next start.
pub(super) async fn record(state: &AppState) {
    let actor = Actor::new(ActorKind::System, "server");
    let event = AuditEvent {
        at: clock::text(state.clock.now()),
        action: "configuration.change".to_owned(),
        object_kind: "configuration".to_owned(),
        ..AuditEvent::default()
    };
    let mut now = keys(&state.config);
    let write = state.store.write(move |write| {
        let Some(last) = swap_configuration(write.conn, &json!(now).to_string())? else {
            write.note_change(ChangeNote::after(json!(now)));
            return Ok(());
        };
        let last: Keys = serde_json::from_str(&last).unwrap_or_default();
        if let (None, Some(it)) = (now.get("listen"), last.get("listen")) {
            now.insert("listen".to_owned(), it.clone());
            swap_configuration(write.conn, &json!(now).to_string())?;
        }
        if now != last {
            let (before, after) = (differing(&last, &now), differing(&now, &last));
            let (before, after) = (Some(before), Some(after));
            write.note_change(ChangeNote { before, after, ..ChangeNote::default() });
        }
        Ok(())
    });
    let scope = Scope::new(event, std::sync::Arc::new(actor.into()));
    if let Err(error) = scope::enter(scope, write).await {
        tracing::warn!(%error, "the configuration of this start is not in the audit log");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_named_and_no_secret_is_shown() {
        let before = Config { admin_token: "a-token-nobody-knows".to_owned(), ..Config::default() };
        let after = Config {
            admin_token: "another-token-nobody-knows".to_owned(),
            max_body_bytes: 7,
            data: "elsewhere".into(),
            ..Config::default()
        };
        let change = differing(&keys(&after), &keys(&before));
        let names: Vec<&String> = change.as_object().expect("keys").keys().collect();
        assert_eq!(names, ["admin_token", "max_body_bytes"]);
        assert!(!change.to_string().contains("nobody"), "{change}");
    }
}
