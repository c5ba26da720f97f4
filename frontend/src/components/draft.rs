//! Keeps what is typed in a form as a draft on the server after each change, and brings it back where the form is opened
//! again. A submission or a press forgets it.

use std::collections::BTreeMap;
use std::time::Duration;

use gloo_net::http::Method;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use nengce_shared::api::submission::Draft;
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;
use wasm_bindgen::JsValue;

use crate::data::api_client::{get_json, send};
use crate::i18n::{t, use_lang};

/// Rest after the last key before a draft is sent.
const REST: Duration = Duration::from_millis(600);

/// Typed values by period, as a draft holds them.
pub type Typing = BTreeMap<String, String>;

/// The draft of one form.
#[derive(Clone, Copy)]
pub struct FormDraft {
    subject: Signal<String>,
    /// When the draft was kept; none without one.
    kept_at: RwSignal<Option<String>>,
    /// The last change could not be kept.
    failed: RwSignal<bool>,
    empty: Callback<()>,
}

impl FormDraft {
    /// `text` is what the form holds, empty for an empty form; `fill` puts a draft into it, an empty one included.
    pub fn new(subject: Signal<String>, text: Signal<String>, fill: Callback<String>) -> Self {
        let lang = use_lang();
        let (kept_at, failed) = (RwSignal::new(None), RwSignal::new(false));
        let known = StoredValue::new(None::<String>);
        let waiting = StoredValue::new_local(None::<TimeoutHandle>);
        let address = move || format!("/api/v1/drafts/{}", subject.get());
        Effect::new(move |_| {
            let address = address();
            known.set_value(None);
            leptos::task::spawn_local(async move {
                let found = get_json::<Draft>(&address, lang, None).await.ok();
                let Some(found) = found else { return };
                let body = found.body.unwrap_or_default();
                known.try_set_value(Some(body.clone()));
                kept_at.try_set(found.changed_at);
                // What was typed meanwhile is newer than the draft.
                if !body.is_empty() && text.try_get_untracked().is_some_and(|it| it.is_empty()) {
                    fill.run(body);
                }
            });
        });
        Effect::new(move |_| {
            let body = text.get();
            if known.get_value().is_none_or(|it| it == body) {
                return;
            }
            known.set_value(Some(body.clone()));
            if let Some(earlier) = waiting.get_value() {
                earlier.clear();
            }
            let address = untrack(address);
            let keep = move || {
                // What was submitted or discarded meanwhile is no draft any more.
                if known.try_get_value().flatten().as_ref() == Some(&body) {
                    keep(address.clone(), body.clone(), (kept_at, failed), lang);
                }
            };
            waiting.set_value(set_timeout_with_handle(keep, REST).ok());
        });
        let empty = Callback::new(move |()| {
            known.set_value(Some(String::new()));
            fill.run(String::new());
        });
        Self { subject, kept_at, failed, empty }
    }

    /// The form was submitted, or its person does not want what is in it.
    pub fn forget(self, lang: Lang) {
        self.empty.run(());
        self.kept_at.set(None);
        let address = format!("/api/v1/drafts/{}", self.subject.get_untracked());
        leptos::task::spawn_local(async move {
            // A draft that is still there is offered once more; nothing is lost by it.
            drop(send(Method::DELETE, &address, None, lang).await);
        });
    }

    /// 「已自动保存 10:33 · 丢弃」
    pub fn line(self, lang: Lang) -> impl IntoView {
        let words = move || match (self.failed.get(), self.kept_at.get()) {
            (true, _) => t(
                lang,
                "草稿未能保存，服务器没有应答",
                "The draft could not be kept: the server does not answer",
            )
            .to_owned(),
            (_, Some(at)) => {
                let time = at.get(11..16).unwrap_or(&at).to_owned();
                format!("{} {time}", t(lang, "草稿已保存", "Draft kept at"))
            }
            (_, None) => String::new(),
        };
        view! {
            <p class="note draft" role="status" data-testid="draft">
                {words}" "
                <Show when=move || self.kept_at.get().is_some()>
                    <button type="button" class="link" data-testid="discard-draft" on:click=move |_| self.forget(lang)>
                        {t(lang, "丢弃草稿", "Discard it")}
                    </button>
                </Show>
            </p>
        }
    }
}

/// Sends a draft; an empty one is forgotten.
fn keep(
    address: String,
    body: String,
    (kept_at, failed): (RwSignal<Option<String>>, RwSignal<bool>),
    lang: Lang,
) {
    leptos::task::spawn_local(async move {
        let answer = match body.is_empty() {
            true => send(Method::DELETE, &address, None, lang).await.map(|_| None),
            false => {
                let draft = Draft { body: Some(body), changed_at: None };
                let text = serde_json::to_string(&draft).unwrap_or_default();
                let sent = send(Method::PUT, &address, Some(JsValue::from_str(&text)), lang).await;
                sent.map(|it| Draft::from_json(it).ok().and_then(|it| it.changed_at))
            }
        };
        failed.try_set(answer.is_err());
        if let Ok(at) = answer {
            kept_at.try_set(at);
        }
    });
}
