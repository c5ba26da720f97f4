//! The other way in under the form of a sign-in: the provider of an organisation, and the way back from there.

use gloo_net::http::Method;
use leptos::prelude::*;
use nengce_shared::api::account::{ProviderAnswerBody, ProviderLabel, ProviderStart, SessionView};
use nengce_shared::json::FromJson;
use wasm_bindgen::JsValue;

use super::{change, words};
use crate::data::api_client::{ApiError, unreadable};
use crate::data::session::{keep_next_page, next_page};
use crate::i18n::{t, use_lang};

const PATH: &str = "/api/v1/session/provider";

/// What the provider wrote into the address of this page, once: it is taken off the address and its history.
fn take_answer() -> Option<String> {
    let query = location().search().ok()?;
    query.trim_start_matches('?').split('&').find(|it| it.starts_with("state="))?;
    let history = window().history().ok()?;
    history.replace_state_with_url(&JsValue::NULL, "", Some("/sign-in")).ok()?;
    Some(query)
}

#[component]
pub fn ProviderSignIn(label: ProviderLabel, on_done: Callback<SessionView>) -> impl IntoView {
    let lang = use_lang();
    let (failed, busy) = (RwSignal::new(None::<ApiError>), RwSignal::new(false));
    let fail = move |error: ApiError| {
        busy.try_set(false);
        failed.try_set(Some(error));
    };
    if let Some(query) = take_answer() {
        busy.set(true);
        let body = serde_json::to_string(&ProviderAnswerBody { query }).ok();
        leptos::task::spawn_local(async move {
            let answer = change(Method::POST, &format!("{PATH}/answer"), body, lang).await;
            let view = answer
                .and_then(|it| SessionView::from_json(it).map_err(|it| unreadable(&it, lang)));
            match view {
                Ok(view) => on_done.run(view),
                Err(error) => fail(error),
            }
        });
    }
    let start = move |_| {
        busy.set(true);
        keep_next_page(next_page());
        leptos::task::spawn_local(async move {
            let answer = change(Method::POST, PATH, None, lang).await;
            let start = answer
                .and_then(|it| ProviderStart::from_json(it).map_err(|it| unreadable(&it, lang)));
            match start {
                Ok(it) => drop(location().set_href(&it.address)),
                Err(error) => fail(error),
            }
        });
    };
    view! {
        <div class="other-ways">
            <p class="note">{t(lang, "其他方式", "Other ways")}</p>
            <button type="button" class="control" disabled=busy on:click=start data-testid="provider">{lang.pick(&label.zh, &label.en).to_owned()}</button>
            <p class="lv1-text" role="alert" data-testid="provider-error">{move || failed.get().map(|it| words(&it, lang))}</p>
        </div>
    }
}
