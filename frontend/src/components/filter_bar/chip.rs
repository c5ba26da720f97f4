//! One filter as a chip: its name and value, a list to choose from (searchable when long), a cross when set.

use leptos::prelude::*;
use nengce_shared::lang::Lang;

use crate::components::chosen::adding;
use crate::components::menu::{Menu, MenuItem};
use crate::i18n::{t, use_lang};
use crate::style::icons::Icon;
use crate::url_state::choose;

/// Lists longer than this can be searched.
const SEARCHED_FROM: usize = 12;

#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub code: String,
    pub name: String,
    /// Grey after the name.
    pub note: String,
}

impl Choice {
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
    #[prop(into)] choices: Signal<Vec<Choice>>,
    /// The chosen code.
    #[prop(into)]
    value: Signal<Option<String>>,
    on_pick: impl Fn(Option<String>) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let on_change = move |codes: Vec<String>| on_pick(codes.into_iter().last());
    view! {
        <Chips
            name
            all
            choices
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
    #[prop(into)] choices: Signal<Vec<Choice>>,
    /// The chosen codes.
    #[prop(into)]
    values: Signal<Vec<String>>,
    on_change: impl Fn(Vec<String>) + Copy + Send + Sync + 'static,
    #[prop(default = true)] several: bool,
) -> impl IntoView {
    let lang = use_lang();
    let named = move |code: &str| {
        choices.with(|it| {
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
    let pick = move |code: String, more: bool| {
        let mut codes = values.get_untracked();
        if more {
            choose(&mut codes, code, true);
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
                        <Show when=move || { choices.with(Vec::len) > SEARCHED_FROM }>
                            <input
                                type="search"
                                class="pop-search"
                                placeholder=t(lang, "查找", "Find")
                                aria-label=t(lang, "查找", "Find")
                                on:input=move |event| words.set(event_target_value(&event))
                            />
                        </Show>
                        <div class="pop-list">
                            <MenuItem text=all chosen=Signal::derive(move || values.with(Vec::is_empty)) on_pick=move || on_change(Vec::new()) />
                            {move || choices.get().into_iter().filter(|it| words.with(|words| it.matches(words))).map(|choice| {
                                let (mine, picked) = (choice.code.clone(), choice.code);
                                view! {
                                    <MenuItem
                                        text=choice.name
                                        note=choice.note
                                        chosen=Signal::derive(move || values.with(|it| it.contains(&mine)))
                                        on_pick=move || pick(picked.clone(), several && adding())
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
