//! The audit log in the store: changes and waiting events are chained, survive a restart, and verify after retention.

use std::sync::{Arc, OnceLock};

use nengce_core::audit::{Actor, ActorKind, Algorithm, Outcome, signed_by_its_key};
use nengce_shared::api::audit::AuditEvent;

use super::*;
use crate::store::audit::queue::MOST_WAITING;
use crate::store::audit::scope::{self, ChangeNote, Scope};
use crate::store::audit::{AuditConfig, AuditQuery, page, verify};

fn event(at: &str) -> AuditEvent {
    let scope = Scope::new(
        AuditEvent {
            at: at.to_owned(),
            action: "device.approve".to_owned(),
            object_kind: "device".to_owned(),
            object: "waiting".to_owned(),
            ..AuditEvent::default()
        },
        actor("admin"),
    );
    scope.event(Outcome::Done)
}

fn actor(name: &str) -> Arc<OnceLock<Actor>> {
    Arc::new(Actor::new(ActorKind::Token, name).into())
}

impl City {
    /// Three entries of the log, each a second after the one before.
    pub(super) async fn record_three(&self) {
        for second in 1..4 {
            self.store.record(event(&format!("2024-03-01 12:00:0{second}"))).await;
        }
        self.store.flush_audit().await.expect("they are on disk");
    }

    async fn entries(&self) -> Vec<(u64, String)> {
        let all = AuditQuery {
            from: Date::MIN,
            to: Date::MAX,
            actor: String::new(),
            action: "device".to_owned(),
            object: String::new(),
            outcome: String::new(),
            oldest_first: true,
            after: None,
            limit: 100,
        };
        let rows = self.store.read(move |conn| Ok(page(conn, &all)?)).await.expect("entries");
        rows.into_iter().map(|it| (it.number, it.event.actor)).collect()
    }
}

#[test]
fn the_event_of_a_change_stands_or_falls_with_its_transaction() {
    run(async {
        let city = City::new().await;
        let change = |fails: bool| {
            let scope = Scope::new(event("2024-03-01 12:00:00"), actor("admin"));
            let store = city.store.clone();
            scope::enter(scope, async move {
                let write = store.write(move |write| {
                    write.note_change(ChangeNote::default());
                    match fails {
                        true => Err(crate::store::StoreError::Refused("a test".to_owned())),
                        false => Ok(()),
                    }
                });
                write.await.is_ok()
            })
        };
        assert!(!change(true).await);
        assert!(city.entries().await.is_empty(), "the transaction was rolled back");
        assert!(change(false).await);
        assert_eq!(city.entries().await, [(1, "admin".to_owned())]);
        let outside = city.store.write(|write| {
            write.note_change(ChangeNote::default());
            Ok(())
        });
        outside.await.expect("a change of the server itself");
        assert_eq!(city.entries().await.len(), 1);
    });
}

#[test]
fn waiting_events_are_written_at_the_latest_when_the_store_closes() {
    run(async {
        let mut city = City::new().await;
        city.store.record(event("2024-03-01 12:00:00")).await;
        city.restart(|_| {});
        assert_eq!(city.entries().await.len(), 1);
    });
}

#[test]
fn on_a_full_disk_events_wait_within_a_bound_and_what_comes_then_is_refused() {
    run(async {
        let city = City::new().await;
        let shared = &city.store.inner.shared;
        shared.set_space(Some("a test".to_owned()));
        for _ in 0..MOST_WAITING {
            city.store.record(event("2024-03-01 12:00:00")).await;
        }
        assert!(city.store.audit_trouble().is_some());
        city.store.record(event("2024-03-01 12:00:01")).await;
        shared.set_space(None);
        assert!(city.store.audit_trouble().is_none());
        city.store.flush_audit().await.expect("they are on disk");
        let found = city.store.read(|conn| Ok(verify(conn)?)).await.expect("it is checked");
        assert_eq!((found.entries, found.broken), (MOST_WAITING as u64, None));
    });
}

#[test]
fn the_rest_verifies_after_retention_and_after_a_change_of_the_hash_function() {
    run(async {
        let mut city = City::new().await;
        city.record_three().await;
        let (before, now) = ("2024-03-01 12:00:02".to_owned(), "2025-03-01 02:00:00".to_owned());
        city.store.retire_audit(before, now.clone()).await.expect("it is pruned");
        let audit = AuditConfig { algorithm: Algorithm::Sm3, ..AuditConfig::default() };
        city.restart_as(&StoreConfig { audit, ..small() }, |_| {});
        city.record_three().await;
        assert_eq!(city.entries().await.iter().map(|it| it.0).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
        let found = city.store.read(|conn| Ok(verify(conn)?)).await.expect("it is checked");
        assert_eq!((found.entries, found.broken, found.removed_up_to), (5, None, Some(1)));
        let head = city.store.audit_head(Some(1), now).await.expect("it is asked");
        let head = head.expect("the anchor stands for the entry");
        assert!(signed_by_its_key(&head) && head.number == 1);
        city.holds().await;
    });
}
