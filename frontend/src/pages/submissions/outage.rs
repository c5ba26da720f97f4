//! The report of an outage of the unit's terminal.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::api::submission::OutageRequest;

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::i18n::{t, use_lang};

#[component]
pub fn OutagePanel(code: String, done: Callback<Option<u64>>) -> impl IntoView {
    let lang = use_lang();
    let sending = Sending::new(done);
    let [from, to, reason] = [(); 3].map(|()| RwSignal::new(String::new()));
    let missing = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = OutageRequest {
            from: from.get_untracked(),
            to: to.get_untracked(),
            reason: reason.get_untracked().trim().to_owned(),
        };
        missing.set(body.from.is_empty() || body.to.is_empty() || body.reason.is_empty());
        if !missing.get_untracked() {
            let path = format!("/api/v1/units/{code}/outages");
            sending.post(path, serde_json::to_string(&body), lang);
        }
    };
    let day = move |of: RwSignal<String>, label: &'static str, id: &'static str| {
        view! {
            <label><span>{label}</span><input class="control" type="date" prop:value=of on:input=move |event| of.set(event_target_value(&event)) data-testid=id /></label>
        }
    };
    view! {
        <Panel id="outage" title=t(lang, "报告故障", "Report an outage") subtitle=t(lang, "这几天的缺报自起日起宽限 3 个工作日", "missing uploads of these days are excused for 3 working days from the first one")>
            <form on:submit=submit data-testid="outage-form">
                <div class="form-line">
                    {day(from, t(lang, "起", "From"), "outage-from")}
                    {day(to, t(lang, "止", "To"), "outage-to")}
                </div>
                <label class="reason-field">
                    <span>{t(lang, "原因（必填）", "Reason (required)")}</span>
                    <textarea class="control" rows="2" maxlength="1000" prop:value=reason on:input=move |event| reason.set(event_target_value(&event)) data-testid="outage-reason"></textarea>
                </label>
                <p class="lv1-text" role="alert">{move || missing.get().then(|| t(lang, "填写起止日和原因。", "Fill in both days and the reason."))}</p>
                {sending.problem()}
                <div class="actions"><button type="submit" class="control" disabled=sending.busy data-testid="send-outage">{t(lang, "提交", "Submit")}</button></div>
            </form>
        </Panel>
    }
}
