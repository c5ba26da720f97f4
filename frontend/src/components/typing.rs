//! Tells keys of the portal from letters that somebody types.

use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;

/// Whether a key goes to a field or a dialog, which then has the key for itself.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|it| {
        it.closest("input,textarea,select,dialog,[contenteditable]").is_ok_and(|it| it.is_some())
    })
}
