//! The selection lives in the address: read as a memo of the query, written by navigating, so back, reload and deep links work.
//! A change is read at once and stands in the address one painted frame later.

mod closest;
mod selection;
mod wrong_parts;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use nengce_shared::api::meta::Meta;

use crate::frame_delay::{after, delayed};
pub use closest::closest;
pub use selection::{BASE_YEAR, Comparison, Selection, joined, push_pair, toggle_value};
pub use wrong_parts::WrongPart;

/// Keys that every page shares; links between pages carry them.
const SHARED: [&str; 10] =
    ["from", "to", "region", "industry", "class", "energy", "units", "basis", "compare", "lang"];

/// The key of the unit that a page highlights among others.
const UNIT: &str = "unit";

/// The key of the name under which the view on screen was saved; a view that is changed is another one.
pub const SAVED_VIEW: &str = "view";

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

/// The address as state.
#[derive(Clone, Copy)]
pub struct UrlState {
    pub selection: Memo<Selection>,
    /// The selection some frames later: what is drawn after the figures follows this one.
    pub deferred_selection: Memo<Selection>,
    query: Memo<ParamsMap>,
    /// The query that the address will have once the frame is painted.
    pending: RwSignal<Option<ParamsMap>>,
    /// The query that links carry; as `followed`, for a page has hundreds of links.
    carried: Signal<ParamsMap>,
    path: Memo<String>,
    navigate: StoredValue<Navigate, LocalStorage>,
}

impl UrlState {
    /// Inside the router, once.
    pub fn provide() -> Self {
        let (address, pending) = (use_query_map(), RwSignal::new(None));
        let query = Memo::new(move |_| pending.get().unwrap_or_else(|| address.get()));
        let navigate = use_navigate();
        let carried = delayed(query.into(), 2);
        let state = Self {
            selection: Memo::new(move |_| query.with(Selection::of)),
            deferred_selection: Memo::new(move |_| carried.with(Selection::of)),
            query,
            pending,
            carried,
            path: use_location().pathname,
            navigate: StoredValue::new_local(Box::new(move |to: &str, options| {
                navigate(to, options)
            })),
        };
        provide_context(state);
        state
    }

    /// The path of the page on screen.
    pub fn path(self) -> String {
        self.path.get()
    }

    /// A page's own key; tracked.
    pub fn get(self, key: &str) -> Option<String> {
        self.query.with(|query| query.get(key)).filter(|it| !it.is_empty())
    }

    /// Changes the filters; one step of history.
    pub fn update(self, change: impl FnOnce(&mut Selection)) {
        let mut selection = self.selection.get_untracked();
        change(&mut selection);
        self.set(&selection.pairs());
    }

    /// Whether anything is selected: values of the filters, or the unit that a page highlights.
    pub fn has_selection(self) -> bool {
        self.selection.with_untracked(Selection::count) > 0 || untrack(|| self.get(UNIT)).is_some()
    }

    /// Clears the selection; one step of history.
    pub fn clear(self) {
        let mut selection = self.selection.get_untracked();
        selection.clear();
        let mut pairs = selection.pairs().to_vec();
        pairs.push((UNIT, None));
        self.set(&pairs);
    }

    /// Sets or clears keys; one step of history.
    pub fn set(self, pairs: &[(&str, Option<String>)]) {
        self.write(pairs, false);
    }

    /// As `set`, without a step of history.
    pub fn replace(self, pairs: &[(&str, Option<String>)]) {
        self.write(pairs, true);
    }

    /// Goes to a page of the portal.
    pub fn go(self, to: &str) {
        self.navigate.with_value(|navigate| navigate(to, NavigateOptions::default()));
    }

    /// A link to another page that keeps the shared filters; tracked.
    pub fn href(self, path: &str) -> String {
        self.href_with(path, &[])
    }

    /// As `href`, with keys set or (by `None`) dropped.
    pub fn href_with(self, path: &str, extra: &[(&str, Option<String>)]) -> String {
        let mut query = String::new();
        for key in SHARED {
            if !extra.iter().any(|(own, _)| *own == key) {
                let value = self.carried.with(|it| it.get(key));
                push_pair(&mut query, key, value.as_deref());
            }
        }
        for (key, value) in extra {
            push_pair(&mut query, key, value.as_deref());
        }
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// What names nothing in the shared part of the address; tracked.
    pub fn wrong_parts(self, meta: &Meta) -> Vec<WrongPart> {
        wrong_parts::wrong_parts(|key| self.get(key), meta)
    }

    /// This page with keys set or dropped; tracked.
    pub fn href_here(self, pairs: &[(&str, Option<String>)]) -> String {
        address(&self.path.get(), &with_pairs(self.query.get(), pairs))
    }

    fn write(self, pairs: &[(&str, Option<String>)], replace: bool) {
        let path = self.path.get_untracked();
        let query = with_pairs(self.query.get_untracked(), pairs);
        self.pending.set(Some(query.clone()));
        // A step of history takes the browser longer than the answer.
        after(1, move || {
            let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
            // A page that was left takes its changes with it.
            if self.path.get_untracked() == path {
                self.navigate.with_value(|navigate| navigate(&address(&path, &query), options));
            }
            if self.pending.with_untracked(|it| it.as_ref() == Some(&query)) {
                self.pending.set(None);
            }
        });
    }
}

/// A query with keys set or dropped; the name of a saved view goes with its selections.
fn with_pairs(query: ParamsMap, pairs: &[(&str, Option<String>)]) -> ParamsMap {
    let is_kept = |key: &str| key != SAVED_VIEW && !pairs.iter().any(|(own, _)| *own == key);
    let kept = query.into_iter().filter(|(key, _)| is_kept(key));
    let set = pairs.iter().filter_map(|(key, value)| {
        let value = value.clone().filter(|it| !it.is_empty())?;
        Some(((*key).to_owned().into(), value))
    });
    kept.chain(set).collect()
}

/// A path with its query.
fn address(path: &str, query: &ParamsMap) -> String {
    let mut words = String::new();
    for (key, value) in query.clone() {
        push_pair(&mut words, &key, Some(&value));
    }
    if words.is_empty() { path.to_owned() } else { format!("{path}?{words}") }
}

pub fn use_url_state() -> UrlState {
    expect_context::<UrlState>()
}
