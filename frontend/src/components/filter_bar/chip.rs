//! One filter as a chip: its name and value, a list to select from (searchable when long), a cross when set.

use leptos::prelude::*;
use nengce_shared::lang::Lang;

use crate::components::menu::{Menu, MenuItem};
use crate::components::selecting::adds_to_selection;
use crate::i18n::{t, use_lang};
use crate::style::icons::Icon;
use crate::url_state::toggle_value;

/// Lists longer than this can be searched.
const SEARCHED_FROM: usize = 12;

#[derive(Debug, Clone, PartialEq)]
pub struct ChipOption {
    pub code: String,
    pub name: String,
    /// Grey after the name.
    pub note: String,
}

impl ChipOption {
    pub fn new(code: &str, name: &str, note: &str) -> Self {
        Self { code: code.to_owned(), name: name.to_owned(), note: note.to_owned() }
    }

    fn matches(&self, words: &str) -> bool {
        // Chinese has no cases; the tables of all other scripts are not worth their download.
        let words = words.trim().to_ascii_lowercase();
        let has = |text: &str| text.to_ascii_lowercase().contains(&words);
        has(&self.name) || has(&self.code)
    }
}

/// Values with a chip of their own; more are counted.
const NAMED: usize = 4;

/// One filter of one value.
#[component]
pub fn Chip(
    name: &'static str,
    /// The word for no filter.
    all: &'static str,
    #[prop(into)] options: Signal<Vec<ChipOption>>,
    /// The selected code.
    #[prop(into)]
    value: Signal<Option<String>>,
    on_select: impl Fn(Option<String>) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let on_change = move |codes: Vec<String>| on_select(codes.into_iter().last());
    view! {
        <Chips
            name
            all
            options
            values=Signal::derive(move || value.get().into_iter().collect())
            on_change
            several=false
        />
    }
}

/// One filter of any number of values: its menu, and, beside it, a chip with a cross for each value of several.
#[component]
pub fn Chips(
    name: &'static str,
    /// The word for no filter.
    all: &'static str,
    #[prop(into)] options: Signal<Vec<ChipOption>>,
    /// The selected codes.
    #[prop(into)]
    values: Signal<Vec<String>>,
    on_change: impl Fn(Vec<String>) + Copy + Send + Sync + 'static,
    #[prop(default = true)] several: bool,
) -> impl IntoView {
    let lang = use_lang();
    let named = move |code: &str| {
        options.with(|it| {
            it.iter()
                .find(|it| it.code == code)
                .map_or_else(|| code.to_owned(), |it| it.name.clone())
        })
    };
    let shown_value = move || match values.get().as_slice() {
        [] => all.to_owned(),
        [code] => named(code),
        codes => match lang {
            Lang::Zh => format!("已选 {} 个", codes.len()),
            Lang::En => format!("{} selected", codes.len()),
        },
    };
    let select = move |code: String, more: bool| {
        let mut codes = values.get_untracked();
        if more {
            toggle_value(&mut codes, code, true);
        } else {
            codes = vec![code];
        }
        on_change(codes);
    };
    let button = move || {
        view! {
            <span class="chip-name">{name}</span>
            <b>{shown_value}</b>
            {Icon::Chevron.view()}
        }
    };
    let clear = t(lang, "清除", "Clear");
    let each =
        move || {
            let codes = values.get();
            let own = (2..=NAMED).contains(&codes.len()).then_some(codes);
            own.into_iter().flatten().map(|code| {
            let (text, mine) = (named(&code), code.clone());
            let label = format!("{clear} {text}");
            view! {
                <button
                    type="button"
                    class="chip chip-value"
                    data-code=code
                    aria-label=label
                    on:click=move |_| {
                        let rest = values.get_untracked().into_iter().filter(|it| *it != mine);
                        on_change(rest.collect());
                    }
                >
                    <b>{text}</b>
                    {Icon::Close.view()}
                </button>
            }
        }).collect_view()
        };
    view! {
        <div class="chip-group" class:set=move || values.with(|it| !it.is_empty())>
            <Menu button=button class="chip">
                {
                    let words = RwSignal::new(String::new());
                    view! {
                        <Show when=move || { options.with(Vec::len) > SEARCHED_FROM }>
                            <input
                                type="search"
                                class="pop-search"
                                placeholder=t(lang, "查找", "Find")
                                aria-label=t(lang, "查找", "Find")
                                on:input=move |event| words.set(event_target_value(&event))
                            />
                        </Show>
                        <div class="pop-list">
                            <MenuItem text=all selected=Signal::derive(move || values.with(Vec::is_empty)) on_select=move || on_change(Vec::new()) />
                            {move || options.get().into_iter().filter(|it| words.with(|words| it.matches(words))).map(|option| {
                                let (mine, selected) = (option.code.clone(), option.code);
                                view! {
                                    <MenuItem
                                        text=option.name
                                        note=option.note
                                        selected=Signal::derive(move || values.with(|it| it.contains(&mine)))
                                        on_select=move || select(selected.clone(), several && adds_to_selection())
                                    />
                                }
                            }).collect_view()}
                        </div>
                        {several.then(|| view! {
                            <p class="pop-note">{t(lang, "按住 Ctrl 或 Shift 可多选", "Hold Ctrl or Shift to choose several")}</p>
                        })}
                    }
                }
            </Menu>
            <Show when=move || values.with(|it| !it.is_empty())>
                <button
                    type="button"
                    class="chip-clear"
                    aria-label=move || format!("{clear} {name}")
                    on:click=move |_| on_change(Vec::new())
                >
                    {Icon::Close.view()}
                </button>
            </Show>
        </div>
        {each}
    }
}
