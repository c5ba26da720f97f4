//! A one-time code that was just made.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use nengce_shared::api::claim::RegistrationCode;
use nengce_shared::lang::Lang;

use crate::components::decision::focus;
use crate::i18n::{t, use_lang};
use crate::pages::terminals::words::minute;

/// A code that was just made, large, to be read out or copied; it is nowhere else.
#[component]
pub fn Code(code: RegistrationCode, on_close: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let copied = RwSignal::new(false);
    let text = code.code.clone();
    let copy = move |_| {
        let promise = window().navigator().clipboard().write_text(&text);
        leptos::task::spawn_local(async move {
            copied.try_set(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
            TimeoutFuture::new(2_000).await;
            copied.try_set(false);
        });
    };
    let until = minute(&code.expires_at).to_owned();
    let words = match lang {
        Lang::Zh => format!("有效到 {until}，只能用一次。关掉后无法再看；丢了就再发一个。"),
        Lang::En => format!(
            "Good until {until} and for one registration. Once closed it cannot be seen again; if it is lost, give another."
        ),
    };
    let card = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(card) = card.get() {
            focus(&card);
        }
    });
    view! {
        <div class="code-card" tabindex="-1" node_ref=card role="group" aria-label=t(lang, "一次性注册码", "One-time code")>
            <p class="kpi-label">{t(lang, "一次性注册码", "One-time code")}</p>
            <output class="code" data-testid="code">{code.code}</output>
            <p>{words}</p>
            <div class="actions">
                <button type="button" class="control primary" on:click=copy>
                    <span aria-live="polite">{move || if copied.get() { t(lang, "已复制", "Copied") } else { t(lang, "复制", "Copy") }}</span>
                </button>
                <button type="button" class="control" on:click=move |_| on_close.run(())>{t(lang, "已交出，关掉", "Handed over, close")}</button>
            </div>
        </div>
    }
}
