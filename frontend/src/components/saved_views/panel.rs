//! Views that a reader saved under a name: the page with all of its selections. They are kept in this browser until there
//! are accounts. A view's link carries its name, and opens it for others too.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use crate::components::menu::{Menu, MenuOpen};
use crate::i18n::{store, stored, t, use_lang};
use crate::style::icons::Icon;

use crate::url_state::{SAVED_VIEW, use_url_state};

/// The key of the browser's store.
const KEY: &str = "nengce.views";

/// Views that are kept; the oldest goes.
const MOST: usize = 50;

#[derive(Debug, Clone, PartialEq)]
struct SavedView {
    name: String,
    /// Path and query.
    address: String,
}

/// Names are encoded, so that a line ends where a view ends.
fn read(text: &str) -> Vec<SavedView> {
    let line = |line: &str| {
        let (name, address) = line.split_once(' ')?;
        let name = js_sys::decode_uri_component(name).ok()?.as_string()?;
        // Only addresses of this portal.
        let inside = address.starts_with('/') && !address.starts_with("//");
        inside.then(|| SavedView { name, address: address.to_owned() })
    };
    text.lines().filter_map(line).collect()
}

fn write(views: &[SavedView]) -> String {
    let line = |it: &SavedView| {
        let name = js_sys::encode_uri_component(&it.name);
        format!("{} {}", String::from(name), it.address)
    };
    views.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn here() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

#[component]
pub fn SavedViews() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let views = RwSignal::new(read(&stored(KEY).unwrap_or_default()));
    let change = move |act: &dyn Fn(&mut Vec<SavedView>)| {
        // Another tab may have saved meanwhile.
        let mut now = read(&stored(KEY).unwrap_or_default());
        act(&mut now);
        store(KEY, Some(&write(&now)));
        views.set(now);
    };
    let name = move || url.get(SAVED_VIEW);
    let button = move || {
        view! {
            {Icon::Menu.view()}
            <span data-testid="view-name">{move || name().unwrap_or_else(|| t(lang, "视图", "Views").to_owned())}</span>
        }
    };
    view! {
        <Menu button=button class="control" right=true>
            <List views on_remove=move |gone: String| change(&|it| it.retain(|it| it.name != gone)) />
            <SaveForm on_save=move |name: String| {
                url.replace(&[(SAVED_VIEW, Some(name.clone()))]);
                // The address changes with the next turn of the router.
                request_animation_frame(move || change(&|it| {
                    it.retain(|it| it.name != name);
                    it.push(SavedView { name: name.clone(), address: here() });
                    let over = it.len().saturating_sub(MOST);
                    it.drain(..over);
                }));
            } />
            <p class="pop-note">{t(lang, "保存在本浏览器；链接含全部筛选，可发给别人。", "Kept in this browser. A link holds every filter and opens for others.")}</p>
        </Menu>
    }
}

#[component]
fn List(
    views: RwSignal<Vec<SavedView>>,
    on_remove: impl Fn(String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let lang = use_lang();
    let open = use_context::<MenuOpen>();
    let close = move |_| open.iter().for_each(|it| it.0.set(false));
    let row = move |it: SavedView| {
        let (gone, label) = (it.name.clone(), format!("{} {}", t(lang, "删除", "Remove"), it.name));
        view! {
            <li class="pop-row">
                <a class="pop-item" href=it.address on:click=close>{it.name}</a>
                <button type="button" class="chip-clear" aria-label=label on:click=move |_| on_remove(gone.clone())>
                    {Icon::Close.view()}
                </button>
            </li>
        }
    };
    view! {
        <Show
            when=move || views.with(|it| !it.is_empty())
            fallback=move || view! { <p class="pop-note">{t(lang, "还没有保存的视图。", "No view is saved yet.")}</p> }
        >
            <ul class="pop-list" data-testid="views">
                {move || views.get().into_iter().rev().map(row).collect_view()}
            </ul>
        </Show>
    }
}

#[component]
fn SaveForm(on_save: impl Fn(String) + Copy + 'static) -> impl IntoView {
    let lang = use_lang();
    let open = use_context::<MenuOpen>();
    let input = NodeRef::<html::Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = input.get_untracked().map(|it| it.value()).unwrap_or_default();
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() {
            on_save(name);
            open.iter().for_each(|it| it.0.set(false));
        }
    };
    view! {
        <form class="pop-row" on:submit=submit>
            <input
                node_ref=input
                class="pop-search"
                maxlength="40"
                placeholder=t(lang, "给当前视图起名", "Name this view")
                aria-label=t(lang, "视图名称", "Name of the view")
                data-testid="view-to-save"
            />
            <button type="submit" class="control">{t(lang, "保存", "Save")}</button>
        </form>
    }
}
