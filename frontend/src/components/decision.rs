//! One action of an operator: says what will happen, takes a reason where one is needed, sends the POST, and reports
//! the result. The page then reloads its lists.

use std::sync::Arc;

use gloo_net::http::Method;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use nengce_shared::json::Json;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::data::api_client::{ApiError, send};
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};

/// Whether the deed is given a reason.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    None,
    Offered,
    Required,
}

/// What can be done: its name on the button, what follows from it, and where it is sent.
#[derive(Clone, PartialEq)]
pub struct Decision {
    /// The word by which tests and the state of the sheet know it.
    pub id: &'static str,
    pub button: &'static str,
    /// The heading of the question: 「批准终端 …4f2a」.
    pub title: String,
    /// What changes, for whom, from when, how it is undone: a sentence each.
    pub follows: Vec<String>,
    pub reason: Reason,
    pub primary: bool,
    pub path: String,
    /// The body that is sent; where a reason is asked, it is `{"reason": …}` instead.
    pub body: Option<String>,
    /// Said once it is done.
    pub done_message: String,
}

/// What became of the last deed of a page.
#[derive(Clone, PartialEq)]
pub enum Outcome {
    Done(String),
    Failed(ApiError),
}

/// The buttons of what can be done, the question of the one that was pressed, and how it went.
#[component]
pub fn DecisionButtons(
    #[prop(into)] decisions: Signal<Vec<Decision>>,
    /// Hears the answer of what was done: the deed's word and the body.
    on_done: Callback<(&'static str, Json)>,
) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let asked = RwSignal::new(None::<&'static str>);
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Outcome>);
    let root = NodeRef::<html::Div>::new();
    // The button that was pressed has the focus again; where it is gone, what became of it has.
    let give_back = move || {
        let pressed = asked.get_untracked().unwrap_or_default();
        asked.set(None);
        request_animation_frame(move || {
            // What was made may have taken the focus already.
            let lost = document().active_element().is_none_or(|it| it.tag_name() == "BODY");
            let Some(Some(root)) = root.try_get_untracked().filter(|_| lost) else {
                return;
            };
            let button = root.query_selector(&format!("[data-decision={pressed}]"));
            match button.ok().flatten().and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                Some(button) => focus(&button),
                None => focus(&root),
            }
        });
    };
    let run = move |decision: Decision, reason: String| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        outcome.set(None);
        let body = match decision.reason {
            Reason::None => decision.body,
            Reason::Offered | Reason::Required => Some(with_reason(&reason)),
        };
        leptos::task::spawn_local(async move {
            let answer =
                send(Method::POST, &decision.path, body.as_deref().map(JsValue::from_str), lang)
                    .await;
            busy.try_set(false);
            match answer {
                Ok(json) => {
                    outcome.try_set(Some(Outcome::Done(decision.done_message)));
                    on_done.run((decision.id, json));
                    give_back();
                }
                Err(error) => {
                    session.refused(error.status);
                    outcome.try_set(Some(Outcome::Failed(error)));
                }
            }
        });
    };
    let run = Callback::new(move |(decision, reason)| run(decision, reason));
    // A memo: a list that is asked for again must not take away what was typed.
    let pressed = Memo::new(move |_| {
        let id = asked.get()?;
        decisions.with(|all| all.iter().find(|it| it.id == id).cloned())
    });
    let question = move || {
        let decision = pressed.get()?;
        Some(
            view! { <Question decision=Arc::new(decision) busy run on_cancel=Callback::new(move |()| give_back()) /> },
        )
    };
    view! {
        <div class="decisions" tabindex="-1" node_ref=root>
            <div class="actions" hidden=move || pressed.with(Option::is_some)>
                <For each=move || decisions.get() key=|it| (it.id, it.path.clone()) children=move |decision| {
                    let id = decision.id;
                    view! {
                        <button
                            type="button"
                            class=if decision.primary { "control primary" } else { "control" }
                            data-decision=id
                            on:click=move |_| { outcome.set(None); asked.set(Some(id)); }
                        >
                            {decision.button}"…"
                        </button>
                    }
                } />
            </div>
            {question}
            <div role="status" class="done-message" data-testid="done-message">
                {move || match outcome.get() {
                    Some(Outcome::Done(words)) => Some(view! { <p>{crate::style::icons::Icon::Check.view()}<span>{words}</span></p> }),
                    _ => None,
                }}
            </div>
            <div role="alert" class="done-message" data-testid="failed">
                {move || match outcome.get() {
                    Some(Outcome::Failed(error)) => Some(view! {
                        <p class="lv1-text"><b>{t(lang, "没有办成：", "Not done: ")}{error.title}</b>" "{error.detail}" "<span class="note">{error.code}</span></p>
                    }),
                    _ => None,
                }}
            </div>
        </div>
    }
}

/// What will happen, the reason, and the two ways on.
#[component]
fn Question(
    decision: Arc<Decision>,
    busy: RwSignal<bool>,
    run: Callback<(Decision, String)>,
    on_cancel: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let form = NodeRef::<html::Form>::new();
    let input = NodeRef::<html::Textarea>::new();
    let missing = RwSignal::new(false);
    Effect::new(move |_| {
        let to = input.get().map(|it| focus(&it));
        if let (None, Some(form)) = (to, form.get()) {
            focus(&form);
        }
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            on_cancel.run(());
        }
    };
    let own = decision.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = input.get_untracked().map(|it| it.value()).unwrap_or_default();
        // One line: a reason is kept without control characters.
        let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        missing.set(own.reason == Reason::Required && typed.is_empty());
        if !missing.get_untracked() {
            run.run(((*own).clone(), typed));
        }
    };
    let asks_reason = decision.reason != Reason::None;
    let label = if decision.reason == Reason::Required {
        t(lang, "理由（必填）", "Reason (required)")
    } else {
        t(lang, "理由（选填）", "Reason (optional)")
    };
    let follows = decision.follows.iter().map(|it| view! { <li>{it.clone()}</li> }).collect_view();
    view! {
        <form class="question" node_ref=form tabindex="-1" aria-labelledby="question-title" on:submit=submit on:keydown=escape data-testid="question">
            <h3 id="question-title">{decision.title.clone()}</h3>
            <ul>{follows}</ul>
            {asks_reason.then(|| view! {
                <label class="reason-field">
                    <span>{label}</span>
                    <textarea
                        node_ref=input
                        class="control"
                        rows="2"
                        maxlength="200"
                        aria-invalid=move || missing.get().to_string()
                        aria-describedby="reason-missing"
                        data-testid="reason"
                    ></textarea>
                    <span id="reason-missing" class="lv1-text">
                        {move || missing.get().then(|| t(lang, "写明理由：它会记入历史。", "Say why: it is kept in the history."))}
                    </span>
                </label>
            })}
            <div class="actions">
                <button type="submit" class="control primary" disabled=busy data-testid="do-it">{decision.button}</button>
                <button type="button" class="control" disabled=busy on:click=move |_| on_cancel.run(())>{t(lang, "先不办", "Not now")}</button>
                <span class="note" aria-live="polite">{move || busy.get().then(|| t(lang, "正在办…", "Working…"))}</span>
            </div>
        </form>
    }
}

fn with_reason(reason: &str) -> String {
    let reason = (!reason.is_empty()).then_some(reason);
    serde_json::to_string(&nengce_shared::api::unit_change::UnitChangeDecision {
        reason: reason.map(str::to_owned),
    })
    .unwrap_or_default()
}

pub fn focus(element: &HtmlElement) {
    if element.is_connected() && element.focus().is_err() {
        leptos::logging::warn!("the focus could not be moved");
    }
}
