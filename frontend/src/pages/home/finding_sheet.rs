//! The finding that the address names, docked beside the first page without dimming it: its evidence, the answer, the
//! thread. Escape and the cross close it, and the focus goes back to where it was opened.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::i18n::{t, use_lang};
use crate::pages::quality::evidence::EvidencePanel;
use crate::url_state::use_url_state;

#[component]
pub fn FindingSheet(
    /// Asks for the page's figures again, after an answer.
    changed: Callback<()>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let close_button = NodeRef::<html::Button>::new();
    let opener = StoredValue::new_local(None::<web_sys::HtmlElement>);
    let is_open = Memo::new(move |_| url.get("finding").is_some());
    Effect::new(move |was_open: Option<bool>| {
        let open = is_open.get();
        if open && was_open != Some(true) {
            let active = document().active_element().and_then(|it| it.dyn_into().ok());
            opener.set_value(active);
            request_animation_frame(move || {
                if let Some(button) = close_button.get_untracked() {
                    button.focus().ok();
                }
            });
        }
        open
    });
    let close = move || {
        let finding = untrack(|| url.get("finding")).unwrap_or_default();
        url.set(&[("finding", None)]);
        // The list may have been made again meanwhile: then the row of the same finding takes the focus.
        let kept = opener.get_value().filter(|it| it.is_connected());
        let selector = format!(".home-parts a[href*='finding={finding}']");
        let again = || document().query_selector(&selector).ok().flatten()?.dyn_into().ok();
        if let Some(it) = kept.or_else(again) {
            it.focus().ok();
        }
    };
    let escape = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            close();
        }
    });
    on_cleanup(move || escape.remove());
    view! {
        <Show when=move || is_open.get()>
            <aside class="docked-sheet" aria-label=t(lang, "质量问题与答复", "Finding and answer") data-testid="finding-sheet">
                <button
                    type="button"
                    class="control close"
                    node_ref=close_button
                    aria-label=t(lang, "关闭", "Close")
                    on:click=move |_| close()
                >
                    "✕"
                </button>
                <EvidencePanel changed />
            </aside>
        </Show>
    }
}
