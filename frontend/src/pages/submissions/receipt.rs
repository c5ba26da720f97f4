//! One receipt: what was submitted, what became of it, what was noticed, who answers questions; to be printed.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::submission::{AnswerDecision, SubmissionRow};
use nengce_shared::lang::Lang;
use nengce_shared::number::grouped;
use nengce_shared::submission::{SubmissionKind, SubmissionState};

use crate::components::panel::Panel;
use crate::components::sending::{DecisionText, Sending};
use crate::components::states::Loaded;
use crate::components::typed_periods::note;
use crate::components::withdrawal::Withdrawal;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::quality::words::{SEVERITIES, word};
use crate::url_state::use_url_state;

#[component]
pub fn ReceiptPanel(
    /// Asks for the list again, after a decision.
    changed: Callback<()>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let load = use_load::<SubmissionRow>(move || {
        url.get("receipt").map(|id| format!("/api/v1/submissions/{id}"))
    });
    let done = Callback::new(move |_| {
        load.retry();
        changed.run(());
    });
    view! {
        <Panel id="receipt" title=t(lang, "回执", "Receipt") subtitle=t(lang, "可打印", "to be printed")>
            <Show
                when=move || url.get("receipt").is_some()
                fallback=move || view! { <p class="state">{t(lang, "提交后，或点一份，看它的回执。", "Submit something or choose a receipt to see it.")}</p> }
            >
                <Loaded load height=240 let:data>
                    {move || data.with(|it| paper(it, lang))}
                    <Confirm data done />
                    <Withdrawal receipt=Signal::derive(move || data.with(|it| it.state.can_be_withdrawn(it.kind).then_some(it.submission_id))) done />
                    <p class="actions"><button type="button" class="control" on:click=move |_| { window().print().ok(); }>{t(lang, "打印", "Print")}</button></p>
                </Loaded>
            </Show>
        </Panel>
    }
}

fn paper(it: &SubmissionRow, lang: Lang) -> impl IntoView + use<> {
    let receipt = &it.receipt;
    let count = |value: u32| grouped(f64::from(value), 0);
    let mut lines: Vec<(&str, String)> = vec![
        (t(lang, "回执号", "Number"), it.submission_id.to_string()),
        (t(lang, "单位", "Unit"), format!("{} {}", it.unit.name, it.unit.enterprise_code)),
        (t(lang, "类别", "Kind"), it.kind.label(lang).to_owned()),
        (t(lang, "状态", "State"), it.state.label(lang).to_owned()),
        (t(lang, "提交", "Submitted"), format!("{} {}", it.submitted_at, it.submitted_by)),
    ];
    if let (Some(by), Some(at)) = (&it.decided_by, &it.decided_at) {
        lines.push((t(lang, "处理", "Decided"), format!("{at} {by}")));
    }
    lines.push((t(lang, "说明", "Reason"), it.reason.clone()));
    if let Some(reason) = &receipt.withdrawn_because {
        lines.push((t(lang, "撤回的理由", "Withdrawn because"), reason.clone()));
    }
    if let (Some(from), Some(to)) = (&receipt.from, &receipt.to) {
        lines.push((t(lang, "故障", "Outage"), format!("{from} – {to}")));
        let excused = receipt.excused_until.clone();
        let unknown =
            t(lang, "工作日历未导入，未知", "not known: the working days are not imported");
        lines.push((
            t(lang, "缺报宽限至", "Excused until"),
            excused.unwrap_or_else(|| unknown.to_owned()),
        ));
    }
    if !receipt.values.is_empty() {
        let counts =
            [receipt.stored, receipt.unchanged, receipt.replaced, receipt.awaiting_approval]
                .map(count);
        let [stored, unchanged, replaced, awaiting] = counts;
        lines.push((t(lang, "数值", "Values"), match lang {
            Lang::Zh => format!("{} 个：新增 {stored}，未变 {unchanged}，替换 {replaced}，待批 {awaiting}", receipt.values.len()),
            Lang::En => format!("{}: {stored} new, {unchanged} unchanged, {replaced} replaced, {awaiting} await approval", receipt.values.len()),
        }));
        let worst = if receipt.worst == "none" {
            t(lang, "无", "none").to_owned()
        } else {
            word(&SEVERITIES, &receipt.worst, lang)
        };
        lines.push((t(lang, "最重程度", "Worst severity"), worst));
        let again = if receipt.send_again {
            t(lang, "是：核对后重报", "yes: look at the values and send them again")
        } else {
            t(lang, "否", "no")
        };
        lines.push((t(lang, "是否需重报", "Send again"), again.to_owned()));
    }
    lines.push((t(lang, "咨询", "Questions to"), receipt.contact.clone()));
    let lines = lines
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    let values = receipt.values.iter().map(|value| {
        let of = |it: &&nengce_shared::api::submission::CheckNote| it.period == value.period && it.data_code == value.data_code;
        let notes = receipt.notes.iter().filter(of).map(|it| note(it, lang)).collect_view();
        view! { <tr><td>{value.data_code.clone()}</td><td>{value.period.clone()}</td><td class="num">{grouped(value.value, 2)}</td><td class="sentence">{notes}</td></tr> }
    });
    let table = (!receipt.values.is_empty()).then(|| view! {
        <div class="rows-table" tabindex="0" role="group" aria-label=t(lang, "数值", "Values")>
            <table class="data">
                <thead><tr><th scope="col">{t(lang, "数据编码", "Data code")}</th><th scope="col">{t(lang, "时段", "Period")}</th><th scope="col" class="num">{t(lang, "值", "Value")}</th><th scope="col">{t(lang, "核对", "Check")}</th></tr></thead>
                <tbody>{values.collect_view()}</tbody>
            </table>
        </div>
    });
    let finding = it.finding_id.map(|id| view! { <p><a href=format!("/quality?finding={id}")>{t(lang, "所答复的质量问题 ", "The finding it answers: ")}{id}</a></p> });
    view! { <dl class="facts" data-testid="receipt">{lines}</dl>{table}{finding} }
}

/// The manager of the unit confirms what a clerk typed. Answers are confirmed in the thread of their finding.
#[component]
fn Confirm(data: Signal<Arc<SubmissionRow>>, done: Callback<Option<u64>>) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let sending = Sending::new(done);
    let text = RwSignal::new(String::new());
    let waits = move || {
        data.with(|it| it.state == SubmissionState::ToConfirm && it.kind == SubmissionKind::Values)
            && session.may(Permission::ConfirmSubmissions)
    };
    let send = move |accept: bool| {
        let path =
            data.with_untracked(|it| format!("/api/v1/submissions/{}/confirm", it.submission_id));
        let body = AnswerDecision { accept, text: text.get_untracked() };
        sending.post(path, serde_json::to_string(&body), lang);
    };
    view! {
        <Show when=waits>
            <DecisionText text />
            {sending.problem()}
            <div class="actions">
                <button type="button" class="control primary" disabled=sending.busy on:click=move |_| send(true) data-testid="confirm">{t(lang, "确认", "Confirm")}</button>
                <button type="button" class="control" disabled=sending.busy on:click=move |_| send(false)>{t(lang, "退回填报人", "Send back to the clerk")}</button>
            </div>
        </Show>
    }
}
