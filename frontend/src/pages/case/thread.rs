//! What the unit and the authority say to each other, newest last, with files and the steps between; and the form that adds
//! to it.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::case::{CaseDetail, CaseStepDetails, CaseStepRequest, CaseStepRow};
use nengce_shared::case::{CaseActor, CaseStep};
use nengce_shared::lang::Lang;

use crate::components::evidence_file::{AddFile, evidence_file};
use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn ThreadPanel(data: Signal<Arc<CaseDetail>>, changed: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let said = [
        CaseStep::Message,
        CaseStep::File,
        CaseStep::Statement,
        CaseStep::ExtensionAsked,
        CaseStep::HearingAsked,
    ];
    let rows = move || {
        let (case, steps) = data.with(|it| (it.case.case_id, it.steps.clone()));
        let is_seen = |it: &CaseStepRow| !it.is_undone && it.step.is_seen_by_unit();
        let seen = steps.into_iter().filter(|it| is_seen(it) && it.step != CaseStep::Served);
        seen.map(|it| match said.contains(&it.step) {
            true => words(case, &it, lang).into_any(),
            false => view! { <li class="of-step">{it.on.clone()}" "{it.step.label(lang)}</li> }
                .into_any(),
        })
        .collect_view()
    };
    let side = Memo::new(move |_| {
        data.with(|it| {
            let sides = [
                (CaseActor::Officer, "steps", "files"),
                (CaseActor::Unit, "answers", "unit-files"),
            ];
            sides.into_iter().find(|(actor, ..)| it.acts_as.contains(actor)).map(|it| (it.1, it.2))
        })
    });
    let add_at = move |place: &'static str| {
        Signal::derive(move || data.with(|it| format!("/api/v1/cases/{}/{place}", it.case.case_id)))
    };
    let is_open = move || data.with(|it| it.case.state != CaseStep::Filed);
    view! {
        <Panel id="thread" title=t(lang, "往来", "Thread") subtitle=t(lang, "双方可见，不能删除", "both sides see it; nothing is taken away")>
            <ol class="thread" data-testid="thread">{rows}</ol>
            {move || side.get().filter(|_| is_open()).map(|(place, files)| view! { <MessageForm data place changed /><AddFile path=add_at(files) done=Callback::new(move |_| changed.run(())) /> })}
        </Panel>
    }
}

fn words(case: u64, it: &CaseStepRow, lang: Lang) -> impl IntoView + use<> {
    let file = it.file.as_ref().map(|it| {
        let href = format!("/api/v1/cases/{case}/files/{}", it.file_id);
        evidence_file(href, &it.name, (it.bytes, &it.sm3), lang)
    });
    let kind =
        (!matches!(it.step, CaseStep::Message | CaseStep::File)).then(|| it.step.label(lang));
    let class = if it.actor == CaseActor::Unit { "of-unit" } else { "of-authority" };
    let text = it.text.split('\n').map(|it| view! { <p>{it.to_owned()}</p> }).collect_view();
    view! { <li class=class><p class="note">{it.actor.label(lang)}" "{it.by.clone()}" · "{it.at.clone()}" "<b>{kind}</b></p>{text}{file}</li> }
}

/// A message, by the side of the reader.
#[component]
fn MessageForm(
    data: Signal<Arc<CaseDetail>>,
    place: &'static str,
    changed: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let text = RwSignal::new(String::new());
    let done = Callback::new(move |_| {
        text.set(String::new());
        changed.run(());
    });
    let sending = Sending::new(done);
    let say = move |_| {
        let (on, details) = (None, CaseStepDetails::none());
        let body =
            CaseStepRequest { step: CaseStep::Message, on, text: text.get_untracked(), details };
        let path = data.with_untracked(|it| format!("/api/v1/cases/{}/{place}", it.case.case_id));
        sending.post(path, serde_json::to_string(&body), lang);
    };
    view! {
        <label class="reason-field"><span>{t(lang, "写给对方", "Write to the other side")}</span>
            <textarea class="control" rows="2" maxlength="4000" prop:value=text on:input=move |event| text.set(event_target_value(&event)) data-testid="message-text"></textarea>
        </label>
        {sending.problem()}
        <div class="actions">
            <button type="button" class="control" disabled=move || sending.busy.get() || text.with(|it| it.trim().is_empty()) on:click=say data-testid="send-message">{t(lang, "发送", "Send")}</button>
        </div>
    }
}
