//! The form in which a unit withdraws what it submitted, as long as nobody has decided about it; under a receipt and in the
//! thread of a finding.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::submission::SubmissionWithdrawal;

use crate::components::sending::Sending;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};

#[component]
pub fn Withdrawal(
    /// The number of the receipt, while it can be withdrawn.
    #[prop(into)]
    receipt: Signal<Option<u64>>,
    done: Callback<Option<u64>>,
) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let reason = RwSignal::new(String::new());
    let sending = Sending::new(Callback::new(move |receipt| {
        reason.set(String::new());
        done.run(receipt);
    }));
    let may = move || receipt.get().is_some() && session.may(Permission::Submit);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(id) = receipt.get_untracked() {
            let body = SubmissionWithdrawal { reason: reason.get_untracked() };
            let path = format!("/api/v1/submissions/{id}/withdraw");
            sending.post(path, serde_json::to_string(&body), lang);
        }
    };
    view! {
        <Show when=may>
            <form class="answer-form" on:submit=send data-testid="withdrawal">
                <label class="reason-field">
                    <span>{t(lang, "撤回的理由（必填；处理之前可撤回，记录保留）", "Why it is withdrawn (required; possible until somebody decides, and kept on record)")}</span>
                    <textarea class="control" rows="2" maxlength="1000" required prop:value=reason on:input=move |event| reason.set(event_target_value(&event)) data-testid="withdrawal-reason"></textarea>
                </label>
                {sending.problem()}
                <div class="actions">
                    <button type="submit" class="control" disabled=sending.busy data-testid="withdraw">{t(lang, "撤回", "Withdraw")}</button>
                </div>
            </form>
        </Show>
    }
}
