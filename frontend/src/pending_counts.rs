//! Counts what waits for an operator (devices, claims, changes of units) while whoever is signed in may decide on it: every
//! half minute while the page is visible, and after each decision.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use nengce_shared::access::permission::Permission;
use nengce_shared::json::{Fields, FromJson, Json};
use nengce_shared::lang::Lang;

use crate::data::api_client::get_value;
use crate::data::session::{Session, use_session};

const EVERY_MS: u32 = 30_000;

/// `None` where the server did not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub devices: Option<u64>,
    pub claims: Option<u64>,
    pub changes: Option<u64>,
}

#[derive(Clone, Copy)]
pub struct PendingCounts {
    counts: RwSignal<Counts>,
    /// Rises with every look.
    looks: RwSignal<u32>,
    session: Session,
}

/// Starts counting; inside the app, once, after the session.
pub fn provide_pending_counts() {
    let session = use_session();
    let waiting = PendingCounts {
        session,
        counts: RwSignal::new(Counts::default()),
        looks: RwSignal::new(0),
    };
    provide_context(waiting);
    Effect::new(move |_| {
        if session.may(Permission::DecideDevices) {
            waiting.look();
        } else {
            waiting.counts.set(Counts::default());
        }
    });
    spawn_local(async move {
        loop {
            TimeoutFuture::new(EVERY_MS).await;
            if !document().hidden() && session.may_now(Permission::DecideDevices) {
                waiting.look();
            }
        }
    });
}

pub fn use_pending_counts() -> PendingCounts {
    expect_context::<PendingCounts>()
}

impl PendingCounts {
    /// Counts now.
    pub fn look(self) {
        let session = self.session;
        spawn_local(async move {
            let of = async |path: &str, within: Option<&str>, field: &str| match get_value(
                path,
                Lang::Zh,
                None,
            )
            .await
            {
                Ok((json, _)) => number(json, within, field),
                // A token that is good no more must not go with every other question.
                Err(error) => {
                    session.refused(error.status);
                    None
                }
            };
            let counts = Counts {
                devices: of("/api/v1/devices?state=pending&limit=1", Some("page"), "total").await,
                claims: of("/api/v1/claims?state=pending&limit=1", None, "open").await,
                changes: of("/api/v1/unit-changes?state=pending&limit=1", None, "pending").await,
            };
            if session.may_now(Permission::DecideDevices) && self.counts.get_untracked() != counts {
                self.counts.set(counts);
            }
            self.looks.update(|it| *it += 1);
        });
    }

    /// The counts; tracked.
    pub fn counts(self) -> Counts {
        self.counts.get()
    }

    /// All that waits, as far as it is known; tracked.
    pub fn all(self) -> Option<u64> {
        let it = self.counts.get();
        [it.devices, it.claims, it.changes].into_iter().flatten().reduce(|sum, it| sum + it)
    }

    /// Rises with every look; tracked.
    pub fn looks(self) -> u32 {
        self.looks.get()
    }
}

/// A whole number of an answer, or of an object in it.
fn number(json: Json, within: Option<&str>, field: &str) -> Option<u64> {
    let mut fields = Fields::of(json).ok()?;
    if let Some(name) = within {
        fields = Fields::of(fields.find(name)?).ok()?;
    }
    u64::from_json(fields.find(field)?).ok()
}
