//! A choice among a few words that stands in the address under one key.

use leptos::prelude::*;

use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn Segments<const N: usize>(
    key: &'static str,
    /// The word of the address, and how it is called.
    values: [(&'static str, &'static str, &'static str); N],
    /// The word that stands for no key.
    default: &'static str,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let side = move |(word, zh, en): (&'static str, &'static str, &'static str)| {
        let pressed = Memo::new(move |_| match url.get(key) {
            Some(it) => it == word,
            None => word == default,
        });
        view! {
            <button
                type="button"
                data-value=word
                aria-pressed=move || pressed.get().to_string()
                on:click=move |_| url.set(&[(key, (word != default).then(|| word.to_owned()))])
            >
                {t(lang, zh, en)}
            </button>
        }
    };
    view! { <div class="segment" role="group">{values.map(side).into_iter().collect_view()}</div> }
}
