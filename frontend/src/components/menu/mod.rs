//! A button with a popover under it. Closes on Escape, on choosing, and when the focus leaves.
//! The caller provides its content.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Lets the content of a popover close it.
#[derive(Clone, Copy)]
pub struct MenuOpen(pub RwSignal<bool>);

#[component]
pub fn Menu(
    /// What the button shows.
    #[prop(into)]
    button: ViewFn,
    /// The button's accessible name, when what it shows is not one.
    #[prop(optional)]
    label: &'static str,
    #[prop(default = "control")] class: &'static str,
    /// Pops up with its right edge at the button's.
    #[prop(optional)]
    right: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    provide_context(MenuOpen(open));
    let root = NodeRef::<html::Div>::new();
    let trigger = NodeRef::<html::Button>::new();
    let left = move |event: FocusEvent| {
        let inside = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok())
            .zip(root.get_untracked())
            .is_some_and(|(to, root)| root.contains(Some(&to)));
        if !inside {
            open.set(false);
        }
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
            focus(trigger);
        }
    };
    view! {
        <div class="menu" node_ref=root on:focusout=left on:keydown=escape>
            <button
                type="button"
                class=class
                node_ref=trigger
                aria-haspopup="true"
                aria-expanded=move || open.get().to_string()
                aria-label=(!label.is_empty()).then_some(label)
                title=(!label.is_empty()).then_some(label)
                on:click=move |_| {
                    open.update(|it| *it = !*it);
                    focus(trigger);
                }
            >
                {button.run()}
            </button>
            <Show when=move || open.get()>
                <div class="pop" class:pop-right=right tabindex="-1">
                    {children()}
                </div>
            </Show>
        </div>
    }
}

/// One choice of a popover.
#[component]
pub fn MenuItem(
    #[prop(into)] text: String,
    #[prop(optional, into)] note: String,
    #[prop(optional, into)] selected: Signal<bool>,
    on_select: impl Fn() + 'static,
) -> impl IntoView {
    let open = use_context::<MenuOpen>();
    view! {
        <button
            type="button"
            class="pop-item"
            aria-pressed=move || selected.get().to_string()
            on:click=move |_| {
                on_select();
                if let Some(MenuOpen(open)) = open {
                    open.set(false);
                }
            }
        >
            <span class="pop-check" aria-hidden="true">{move || selected.get().then_some("✓")}</span>
            <span>{text}</span>
            <span class="note">{note}</span>
        </button>
    }
}

// Not every engine focuses a button that is clicked.
fn focus(trigger: NodeRef<html::Button>) {
    if let Some(button) = trigger.get_untracked()
        && button.focus().is_err()
    {
        leptos::logging::warn!("a menu button cannot take the focus");
    }
}
