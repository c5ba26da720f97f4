//! The button that chooses a file. The field is hidden behind its label, and is empty again at once, so that a mended file of
//! the same name can be chosen.

use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

#[component]
pub fn FileChoice(
    id: &'static str,
    /// The ends of names, `.csv,.xlsx`.
    accept: &'static str,
    /// The words on the button.
    label: &'static str,
    /// The element that says how far it is.
    described_by: String,
    chosen: Callback<File, ()>,
) -> impl IntoView {
    let choose = move |event: Event| {
        let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let file = input.files().and_then(|it| it.get(0));
        input.set_value("");
        if let Some(file) = file {
            chosen.run(file);
        }
    };
    view! {
        <input id=id type="file" class="sr" accept=accept aria-describedby=described_by data-testid=id on:change=choose />
        <label for=id class="control">{label}</label>
    }
}
