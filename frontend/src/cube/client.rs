//! Loads the months of all years once per data version. One request is under way at a time, and the newest wanted
//! version follows it; meanwhile the older one answers. Products are loaded when a page first needs them.

use std::cell::Cell;
use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use nengce_analysis::catalog::Catalog;
use nengce_analysis::snapshot::Snapshot;

use super::engine::use_engine;
use crate::data::meta::use_data_version;

/// Rest after a load: a city that changes all the time is not fetched all the time.
const REST_MS: u32 = 5_000;

/// What the server has answered is drawn before the city is fetched and thawed.
const AFTER_DRAWING_MS: u32 = 250;

/// Snapshot and names of one data version.
pub struct City {
    pub snapshot: Snapshot,
    pub catalog: Catalog,
    /// Whether products are in it.
    pub products: bool,
}

/// Puts what was sent into a city.
pub type Sent = Box<dyn FnOnce(&mut City)>;

thread_local! {
    static HELD: ArcRwSignal<Option<Arc<City>>> = ArcRwSignal::new(None);
    static LOADING: Cell<bool> = const { Cell::new(false) };
    static WANTED: Cell<u64> = const { Cell::new(0) };
    static PRODUCTS: Cell<bool> = const { Cell::new(false) };
}

/// The city, once it is here; tracked.
pub fn city() -> Option<Arc<City>> {
    HELD.with(|it| it.get())
}

/// Whether the city is here as groups: lists of units are the server's then. Tracked.
pub fn is_grouped() -> bool {
    HELD.with(|it| it.with(|it| it.as_ref().is_some_and(|it| it.snapshot.is_grouped())))
}

/// The data version that a page with products is answered from in the browser; tracked. Browser tests wait for it.
pub fn linked_version() -> Option<String> {
    let city = city().filter(|it| it.products)?;
    Some(city.snapshot.version.to_string())
}

/// A unit's name, or its code until the city is here; tracked.
pub fn unit_name(code: &str) -> String {
    let name = |it: &City| Some(it.snapshot.units[it.snapshot.unit_of_code(code)?].name.clone());
    HELD.with(|it| it.with(|it| name(it.as_deref()?))).unwrap_or_else(|| code.to_owned())
}

/// Keeps the city current while the caller's page is open, from the moment `when` holds.
pub fn use_city(when: impl Fn() -> bool + 'static) {
    keep_current(when, false);
}

/// As `use_city`, with products.
pub fn use_city_of_products(when: impl Fn() -> bool + 'static) {
    keep_current(when, true);
}

fn keep_current(when: impl Fn() -> bool + 'static, products: bool) {
    let version = use_data_version();
    Effect::new(move |_| {
        let version = version.get();
        if !when() || version == 0 {
            return;
        }
        PRODUCTS.set(PRODUCTS.get() || products);
        WANTED.set(version);
        if !is_enough() && !LOADING.replace(true) {
            spawn_local(follow());
        }
    });
}

/// Whether what is held is as new and as much as is wanted.
fn is_enough() -> bool {
    let has_products = |it: &City| it.products || it.snapshot.is_grouped() || !PRODUCTS.get();
    let enough = |it: &Arc<City>| it.snapshot.version >= WANTED.get() && has_products(it);
    HELD.with(|it| it.with_untracked(|it| it.as_ref().is_some_and(enough)))
}

async fn follow() {
    TimeoutFuture::new(AFTER_DRAWING_MS).await;
    loop {
        let wanted = (WANTED.get(), PRODUCTS.get());
        if holds(wanted.0) {
            add_products().await;
        } else if let Some(city) = load().await {
            HELD.with(|it| it.set(Some(Arc::new(city))));
        }
        if wanted != (WANTED.get(), PRODUCTS.get()) && !is_enough() && holds(WANTED.get()) {
            continue;
        }
        TimeoutFuture::new(REST_MS).await;
        if wanted == (WANTED.get(), PRODUCTS.get()) || is_enough() {
            LOADING.set(false);
            return;
        }
    }
}

fn holds(version: u64) -> bool {
    HELD.with(|it| {
        it.with_untracked(|it| it.as_ref().is_some_and(|it| it.snapshot.version >= version))
    })
}

async fn load() -> Option<City> {
    (use_engine().await?.load)(PRODUCTS.get()).await
}

/// Puts the products into the city that is held.
async fn add_products() {
    let Some(engine) = use_engine().await else {
        return;
    };
    let Some(put) = (engine.products)().await else {
        return;
    };
    HELD.with(|it| {
        // Nobody else holds it between two frames.
        it.update(|it| {
            if let Some(city) = it.as_mut().and_then(Arc::get_mut) {
                put(city);
            }
        });
    });
}
