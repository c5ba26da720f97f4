//! The list of saved views and the form that saves the page on screen.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use super::store::{self, SavedView};
use crate::components::menu::MenuOpen;
use crate::i18n::{t, use_lang};
use crate::style::icons::Icon;
use crate::url_state::{SAVED_VIEW, UrlState, use_url_state};

/// The views on screen, and whether the browser kept them.
#[derive(Clone, Copy)]
struct Views {
    all: RwSignal<Vec<SavedView>>,
    kept: RwSignal<bool>,
    url: UrlState,
}

impl Views {
    fn change(self, act: impl FnOnce(&mut Vec<SavedView>)) {
        // Another tab may have saved meanwhile.
        let mut now = store::load().unwrap_or_else(|| self.all.get_untracked());
        act(&mut now);
        self.kept.set(store::save(&mut now));
        self.all.set(now);
    }

    /// Keeps the page on screen under a name. A view of that name is replaced.
    fn keep(self, name: String) {
        let view = SavedView { name: name.clone(), address: untrack(|| self.url.href_here(&[])) };
        self.change(|all| {
            all.retain(|it| it.name != view.name);
            all.push(view);
        });
        self.url.replace(&[(SAVED_VIEW, Some(name))]);
    }

    /// Gives a view another name, unless another view has it.
    fn rename(self, old: &str, new: String) {
        self.change(|all| {
            let taken = all.iter().any(|it| it.name == new);
            all.iter_mut()
                .filter(|it| it.name == old && !taken)
                .for_each(|it| it.name = new.clone());
        });
        if untrack(|| self.url.get(SAVED_VIEW)).is_some_and(|it| it == old) {
            self.url.replace(&[(SAVED_VIEW, Some(new))]);
        }
    }
}

#[component]
pub(super) fn Panel() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let close = use_context::<MenuOpen>();
    let all = RwSignal::new(store::load().unwrap_or_default());
    let views = Views { all, kept: RwSignal::new(true), url };
    let keep = move |name| {
        views.keep(name);
        if views.kept.get_untracked() {
            close.iter().for_each(|it| it.0.set(false));
        }
    };
    let note = move || match views.kept.get() {
        true => t(
            lang,
            "保存在本浏览器；链接含全部筛选，可发给别人。",
            "Kept in this browser. A link holds every filter and opens for others.",
        ),
        false => t(
            lang,
            "浏览器没有保存：存储已关闭或已满，离开后即失。",
            "The browser did not keep it: its storage is closed or full.",
        ),
    };
    view! {
        <Show
            when=move || all.with(|it| !it.is_empty())
            fallback=move || view! { <p class="pop-note">{t(lang, "还没有保存的视图。", "No view is saved yet.")}</p> }
        >
            <ul class="pop-list" data-testid="views">
                <For each=move || all.get().into_iter().rev() key=|it| (it.name.clone(), it.address.clone()) let:it>
                    <Row view=it views />
                </For>
            </ul>
        </Show>
        <NameForm name=String::new() label=t(lang, "给当前视图起名", "Name this view") on_save=keep />
        <p class="pop-note" aria-live="polite">{note}</p>
    }
}

/// A view: its link, or the form of its new name.
#[component]
fn Row(view: SavedView, views: Views) -> impl IntoView {
    let lang = use_lang();
    let open = use_context::<MenuOpen>();
    let renames = RwSignal::new(false);
    let SavedView { name, .. } = view.clone();
    let link = view.link();
    let line = move || {
        let (gone, name, link) = (name.clone(), name.clone(), link.clone());
        let remove = format!("{} {name}", t(lang, "删除", "Remove"));
        let rename = format!("{} {name}", t(lang, "改名", "Rename"));
        if renames.get() {
            let label = t(lang, "新名称", "New name");
            let on_save = move |new: String| {
                renames.set(false);
                views.rename(&gone, new);
            };
            return view! { <NameForm name label on_save /> }.into_any();
        }
        view! {
            <div class="pop-row">
                <a class="pop-item" href=link on:click=move |_| open.iter().for_each(|it| it.0.set(false))>{name}</a>
                <button type="button" class="text-button" aria-label=rename on:click=move |event| {
                    stay(&event);
                    renames.set(true);
                }>
                    {t(lang, "改名", "Rename")}
                </button>
                <button
                    type="button"
                    class="chip-clear"
                    aria-label=remove
                    on:click=move |event| {
                        stay(&event);
                        views.change(|all| all.retain(|it| it.name != gone));
                    }
                >
                    {Icon::Close.view()}
                </button>
            </div>
        }
        .into_any()
    };
    view! { <li>{line}</li> }
}

/// Moves the focus from a control that is about to go to the popover, which would close without it.
fn stay(event: &Event) {
    let button = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let popover = button.and_then(|it| it.closest(".pop").ok().flatten());
    if let Some(popover) = popover.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        popover.focus().ok();
    }
}

/// A field for a name and the button that saves it.
#[component]
fn NameForm(
    /// The name to start from.
    name: String,
    label: &'static str,
    on_save: impl Fn(String) + 'static,
) -> impl IntoView {
    let lang = use_lang();
    let input = NodeRef::<html::Input>::new();
    if !name.is_empty() {
        // The button that opened the form is gone, so the focus goes into the form.
        input.on_load(|it| {
            it.focus().ok();
            it.select();
        });
    }
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        stay(&event);
        let typed = input.get_untracked().map(|it| it.value()).unwrap_or_default();
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() {
            on_save(name);
        }
    };
    view! {
        <form class="pop-row" on:submit=submit>
            <input node_ref=input class="pop-search" maxlength="40" value=name placeholder=label aria-label=label />
            <button type="submit" class="control">{t(lang, "保存", "Save")}</button>
        </form>
    }
}
