//! Loads the snapshot, and then what changed with each data version. One request is under way at a time, and the newest
//! wanted version follows it; meanwhile the older snapshot answers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use nengce_analysis::snapshot::Snapshot;

use super::engine::use_engine;
use super::fetch::{Held, fetch};
use crate::data::meta::use_data_version;

/// Rest after a load: a city that changes all the time is not fetched all the time.
const REST_MS: u32 = 5_000;

/// What the server has answered is drawn before the city is fetched and read.
const AFTER_DRAWING_MS: u32 = 250;

thread_local! {
    static SNAPSHOT: ArcRwSignal<Option<Arc<Snapshot>>> = ArcRwSignal::new(None);
    /// The same as it was sent, from which the next one is made.
    static HELD: RefCell<Option<Rc<Held>>> = const { RefCell::new(None) };
    static LOADING: Cell<bool> = const { Cell::new(false) };
    static WANTED_VERSION: Cell<u64> = const { Cell::new(0) };
}

/// The snapshot, once it is here; tracked.
pub fn snapshot() -> Option<Arc<Snapshot>> {
    SNAPSHOT.with(|it| it.get())
}

/// Whether the snapshot is here by groups: lists of units are the server's then. Tracked.
pub fn is_grouped() -> bool {
    SNAPSHOT.with(|it| it.with(|it| it.as_ref().is_some_and(|it| it.is_grouped())))
}

/// The data version that a page is answered from in the browser; tracked. Browser tests wait for it.
pub fn linked_version() -> Option<String> {
    let snapshot = snapshot().filter(|it| !it.is_grouped())?;
    Some(snapshot.version.to_string())
}

/// A unit's name, or its code until the snapshot is here; tracked.
pub fn unit_name(code: &str) -> String {
    let name = |it: &Snapshot| Some(it.units[it.unit_of_code(code)?].name.clone());
    SNAPSHOT.with(|it| it.with(|it| name(it.as_deref()?))).unwrap_or_else(|| code.to_owned())
}

/// Keeps the snapshot current while the caller's page is open, from the moment `when` holds.
pub fn use_snapshot(when: impl Fn() -> bool + 'static) {
    let version = use_data_version();
    Effect::new(move |_| {
        let version = version.get();
        if !when() || version == 0 {
            return;
        }
        WANTED_VERSION.set(version);
        if !is_new_enough() && !LOADING.replace(true) {
            spawn_local(follow());
        }
    });
}

fn is_new_enough() -> bool {
    let has = |it: &Arc<Snapshot>| it.version >= WANTED_VERSION.get();
    SNAPSHOT.with(|it| it.with_untracked(|it| it.as_ref().is_some_and(has)))
}

async fn follow() {
    TimeoutFuture::new(AFTER_DRAWING_MS).await;
    loop {
        let wanted = WANTED_VERSION.get();
        if let Some(snapshot) = load().await {
            SNAPSHOT.with(|it| it.set(Some(Arc::new(snapshot))));
        }
        TimeoutFuture::new(REST_MS).await;
        if wanted == WANTED_VERSION.get() || is_new_enough() {
            LOADING.set(false);
            return;
        }
    }
}

/// The newest snapshot, once the days in use are of its version too: no page falls back to the server's answer meanwhile.
async fn load() -> Option<Snapshot> {
    let engine = use_engine().await?;
    let held = HELD.with_borrow(Option::clone);
    let bytes = fetch("/api/v1/snapshot", held.as_deref(), None).await?;
    let snapshot = (engine.decode)(&bytes)?;
    HELD.set(Some(Rc::new(Held { version: snapshot.version, bytes })));
    (engine.renew_days)(snapshot.version).await;
    Some(snapshot)
}
