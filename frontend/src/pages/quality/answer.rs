//! The answer to a finding: where it stands, its thread, and what whoever looks may do: the unit answers, its manager
//! confirms, the authority decides.

mod decide;
mod unit;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::quality::FindingDetail;
use nengce_shared::api::submission::{FindingAnswer, FindingStep, FindingThread};
use nengce_shared::lang::Lang;
use nengce_shared::submission::{AnswerState, Side};

use self::decide::{Confirm, Decide};
use self::unit::AnswerForm;
use crate::components::evidence_file::{AddFile, evidence_file};
use crate::components::states::Loaded;
use crate::components::withdrawal::Withdrawal;
use crate::data::session::use_session;
use crate::format::time_short;
use crate::i18n::{t, use_lang};
use crate::load::{Load, use_load};

#[component]
pub fn AnswerSection(
    data: Signal<Arc<FindingDetail>>,
    load: Load<FindingDetail>,
    changed: Callback<()>,
) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let id = Memo::new(move |_| data.with(|it| it.finding.finding_id));
    let thread = use_load::<FindingThread>(move || {
        session
            .may(Permission::Submissions)
            .then(|| format!("/api/v1/quality/findings/{}/thread", id.get()))
    });
    let done = Callback::new(move |_: Option<u64>| {
        thread.retry();
        load.retry();
        changed.run(());
    });
    let sees = move || session.may(Permission::Submissions);
    let is_open = move || data.with(|it| it.finding.state == "open");
    let state = Memo::new(move |_| data.with(|it| it.finding.answer.state));
    let may_answer = move || {
        let waits = [AnswerState::Unanswered, AnswerState::SentBack, AnswerState::Corrected];
        is_open() && waits.contains(&state.get()) && session.may(Permission::Submit)
    };
    let may_confirm = move || {
        is_open()
            && state.get() == AnswerState::ToConfirm
            && session.may(Permission::ConfirmSubmissions)
    };
    let may_decide = move || is_open() && session.may(Permission::WaiveFindings);
    let may_add = move || is_open() && session.may(Permission::Submit);
    let standing = move || data.with(|it| answer_words(&it.finding.answer, lang));
    let excused = move || {
        data.with(|it| it.finding.excused_until.clone()).map(|it| match lang {
            Lang::Zh => format!("已报故障，宽限至 {it}"),
            Lang::En => format!("an outage was reported; excused until {it}"),
        })
    };
    let add_at = move |place: &'static str| {
        Signal::derive(move || format!("/api/v1/quality/findings/{}/{place}", id.get()))
    };
    view! {
        <Show when=sees>
            <section class="answer-thread" aria-label=t(lang, "答复", "Answer") data-testid="answer">
                <h3>{t(lang, "答复", "Answer")}</h3>
                <p data-testid="answer-state">{standing}" "<span class="note">{excused}</span></p>
                <Loaded load=thread height=60 let:thread>
                    <Steps thread />
                    <Withdrawal receipt=Signal::derive(move || thread.with(|it| withdrawable(it))) done />
                </Loaded>
                <Show when=may_answer><AnswerForm data done /></Show>
                <Show when=may_confirm>
                    <Loaded load=thread height=40 let:thread><Confirm thread done /></Loaded>
                </Show>
                <Show when=may_decide><Decide data done /></Show>
                <Show when=may_add><AddFile path=add_at("files") done /></Show>
                <Show when=may_decide><AddFile path=add_at("authority-files") done /></Show>
            </section>
        </Show>
    }
}

/// The receipt of the answer that the unit can still withdraw.
fn withdrawable(it: &FindingThread) -> Option<u64> {
    let submission = it.submission.as_ref().filter(|it| it.state.can_be_withdrawn(it.kind));
    submission.map(|it| it.submission_id)
}

/// The thread, oldest first: messages as texts, changes of state between them.
#[component]
fn Steps(thread: Signal<Arc<FindingThread>>) -> impl IntoView {
    let lang = use_lang();
    let steps = move || {
        thread.with(|all| all.steps.iter().map(|it| step(all.finding_id, it, lang)).collect_view())
    };
    view! { <ol class="thread" data-testid="thread">{steps}</ol> }
}

fn step(finding: u64, it: &FindingStep, lang: Lang) -> impl IntoView + use<> {
    let class = match it.side {
        Side::Unit => "of-unit",
        Side::Authority => "of-authority",
        Side::Rule => "of-rule",
    };
    let who = [it.side.label(lang), &it.author].join(" ");
    let receipt = it.submission_id.map(|id| {
        view! { " "<a href=format!("/submissions?receipt={id}")>{t(lang, "回执 ", "receipt ")}{id}</a> }
    });
    let file = it.file.as_ref().map(|it| {
        let href = format!("/api/v1/quality/findings/{finding}/files/{}", it.file_id);
        evidence_file(href, &it.name, (it.bytes, &it.sm3), lang)
    });
    view! {
        <li class=class>
            <span class="note">{who}" · "{time_short(&it.at).to_owned()}" · "</span>
            <b>{it.step.label(lang)}</b>{receipt}
            {(!it.text.is_empty()).then(|| view! { <p>{it.text.clone()}</p> })}
            {file}
        </li>
    }
}

/// 「待答复 · 12-04 到期 · 剩 5 天」, and who changed it.
pub fn answer_words(it: &FindingAnswer, lang: Lang) -> String {
    let mut parts = vec![it.state.label(lang).to_owned()];
    if let (Some(at), Some(by)) = (&it.changed_at, &it.changed_by) {
        parts.push(format!("{} {by}", time_short(at)));
    }
    let waits = [AnswerState::Unanswered, AnswerState::SentBack, AnswerState::ToConfirm];
    if waits.contains(&it.state) {
        parts.extend(deadline_words(it, lang));
    }
    if it.extended {
        parts.push(t(lang, "已延期", "more time granted").to_owned());
    }
    parts.join(" · ")
}

/// The deadline with the days that are left, or the year whose working days are not known.
fn deadline_words(it: &FindingAnswer, lang: Lang) -> Vec<String> {
    match (&it.due, it.days_left, it.unknown_year, lang) {
        (Some(due), Some(left), _, Lang::Zh) if left < 0 => {
            vec![format!("{due} 到期"), format!("逾期 {} 天", -left)]
        }
        (Some(due), Some(left), _, Lang::Zh) => {
            vec![format!("{due} 到期"), format!("剩 {left} 天")]
        }
        (Some(due), Some(left), _, Lang::En) if left < 0 => {
            vec![format!("due {due}"), format!("{} days late", -left)]
        }
        (Some(due), Some(left), _, Lang::En) => {
            vec![format!("due {due}"), format!("{left} days left")]
        }
        (_, _, Some(year), Lang::Zh) => vec![format!("{year} 年工作日历未导入，期限未知")],
        (_, _, Some(year), Lang::En) => {
            vec![format!("the working days of {year} are not imported: no deadline is known")]
        }
        _ => Vec::new(),
    }
}
