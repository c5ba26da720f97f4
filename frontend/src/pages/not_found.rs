//! An address that is no page: says so and leads to the first one.

use leptos::prelude::*;

use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn NotFound() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    view! {
        <div class="state">
            <h1>{t(lang, "没有这个页面", "No such page")}</h1>
            <p><a class="control" href=move || url.href("/dual-control")>{t(lang, "去双控形势", "Go to dual control")}</a></p>
        </div>
    }
}
