//! One filter as a chip: its name and value, a list to choose from (searchable when long), a cross when set.

use leptos::prelude::*;

use crate::components::menu::{Menu, MenuItem};
use crate::i18n::{t, use_lang};
use crate::icons::Icon;

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
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            note: note.to_owned(),
        }
    }

    fn matches(&self, words: &str) -> bool {
        let words = words.trim().to_lowercase();
        self.name.to_lowercase().contains(&words) || self.code.to_lowercase().contains(&words)
    }
}

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
    let lang = use_lang();
    let shown_value = move || match value.get() {
        None => all.to_owned(),
        Some(code) => choices.with(|it| {
            it.iter()
                .find(|it| it.code == code)
                .map_or_else(|| code.clone(), |it| it.name.clone())
        }),
    };
    let button = move || {
        view! {
            <span class="chip-name">{name}</span>
            <b>{shown_value}</b>
            {Icon::Chevron.view()}
        }
    };
    view! {
        <div class="chip-group" class:set=move || value.get().is_some()>
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
                            <MenuItem text=all chosen=Signal::derive(move || value.get().is_none()) on_pick=move || on_pick(None) />
                            {move || choices.get().into_iter().filter(|it| words.with(|words| it.matches(words))).map(|choice| {
                                let (mine, picked) = (choice.code.clone(), choice.code);
                                view! {
                                    <MenuItem
                                        text=choice.name
                                        note=choice.note
                                        chosen=Signal::derive(move || value.get().as_ref() == Some(&mine))
                                        on_pick=move || on_pick(Some(picked.clone()))
                                    />
                                }
                            }).collect_view()}
                        </div>
                    }
                }
            </Menu>
            <Show when=move || value.get().is_some()>
                <button
                    type="button"
                    class="chip-clear"
                    aria-label=move || format!("{} {name}", t(lang, "清除", "Clear"))
                    on:click=move |_| on_pick(None)
                >
                    {Icon::Close.view()}
                </button>
            </Show>
        </div>
    }
}
