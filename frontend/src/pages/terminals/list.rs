//! What the lists of the page share: state and search in the address, pages, and what to say of a row that is not listed.

use leptos::prelude::*;
use nengce_shared::lang::Lang;

use crate::components::filter_bar::{Chip, ChipOption};
use crate::components::search_box::SearchBox;
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::pending_counts::use_pending_counts;
use crate::url_state::{UrlState, push_pair, use_url_state};

/// Rows of one page.
const PAGE_ROWS: &str = "50";

/// The question for a list: `standing` is the state that no word in the address means.
pub fn query(url: UrlState, standing: Option<&str>) -> String {
    let mut query = String::new();
    push_pair(&mut query, "limit", Some(PAGE_ROWS));
    let state = url.get("state").or_else(|| standing.map(str::to_owned));
    push_pair(&mut query, "state", state.as_deref().filter(|it| *it != "all"));
    for key in ["q", "cursor"] {
        push_pair(&mut query, key, url.get(key).as_deref());
    }
    query
}

/// State and search above a list.
#[component]
pub fn ListFilter(
    /// The word for no state in the address.
    all: &'static str,
    options: Vec<ChipOption>,
    /// What can be searched for.
    placeholder: &'static str,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    view! {
        <div class="chips inline">
            <Chip
                name=t(lang, "状态", "State")
                all
                options=Signal::stored(options)
                value=Signal::derive(move || url.get("state"))
                on_select=move |it| url.set(&[("state", it), ("cursor", None)])
            />
            <SearchBox placeholder label=placeholder testid="terminal-search" />
        </div>
    }
}

/// What to say of an empty list: nothing matches, or, without a filter, that nothing waits.
pub fn empty(url: UrlState, lang: Lang, nothing: &'static str) -> Signal<String> {
    Signal::derive(move || {
        let filtered = url.get("state").is_some() || url.get("q").is_some();
        let words = if filtered {
            t(lang, "所选条件下没有。", "Nothing matches.")
        } else {
            nothing
        };
        words.to_owned()
    })
}

/// The row of a list that the address has selected.
pub struct SelectedRow<R: Send + Sync + 'static> {
    /// Its key, as it stands in the address.
    pub key: Memo<Option<String>>,
    /// As listed, else as it was decided here, else as it was seen last. A decision is newer than a list that still has
    /// the row waiting.
    pub row: Memo<Option<R>>,
    /// True while the list is on its way.
    pub waits: Signal<bool>,
    /// Hears what became of the row.
    pub changed: Callback<Option<R>>,
    pub close: Callback<()>,
    pub select: Callback<String>,
}

/// Follows what is selected under a name in the address. The list is requested again whenever the pending counts are.
pub fn use_selected_row<T, R>(
    load: Load<T>,
    name: &'static str,
    rows: fn(&T) -> &Vec<R>,
    key_of: fn(&R) -> String,
    is_waiting: fn(&R) -> bool,
) -> SelectedRow<R>
where
    T: Send + Sync + 'static,
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let (url, waiting) = (use_url_state(), use_pending_counts());
    refresh_with_counts(load);
    let decided = RwSignal::new(None::<R>);
    let key = Memo::new(move |_| url.get(name));
    let row = Memo::new(move |before: Option<&Option<R>>| {
        let selected = key.get()?;
        let mine = |it: &R| key_of(it) == selected;
        let listed = load.data.with(|it| {
            let rows = it.as_ref().map(|it| rows(it));
            rows.and_then(|it| it.iter().find(|it| mine(it)).cloned())
        });
        let decided = decided.get().filter(mine);
        match (listed, decided) {
            (Some(listed), Some(decided)) if is_waiting(&listed) => Some(decided),
            (Some(listed), _) => Some(listed),
            (None, Some(decided)) => Some(decided),
            (None, None) => before.cloned().flatten().filter(mine),
        }
    });
    SelectedRow {
        key,
        row,
        waits: Signal::derive(move || load.data.with(Option::is_none)),
        changed: Callback::new(move |row: Option<R>| {
            if row.is_some() {
                decided.set(row);
            }
            waiting.look();
        }),
        close: Callback::new(move |()| url.set(&[(name, None)])),
        select: Callback::new(move |key| url.set(&[(name, Some(key))])),
    }
}

/// Requests a list again whenever the pending counts are requested, and after each decision.
pub fn refresh_with_counts<T: Send + Sync + 'static>(load: Load<T>) {
    let waiting = use_pending_counts();
    Effect::new(move |before: Option<u32>| {
        let looks = waiting.looks();
        if before.is_some_and(|it| it != looks) {
            load.refresh();
        }
        looks
    });
}

/// Of a selected row that the list does not hold.
#[component]
pub fn NotListed(
    /// The word for every state, where no word means those that wait.
    #[prop(optional)]
    all: Option<&'static str>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let all = move |_| url.set(&[("state", all.map(str::to_owned)), ("q", None), ("cursor", None)]);
    view! {
        <div class="state">
            <p>{t(lang, "所选的这一项不在这份清单里：可能已办，或被筛选掉了。", "The chosen one is not in this list: it may be decided already, or filtered out.")}</p>
            <button type="button" class="control" on:click=all>{t(lang, "看全部状态", "Show all states")}</button>
        </div>
    }
}
