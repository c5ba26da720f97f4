//! What the manager of the unit and the authority do about an answer: confirm or accept it, send it back, write a message.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::quality::FindingDetail;
use nengce_shared::api::submission::{AnswerDecision, FindingThread, ThreadMessage};
use nengce_shared::submission::AnswerState;

use crate::components::sending::{DecisionText, Sending};
use crate::i18n::{t, use_lang};

/// The manager of the unit confirms what a clerk answered.
#[component]
pub(super) fn Confirm(
    thread: Signal<Arc<FindingThread>>,
    done: Callback<Option<u64>>,
) -> impl IntoView {
    let lang = use_lang();
    let text = RwSignal::new(String::new());
    let sending = Sending::new(cleared(text, done));
    let send = move |accept: bool| {
        let id = thread.with_untracked(|it| it.submission.as_ref().map(|it| it.submission_id));
        if let Some(id) = id {
            let body = AnswerDecision { accept, text: text.get_untracked() };
            sending.post(
                format!("/api/v1/submissions/{id}/confirm"),
                serde_json::to_string(&body),
                lang,
            );
        }
    };
    view! {
        <div class="answer-form">
            <DecisionText text />
            {sending.problem()}
            <div class="actions">
                <button type="button" class="control primary" disabled=sending.busy on:click=move |_| send(true) data-testid="confirm-answer">{t(lang, "确认并提交", "Confirm and submit")}</button>
                <button type="button" class="control" disabled=sending.busy on:click=move |_| send(false)>{t(lang, "退回填报人", "Send back to the clerk")}</button>
            </div>
        </div>
    }
}

/// The authority decides about the answer that waits, or writes a message.
#[component]
pub(super) fn Decide(
    data: Signal<Arc<FindingDetail>>,
    done: Callback<Option<u64>>,
) -> impl IntoView {
    let lang = use_lang();
    let text = RwSignal::new(String::new());
    let sending = Sending::new(cleared(text, done));
    let path = move |rest: &str| {
        data.with_untracked(|it| {
            format!("/api/v1/quality/findings/{}/{rest}", it.finding.finding_id)
        })
    };
    let decide = move |accept: bool| {
        let body = AnswerDecision { accept, text: text.get_untracked() };
        sending.post(path("decide"), serde_json::to_string(&body), lang);
    };
    let message = move |_| {
        let body = ThreadMessage { text: text.get_untracked() };
        sending.post(path("message"), serde_json::to_string(&body), lang);
    };
    let waits = move || data.with(|it| it.finding.answer.state == AnswerState::Submitted);
    view! {
        <div class="answer-form">
            <DecisionText text />
            {sending.problem()}
            <div class="actions">
                <Show when=waits>
                    <button type="button" class="control primary" disabled=sending.busy on:click=move |_| decide(true) data-testid="accept-answer">{t(lang, "认可", "Accept")}</button>
                    <button type="button" class="control" disabled=sending.busy on:click=move |_| decide(false) data-testid="send-back">{t(lang, "退回", "Send back")}</button>
                </Show>
                <button type="button" class="control" disabled=sending.busy on:click=message data-testid="send-message">{t(lang, "只留言", "Message only")}</button>
            </div>
        </div>
    }
}

/// After a step the text is that of no other one.
fn cleared(text: RwSignal<String>, done: Callback<Option<u64>>) -> Callback<Option<u64>> {
    Callback::new(move |receipt| {
        text.set(String::new());
        done.run(receipt);
    })
}
