//! The search of the header: units by name, code or industry. `/` jumps to it, arrows select, Enter opens the best match, Escape leaves.
//! The whole city is searched, whatever the filters; they stay as they are.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use nengce_shared::api::common::UnitRef;
use nengce_shared::api::unit::UnitList;

use crate::components::typing::is_typing;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::style::icons::Icon;
use crate::url_state::{push_pair, use_url_state};

const SHOWN: usize = 8;
const WAIT_MS: u64 = 120;

#[component]
pub fn Search() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let input = NodeRef::<html::Input>::new();
    let asked = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let at = RwSignal::new(None::<usize>);
    let found = use_load::<UnitList>(move || {
        let words = asked.get();
        if words.is_empty() || !open.get() {
            return None;
        }
        let mut query = format!("limit={SHOWN}");
        push_pair(&mut query, "q", Some(&words));
        Some(format!("/api/v1/units?{query}"))
    });
    let units = Memo::new(move |_| {
        if asked.with(String::is_empty) {
            return Vec::new();
        }
        found.data.with(|it| {
            it.as_ref().map_or_else(Vec::new, |it| {
                it.rows.iter().take(SHOWN).map(|row| row.unit.clone()).collect()
            })
        })
    });
    let link = move |code: &str| url.href(&format!("/units/{code}"));
    // Enter before the suggestions for the last letter are here waits for them.
    let waits = RwSignal::new(false);
    let leave = move || {
        waits.set(false);
        open.set(false);
        at.set(None);
    };
    let words =
        move || input.get_untracked().map_or_else(String::new, |it| it.value().trim().to_owned());
    let open_best = move || {
        let selected = at.get_untracked().unwrap_or(0);
        let code = units.with_untracked(|it| it.get(selected).map(|it| it.enterprise_code.clone()));
        // Suggestions for earlier words stay when the newest could not be fetched.
        match code.filter(|_| found.error.with_untracked(Option::is_none)) {
            Some(code) => url.go(&untrack(|| link(&code))),
            None => url.go(&untrack(|| url.href_with("/units", &[("q", Some(asked.get()))]))),
        }
        leave();
    };
    Effect::new(move |_| {
        if waits.get() && !found.loading.get() {
            open_best();
        }
    });
    let typed = debounced(move |words: String| asked.set(words));
    let keys = move |event: KeyboardEvent| {
        let count = units.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => {
                at.update(|it| *it = Some(it.map_or(0, |it| (it + 1) % count)))
            }
            "ArrowUp" if count > 0 => {
                at.update(|it| *it = Some(it.map_or(count - 1, |it| (it + count - 1) % count)))
            }
            "Escape" => leave(),
            "Enter" => {
                let words = words();
                if asked.get_untracked() == words && !found.loading.get_untracked() {
                    open_best();
                } else {
                    at.set(None);
                    asked.set(words);
                    waits.set(true);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    focus_on_slash(input);
    view! {
        <div class="search" class:open=open>
            {Icon::Search.view()}
            <input
                node_ref=input
                type="search"
                role="combobox"
                autocomplete="off"
                aria-label=t(lang, "查找单位、代码、行业", "Find a unit, code or industry")
                placeholder=t(lang, "单位、代码、行业", "Unit, code, industry")
                aria-expanded=move || (open.get() && !units.with(Vec::is_empty)).to_string()
                aria-controls="search-list"
                aria-activedescendant=move || at.get().map(|it| format!("search-{it}"))
                on:focus=move |_| open.set(true)
                on:blur=move |_| leave()
                on:input=move |event| {
                    open.set(true);
                    typed(event_target_value(&event));
                }
                on:keydown=keys
            />
            <kbd aria-hidden="true">"/"</kbd>
            <Suggestions units open at leave=Callback::new(move |()| leave()) />
        </div>
    }
}

/// The units found; a click opens one.
#[component]
fn Suggestions(
    units: Memo<Vec<UnitRef>>,
    open: RwSignal<bool>,
    at: RwSignal<Option<usize>>,
    leave: Callback<()>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    view! {
        <ul id="search-list" role="listbox" class="pop" aria-label=t(lang, "单位", "Units") hidden=move || !open.get() || units.with(Vec::is_empty)>
            {move || units.get().into_iter().enumerate().map(|(index, unit)| {
                let href = url.href(&format!("/units/{}", unit.enterprise_code));
                let go = href.clone();
                view! {
                    <li
                        role="option"
                        id=format!("search-{index}")
                        aria-selected=move || (at.get() == Some(index)).to_string()
                        // Before the field loses the focus and the list with it.
                        on:mousedown=move |event| {
                            event.prevent_default();
                            url.go(&go);
                            leave.run(());
                        }
                    >
                        <span>{unit.name}</span>
                        <span class="note">
                            {format!("{} · {}", lang.pick(&unit.region.zh, &unit.region.en), lang.pick(&unit.industry.zh, &unit.industry.en))}
                        </span>
                    </li>
                }
            }).collect_view()}
        </ul>
    }
}

/// The key `/` takes the focus to the search, unless somebody is typing.
fn focus_on_slash(input: NodeRef<html::Input>) {
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "/"
            && !event.ctrl_key()
            && !event.meta_key()
            && !is_typing(&event)
            && let Some(input) = input.get_untracked()
        {
            event.prevent_default();
            if input.focus().is_err() {
                leptos::logging::warn!("the search cannot take the focus");
            }
        }
    });
    on_cleanup(move || slash.remove());
}

fn debounced(act: impl Fn(String) + Copy + 'static) -> impl Fn(String) + Copy + 'static {
    let turn = StoredValue::new(0u32);
    move |words| {
        turn.update_value(|it| *it += 1);
        let mine = turn.get_value();
        set_timeout(
            move || {
                if turn.try_get_value() == Some(mine) {
                    act(words.trim().to_owned());
                }
            },
            std::time::Duration::from_millis(WAIT_MS),
        );
    }
}
