//! What a person can do with a project: sign it, redo it, withdraw it.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::savings::{SavingsDecision, SavingsProject};

use crate::components::sending::Sending;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn Steps(data: Signal<Arc<SavingsProject>>, done: Callback<()>) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let text = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let sending = Sending::new(Callback::new(move |_| {
        text.set(String::new());
        done.run(());
    }));
    let send = move |step: &'static str| {
        let body = SavingsDecision {
            input_hash: (step == "sign")
                .then(|| data.with_untracked(|it| it.project.input_hash.clone())),
            text: text.get_untracked().trim().to_owned(),
        };
        missing.set(step == "withdraw" && body.text.is_empty());
        if !missing.get_untracked() {
            let path = data.with_untracked(|it| {
                let (code, id) = (&it.result.enterprise_code, it.project.project_id);
                format!("/api/v1/units/{code}/savings-projects/{id}/{step}")
            });
            sending.post(path, serde_json::to_string(&body), lang);
        }
    };
    let state = Memo::new(move |_| data.with(|it| it.project.state.clone()));
    let is_signer = Memo::new(move |_| {
        let name = session.account().map(|it| it.name.clone());
        name.is_some() && data.with(|it| it.project.signed_by == name)
    });
    let can = move |step: &str| match step {
        "sign" => state.get() == "computed" && session.may(Permission::Submit),
        "redo" => state.get() == "signed" && !is_signer.get() && data.with(|it| it.steps_left > 0),
        _ => state.get() != "withdrawn" && session.may(Permission::Submit),
    };
    let button = move |step: &'static str, words: &'static str| {
        view! {
            <Show when=move || can(step)>
                <button type="button" class="control" disabled=sending.busy on:click=move |_| send(step) data-step=step>{words}</button>
            </Show>
        }
    };
    view! {
        <Show when=move || ["sign", "redo", "withdraw"].iter().any(|it| can(it))>
            <label class="reason-field">
                <span>{t(lang, "说明（撤回时必填）", "Text (required to withdraw)")}</span>
                <textarea class="control" rows="2" maxlength="1000" prop:value=text on:input=move |event| text.set(event_target_value(&event)) data-testid="step-text"></textarea>
            </label>
        </Show>
        <p class="lv1-text" role="alert">{move || missing.get().then(|| t(lang, "写明撤回的理由。", "Say why it is withdrawn."))}</p>
        {sending.problem()}
        <p class="actions">
            {button("sign", t(lang, "签署此结果", "Sign this result"))}
            {button("redo", t(lang, "由我复算", "Redo it"))}
            {button("withdraw", t(lang, "撤回", "Withdraw"))}
        </p>
        <Show when=move || state.get() == "signed" && is_signer.get()>
            <p class="note">{t(lang, "您已签署，须由另一人复算。", "You signed it: a second person has to redo it.")}</p>
        </Show>
    }
}
