//! Loads the months of all years once per data version: one request under way, the newest wanted after it. While a newer
//! version is on its way, the older one answers.

use std::cell::Cell;
use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use nengce_core::analysis::catalog::Catalog;
use nengce_core::analysis::facts::Facts;
use nengce_core::analysis::frame::thaw;
use nengce_shared::api::cube::CubeFrame;
use nengce_shared::cube::Cube;
use nengce_shared::lang::Lang;

use crate::api_client::{get_file, get_json};
use crate::meta::use_data_version;

/// Rest after a load: a city that changes all the time is not fetched all the time.
const REST_MS: u32 = 5_000;

/// Facts and names of one data version.
pub struct City {
    pub facts: Facts,
    pub catalog: Catalog,
}

thread_local! {
    static HELD: ArcRwSignal<Option<Arc<City>>> = ArcRwSignal::new(None);
    static LOADING: Cell<bool> = const { Cell::new(false) };
    static WANTED: Cell<u64> = const { Cell::new(0) };
}

/// The city, once it is here; tracked.
pub fn city() -> Option<Arc<City>> {
    HELD.with(|it| it.get())
}

/// Keeps the city current while the caller's page is open, from the moment `when` holds.
pub fn use_city(when: impl Fn() -> bool + 'static) {
    let version = use_data_version();
    Effect::new(move |_| {
        let version = version.get();
        if !when() || version == 0 || holds(version) {
            return;
        }
        WANTED.set(version);
        if !LOADING.replace(true) {
            spawn_local(follow());
        }
    });
}

fn holds(version: u64) -> bool {
    HELD.with(|it| {
        it.with_untracked(|it| it.as_ref().is_some_and(|it| it.facts.version >= version))
    })
}

async fn follow() {
    loop {
        let wanted = WANTED.get();
        if let Some(city) = load().await {
            HELD.with(|it| it.set(Some(Arc::new(city))));
        }
        TimeoutFuture::new(REST_MS).await;
        if WANTED.get() == wanted || holds(WANTED.get()) {
            LOADING.set(false);
            return;
        }
    }
}

/// `None` where the city is too large to send by unit, or changed between the two answers.
async fn load() -> Option<City> {
    let bytes = get_file("/api/v1/cube", Lang::Zh).await.ok()?;
    let frame = get_json::<CubeFrame>("/api/v1/cube/frame", Lang::Zh, None)
        .await
        .ok()?;
    let cube = Cube::decode(&bytes).ok()?;
    let (facts, catalog) = thaw(&cube, &frame)?;
    Some(City { facts, catalog })
}
