//! Looks and refusals that the audit log got lately: the same one is recorded once in a quarter of an hour, so that the
//! log stays bounded whatever a reader does.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use nengce_shared::api::audit::AuditEvent;
use parking_lot::Mutex;

const INTERVAL: Duration = Duration::from_secs(15 * 60);

/// Events that are remembered, in two halves: when the newer one is full, the older one is forgotten.
const MOST: usize = 50_000;

/// Actor kind, actor, address, action, object, outcome.
type Key = [String; 6];

#[derive(Default)]
pub struct AuditedLately(Mutex<Halves>);

#[derive(Default)]
struct Halves {
    newer: HashMap<Key, Instant>,
    older: HashMap<Key, Instant>,
}

impl AuditedLately {
    /// Whether an event is to be recorded: the same one was not within the interval.
    pub fn is_new(&self, it: &AuditEvent) -> bool {
        let key = [&it.actor_kind, &it.actor, &it.address, &it.action, &it.object, &it.outcome]
            .map(Clone::clone);
        let mut known = self.0.lock();
        let at = known.newer.get(&key).or_else(|| known.older.get(&key));
        if at.is_some_and(|at| at.elapsed() < INTERVAL) {
            return false;
        }
        if known.newer.len() >= MOST / 2 {
            known.older = std::mem::take(&mut known.newer);
        }
        known.newer.insert(key, Instant::now());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_look_is_recorded_once_and_every_other_one_too() {
        let lately = AuditedLately::default();
        let of = |actor: &str, object: &str| AuditEvent {
            actor: actor.to_owned(),
            object: object.to_owned(),
            ..AuditEvent::default()
        };
        let new = |actor, object| lately.is_new(&of(actor, object));
        let found = [new("a", "1"), new("a", "1"), new("b", "1"), new("a", "2"), new("b", "1")];
        assert_eq!(found, [true, false, true, true, false]);
    }

    #[test]
    fn many_events_push_out_the_oldest_half_alone() {
        let lately = AuditedLately::default();
        let new = |object: usize| {
            lately.is_new(&AuditEvent { object: object.to_string(), ..AuditEvent::default() })
        };
        assert!((0..MOST).all(new));
        assert!(new(MOST) && !new(MOST - 1) && !new(MOST / 2 + 1), "the newer half is known");
        assert!(new(0), "the oldest is forgotten");
    }
}
