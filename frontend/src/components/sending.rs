//! What a form of the thread of a finding, of a submission or of a plan sends with: once at a time, and its refusal in words.

use gloo_net::http::Method;
use leptos::prelude::*;
use nengce_shared::json::{Fields, FromJson, Json};
use nengce_shared::lang::Lang;
use wasm_bindgen::JsValue;

use crate::data::api_client::{ApiError, send};
use crate::data::session::{Session, use_session};
use crate::i18n::{t, use_lang};

/// `done` hears the number of the receipt, where the answer is one.
#[derive(Clone, Copy)]
pub struct Sending {
    pub busy: RwSignal<bool>,
    failed: RwSignal<Option<ApiError>>,
    done: Callback<Option<u64>>,
    session: Session,
}

impl Sending {
    pub fn new(done: Callback<Option<u64>>) -> Self {
        let session = use_session();
        Self { busy: RwSignal::new(false), failed: RwSignal::new(None), done, session }
    }

    /// Sends a body once; a second press meanwhile does nothing.
    pub fn post(self, path: String, body: Result<String, serde_json::Error>, lang: Lang) {
        self.send(Method::POST, path, body, lang);
    }

    /// As `post`, for what has one place.
    pub fn put(self, path: String, body: Result<String, serde_json::Error>, lang: Lang) {
        self.send(Method::PUT, path, body, lang);
    }

    fn send(
        self,
        method: Method,
        path: String,
        body: Result<String, serde_json::Error>,
        lang: Lang,
    ) {
        let Ok(body) = body else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        leptos::task::spawn_local(async move {
            let answer = send(method, &path, Some(JsValue::from_str(&body)), lang).await;
            self.busy.try_set(false);
            match answer {
                Ok(json) => self.done.run(number(json)),
                Err(error) => {
                    self.session.refused(error.status);
                    self.failed.try_set(Some(error));
                }
            }
        });
    }

    /// Runs something else that asks the server, once at a time.
    pub fn run(self, work: impl Future<Output = Result<(), ApiError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        leptos::task::spawn_local(async move {
            let done = work.await;
            self.busy.try_set(false);
            if let Err(error) = done {
                self.session.refused(error.status);
                self.failed.try_set(Some(error));
            }
        });
    }

    pub fn problem(self) -> impl IntoView {
        move || {
            self.failed
                .get()
                .map(|it| view! { <p class="lv1-text" role="alert">{it.title}" "{it.detail}</p> })
        }
    }
}

/// The number of the receipt in an answer.
fn number(json: Json) -> Option<u64> {
    let found = Fields::of(json).ok()?.find("submission_id")?;
    u64::from_json(found).ok()
}

/// The text of a decision.
#[component]
pub fn DecisionText(text: RwSignal<String>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <label class="reason-field">
            <span>{t(lang, "说明（退回时必填）", "Text (required to send back)")}</span>
            <textarea class="control" rows="2" maxlength="1000" prop:value=text on:input=move |event| text.set(event_target_value(&event)) data-testid="decision-text"></textarea>
        </label>
    }
}
