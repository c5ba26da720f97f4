//! What the unit and the authority say to each other, newest last, with files and the steps between; and the form that adds
//! to it.

use std::sync::Arc;

use gloo_net::http::Method;
use leptos::prelude::*;
use nengce_shared::api::case::{CaseDetail, CaseStepDetails, CaseStepRequest, CaseStepRow};
use nengce_shared::case::{CaseActor, CaseStep};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use web_sys::File;

use crate::components::file_choice::FileChoice;
use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::data::api_client::send;
use crate::i18n::{t, use_lang};
use crate::url_state::push_pair;

const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,.xlsx,.docx,.txt,.csv";

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
            false => {
                view! { <li class="step">{it.on.clone()}" "{it.step.label(lang)}</li> }.into_any()
            }
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
    let is_open = move || data.with(|it| it.case.state != CaseStep::Filed);
    view! {
        <Panel id="thread" title=t(lang, "往来", "Thread") subtitle=t(lang, "双方可见，不能删除", "both sides see it; nothing is taken away")>
            <ol class="thread" data-testid="thread">{rows}</ol>
            {move || side.get().filter(|_| is_open()).map(|(place, files)| view! { <Say data place files changed /> })}
        </Panel>
    }
}

fn words(case: u64, it: &CaseStepRow, lang: Lang) -> impl IntoView + use<> {
    let file = it.file.as_ref().map(|it| {
        let href = format!("/api/v1/cases/{case}/files/{}", it.file_id);
        let (size, hash) = (number::grouped(it.bytes as f64 / 1000.0, 1), it.sm3.get(..12).unwrap_or(&it.sm3).to_owned());
        view! { <p><a href=href rel="external" download>{it.name.clone()}</a><span class="note">" · "{size}" KB · SM3 "<code title=it.sm3.clone()>{hash}"…"</code></span></p> }
    });
    let kind =
        (!matches!(it.step, CaseStep::Message | CaseStep::File)).then(|| it.step.label(lang));
    let class = if it.actor == CaseActor::Unit { "unit" } else { "authority" };
    let text = it.text.split('\n').map(|it| view! { <p>{it.to_owned()}</p> }).collect_view();
    view! { <li class=class><p class="note">{it.actor.label(lang)}" "{it.by.clone()}" · "{it.at.clone()}" "<b>{kind}</b></p>{text}{file}</li> }
}

/// A message or a file, by the side of the reader.
#[component]
fn Say(
    data: Signal<Arc<CaseDetail>>,
    place: &'static str,
    files: &'static str,
    changed: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let text = RwSignal::new(String::new());
    let done = Callback::new(move |_| {
        text.set(String::new());
        changed.run(());
    });
    let sending = Sending::new(done);
    let path = move |rest: &str| {
        data.with_untracked(|it| format!("/api/v1/cases/{}/{rest}", it.case.case_id))
    };
    let say = move |_| {
        let (on, details) = (None, CaseStepDetails::none());
        let body =
            CaseStepRequest { step: CaseStep::Message, on, text: text.get_untracked(), details };
        sending.post(path(place), serde_json::to_string(&body), lang);
    };
    let chosen = Callback::new(move |file: File| {
        let mut query = String::new();
        push_pair(&mut query, "name", Some(&file.name()));
        let path = format!("{}?{query}", path(files));
        sending.run(async move {
            send(Method::POST, &path, Some(file.into()), lang).await?;
            changed.run(());
            Ok(())
        });
    });
    view! {
        <label class="reason-field"><span>{t(lang, "写给对方", "Write to the other side")}</span>
            <textarea class="control" rows="2" maxlength="4000" prop:value=text on:input=move |event| text.set(event_target_value(&event)) data-testid="message-text"></textarea>
        </label>
        {sending.problem()}
        <div class="actions">
            <button type="button" class="control" disabled=move || sending.busy.get() || text.with(|it| it.trim().is_empty()) on:click=say data-testid="send-message">{t(lang, "发送", "Send")}</button>
            <FileChoice id="case-file" accept=ACCEPT label=t(lang, "添加附件", "Add a file") described_by="case-file-rule".to_owned() chosen />
            <span id="case-file-rule" class="note" role="status">{move || if sending.busy.get() { t(lang, "正在提交…", "Sending…") } else { t(lang, "PDF、照片、XLSX、DOCX、文本", "PDF, photos, XLSX, DOCX, text") }}</span>
        </div>
    }
}
