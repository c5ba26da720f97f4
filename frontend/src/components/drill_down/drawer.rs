//! The drawer at the right of the page: the subject of the list, its units, and the readings of a selected unit. It is
//! a dialog of the browser, which holds the focus and gives it back.

use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::DrillDown;
use super::readings::Readings;
use super::units::Units;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn DrillDownDrawer() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let drill_down = Memo::new(move |_| url.drill_down().unwrap_or_default());
    let root = NodeRef::<html::Dialog>::new();
    let before = document().active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    Effect::new(move |_| {
        if let Some(root) = root.get().filter(|it| !it.open())
            && root.show_modal().is_err()
        {
            leptos::logging::warn!("the drawer does not open");
        }
    });
    let before = StoredValue::new_local(before);
    on_cleanup(move || {
        // Nothing outside takes the focus while the dialog is open.
        if let Some(root) = root.try_get_untracked().flatten() {
            root.close();
        }
        if let Some(Some(it)) = before.try_update_value(Option::take)
            && it.focus().is_err()
        {
            leptos::logging::warn!("the focus could not be given back");
        }
    });
    // The address closes it, so that it closes in one way.
    let cancelled = move |event: Event| {
        event.prevent_default();
        url.close_drill_down();
    };
    // A click on the dialog itself, and on nothing inside, is one beside it.
    let beside = move |event: MouseEvent| {
        let own = root.get_untracked();
        let hit = event.target().and_then(|it| it.dyn_into::<HtmlDialogElement>().ok());
        if hit.is_some() && hit.as_ref() == own.as_ref() {
            url.close_drill_down();
        }
    };
    // The page below does not hear what is typed here.
    let typed = move |event: KeyboardEvent| event.stop_propagation();
    let unit = Memo::new(move |_| drill_down.with(DrillDown::unit));
    view! {
        <dialog
            class="drawer"
            id="drill-down"
            aria-label=t(lang, "图后清单", "The list behind")
            node_ref=root
            on:cancel=cancelled
            on:click=beside
            on:keydown=typed
        >
            <div class="drawer-inside">
            <button
                type="button"
                class="control drawer-close"
                aria-label=t(lang, "关闭清单", "Close the list")
                title=t(lang, "关闭（Esc）", "Close (Esc)")
                on:click=move |_| url.close_drill_down()
            >"×"</button>
            {move || match unit.get() {
                Some(code) => view! { <Readings drill_down code /> }.into_any(),
                None => view! { <Units drill_down /> }.into_any(),
            }}
            </div>
        </dialog>
    }
}
