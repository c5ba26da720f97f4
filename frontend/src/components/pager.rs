//! The buttons below a list that comes page by page; the place of the page stands in the address.

use leptos::prelude::*;

use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

/// First and next page.
#[component]
pub fn Pager(#[prop(into)] next: Signal<Option<String>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    view! {
        <p class="pager">
            {move || url.get("cursor").map(|_| view! {
                <button type="button" class="control" on:click=move |_| url.set(&[("cursor", None)])>{t(lang, "回首页", "First page")}</button>
            })}
            {move || next.get().map(|cursor| view! {
                <button type="button" class="control" on:click=move |_| url.set(&[("cursor", Some(cursor.clone()))])>{t(lang, "下一页", "Next page")}</button>
            })}
        </p>
    }
}
