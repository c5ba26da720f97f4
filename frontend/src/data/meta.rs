//! What every page needs: place, regions, industries, editions, and the data version that refreshes pages. Requested at
//! the start, when the server tells of new data, and every 15 s while the page is visible.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use nengce_shared::api::meta::Meta;
use nengce_shared::lang::Lang;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventSource;

use crate::data::api_client::get_json;
use crate::data::session::sign_in_first;

const EVERY_MS: u32 = 15_000;
/// How often the server's word is looked at: many versions between two looks are one question.
const LOOK_MS: u32 = 1_000;

#[derive(Clone, Copy)]
pub struct MetaSignal(RwSignal<Option<Arc<Meta>>>);

#[derive(Clone, Copy)]
struct DataVersion(Memo<u64>);

/// How often the server told of what its quality rules assessed.
#[derive(Clone, Copy)]
struct QualityVersion(RwSignal<u64>);

/// Starts asking; inside the app, once.
pub fn provide_meta() {
    let meta = RwSignal::new(None::<Arc<Meta>>);
    provide_context(MetaSignal(meta));
    provide_context(DataVersion(Memo::new(move |_| {
        meta.with(|it| it.as_ref().map_or(0, |meta| meta.data_version))
    })));
    let told = Rc::new(Cell::new(0));
    let quality_version = RwSignal::new(0);
    provide_context(QualityVersion(quality_version));
    let follow = listen(Rc::clone(&told), quality_version);
    spawn_local(async move {
        loop {
            let hidden = document().hidden();
            let is_first = meta.with_untracked(Option::is_none);
            if !hidden || is_first {
                match get_json::<Meta>("/api/v1/meta", Lang::Zh, None).await {
                    Ok(answer) => {
                        if meta.with_untracked(|it| it.as_deref() != Some(&answer)) {
                            meta.set(Some(Arc::new(answer)));
                        }
                        follow(!document().hidden());
                    }
                    // The server shows nothing to whoever is not signed in.
                    Err(error) if is_first && error.status == 401 => sign_in_first(),
                    _ => {}
                }
            }
            for _ in 0..EVERY_MS / LOOK_MS {
                TimeoutFuture::new(LOOK_MS).await;
                // An answer from the last complete state has an older version than the server told: it is asked again.
                let version =
                    meta.with_untracked(|it| it.as_ref().map_or(0, |meta| meta.data_version));
                if told.get() > version && !document().hidden() {
                    break;
                }
            }
        }
    });
}

/// Hears of new data while the page is seen: a browser opens few connections to one server, and pages that nobody looks
/// at, kept tabs and left pages among them, must not hold them. Without a connection the clock asks. The answer opens or
/// closes the connection.
fn listen(told: Rc<Cell<u64>>, quality_version: RwSignal<u64>) -> impl Fn(bool) + Clone + 'static {
    let (open, ended) = (Rc::new(RefCell::new(None::<EventSource>)), Rc::clone(&told));
    let hear = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let id = js_sys::Reflect::get(&event, &JsValue::from_str("lastEventId"));
        let version = id.ok().and_then(|it| it.as_string()?.parse().ok());
        // Without a version the answer is asked for all the same.
        told.set(version.unwrap_or(u64::MAX));
    })
    .into_js_value();
    let follow_assessing =
        Closure::<dyn FnMut()>::new(move || quality_version.update(|it| *it += 1)).into_js_value();
    // The browser opens a lost connection anew, but not one that the server refuses: the next answer says why.
    let held = Rc::clone(&open);
    let fail = Closure::<dyn FnMut()>::new(move || {
        let is_closed = |it: &EventSource| it.ready_state() == EventSource::CLOSED;
        if held.borrow().as_ref().is_some_and(is_closed) {
            held.replace(None);
            ended.set(u64::MAX);
        }
    })
    .into_js_value();
    let follow = move |is_seen: bool| {
        let mut open = open.borrow_mut();
        if !is_seen {
            if let Some(events) = open.take() {
                events.close();
            }
        } else if open.is_none()
            && let Ok(events) = EventSource::new("/api/v1/events")
        {
            let told = [("data", &hear), ("quality", &follow_assessing), ("error", &fail)];
            let heard = told.map(|(name, hear)| {
                events.add_event_listener_with_callback(name, hear.unchecked_ref()).is_ok()
            });
            *open = heard.iter().all(|it| *it).then_some(events);
        }
    };
    follow(!document().hidden());
    let (seen, left) = (follow.clone(), follow.clone());
    // Both live as long as the app.
    let _seen = window_event_listener_untyped("visibilitychange", move |_| {
        seen(!document().hidden());
    });
    let _left = window_event_listener_untyped("pagehide", move |_| left(false));
    follow
}

/// The frame, `None` until the server answered once.
pub fn use_meta() -> Signal<Option<Arc<Meta>>> {
    expect_context::<MetaSignal>().0.into()
}

/// Rises with every accepted change of data; 0 until known.
pub fn use_data_version() -> Memo<u64> {
    expect_context::<DataVersion>().0
}

/// Rises with every step of assessing that the server tells of.
pub fn use_quality_version() -> RwSignal<u64> {
    expect_context::<QualityVersion>().0
}

/// The name of a region, or its code when the list does not know it.
pub fn region_name(meta: Option<&Meta>, code: &str, lang: Lang) -> String {
    meta.and_then(|meta| meta.regions.iter().find(|it| it.code == code))
        .map_or_else(|| code.to_owned(), |it| lang.pick(&it.zh, &it.en).to_owned())
}

/// The name of an industry, or its code.
pub fn industry_name(meta: Option<&Meta>, code: &str, lang: Lang) -> String {
    meta.and_then(|meta| meta.industries.iter().find(|it| it.code == code))
        .map_or_else(|| code.to_owned(), |it| lang.pick(&it.zh, &it.en).to_owned())
}
