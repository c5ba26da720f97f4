//! The details of a selected row, beside the list, or in its place on a narrow screen. Escape and the cross close it
//! through the address, and the focus returns to where it was.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::components::decision::focus;
use crate::i18n::{t, use_lang};

#[component]
pub fn Details(
    id: &'static str,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] subtitle: Signal<String>,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let lang = use_lang();
    let root = NodeRef::<html::Section>::new();
    let before = document()
        .active_element()
        .and_then(|it| it.dyn_into::<HtmlElement>().ok())
        // Nothing had the focus: the page was opened with the sheet in its address.
        .filter(|it| it.tag_name() != "BODY");
    let by_hand = before.is_some();
    let before = StoredValue::new_local(before);
    Effect::new(move |_| {
        if let Some(root) = root.get().filter(|_| by_hand) {
            focus(&root);
        }
    });
    on_cleanup(move || {
        let lost = document().active_element().is_none_or(|it| {
            it.tag_name() == "BODY"
                || root.try_get_untracked().flatten().is_some_and(|own| own.contains(Some(&it)))
        });
        if let Some(Some(it)) = before.try_update_value(Option::take).filter(|_| lost) {
            focus(&it);
        }
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            on_close.run(());
        }
    };
    view! {
        <section class="panel details" id=id aria-label=title tabindex="-1" node_ref=root on:keydown=escape>
            <div class="panel-head">
                <h2>{title}</h2>
                <p class="subtitle">{subtitle}</p>
                <button type="button" class="control details-back" on:click=move |_| on_close.run(())>
                    {t(lang, "返回清单", "Back to the list")}
                </button>
                <button
                    type="button"
                    class="tool details-close"
                    aria-label=t(lang, "关闭", "Close")
                    title=t(lang, "关闭（Esc）", "Close (Esc)")
                    on:click=move |_| on_close.run(())
                >
                    {crate::style::icons::Icon::Close.view()}
                </button>
            </div>
            <div class="panel-body">{children()}</div>
        </section>
    }
}

/// Names and values under each other.
pub fn facts(rows: Vec<(&'static str, AnyView)>) -> AnyView {
    let rows =
        rows.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! { <dl class="facts">{rows.collect_view()}</dl> }.into_any()
}
