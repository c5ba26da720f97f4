//! The form in which a unit answers a finding: corrected with values, right as it is, more time, or a message alone.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::api::quality::FindingDetail;
use nengce_shared::api::submission::{AnswerRequest, ManualForm};
use nengce_shared::lang::Lang;
use nengce_shared::submission::ThreadStep;

use crate::components::draft::{FormDraft, Typing};
use crate::components::sending::Sending;
use crate::components::typed_periods::{Typed, TypedPeriods, read};
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::load::use_load;

/// Days of a finding for which values can be typed here; longer gaps are filled by a file.
const MOST_DAYS: usize = 31;

const CHOICES: [ThreadStep; 4] =
    [ThreadStep::Corrected, ThreadStep::Right, ThreadStep::MoreTime, ThreadStep::Message];

#[component]
pub(super) fn AnswerForm(
    data: Signal<Arc<FindingDetail>>,
    done: Callback<Option<u64>>,
) -> impl IntoView {
    let lang = use_lang();
    let choice = RwSignal::new(ThreadStep::Corrected);
    let text = RwSignal::new(String::new());
    let typed: Typed = RwSignal::default();
    let draft = use_draft(data, (choice, text, typed));
    let sending = Sending::new(Callback::new(move |receipt| {
        draft.forget(lang);
        done.run(receipt);
    }));
    let wrong = RwSignal::new(None::<String>);
    let code = Memo::new(move |_| data.with(|it| it.finding.data_code.clone()));
    let is_typing = move || choice.get() == ThreadStep::Corrected && code.get().is_some();
    let form = use_load::<ManualForm>(move || {
        let code = code.get().filter(|_| is_typing())?;
        Some(data.with(|it| {
            let (unit, row) = (&it.finding.unit.enterprise_code, &it.finding);
            let (from, to) = (&row.from, &row.to);
            format!("/api/v1/units/{unit}/manual-form?data_code={code}&from={from}&to={to}")
        }))
    });
    let history = Signal::derive(move || {
        form.data.with(|it| it.as_ref().and_then(|it| it.history.clone()).map(Arc::new))
    });
    // The days of the finding, or the month that does not agree with its days.
    let periods = Signal::derive(move || {
        let is_month = data.with(|it| it.finding.rule == "month_sum");
        history.with(|it| match it {
            None => Vec::new(),
            Some(it) if is_month => it.months.iter().map(|it| it.month.clone()).collect(),
            Some(it) => it.days.iter().take(MOST_DAYS).map(|it| it.day.clone()).collect(),
        })
    });
    let unit = Signal::derive(move || {
        data.with(|it| it.finding.quantity_unit.as_deref().map(|it| unit_words(it, lang)))
            .unwrap_or_default()
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let answer = choice.get_untracked();
        let said = text.get_untracked().trim().to_owned();
        if said.is_empty() {
            wrong.set(Some(
                t(
                    lang,
                    "写明理由：双方可见，并记入历史。",
                    "Say why: both sides see it, and it is kept.",
                )
                .to_owned(),
            ));
            return;
        }
        let code = code.get_untracked().unwrap_or_default();
        let values = match answer {
            ThreadStep::Corrected => read(&code, &typed.get_untracked()),
            _ => Ok(Vec::new()),
        };
        match values {
            Ok(values) => {
                wrong.set(None);
                let values = (!values.is_empty()).then_some(values);
                let path = data.with_untracked(|it| {
                    format!("/api/v1/quality/findings/{}/answer", it.finding.finding_id)
                });
                let body = AnswerRequest { answer, text: said, values };
                sending.post(path, serde_json::to_string(&body), lang);
            }
            Err(period) => wrong.set(Some(match lang {
                Lang::Zh => format!("{period} 的值不是数字"),
                Lang::En => format!("the value of {period} is no number"),
            })),
        }
    };
    let choices = CHOICES.map(|it| {
        let pressed = move || (choice.get() == it).to_string();
        view! {
            <button type="button" data-answer=it.as_str() aria-pressed=pressed on:click=move |_| choice.set(it)>
                {choice_words(it, lang)}
            </button>
        }
    });
    view! {
        <form class="answer-form" on:submit=submit data-testid="answer-form">
            <div class="segment scrolls" role="group" aria-label=t(lang, "怎样答复", "How to answer")>{choices.into_iter().collect_view()}</div>
            <Show when=is_typing><TypedPeriods history periods unit typed /></Show>
            <label class="reason-field">
                <span>{t(lang, "说明（必填）", "Text (required)")}</span>
                <textarea class="control" rows="2" maxlength="1000" prop:value=text on:input=move |event| text.set(event_target_value(&event)) data-testid="answer-text"></textarea>
                <span class="lv1-text" role="alert">{wrong}</span>
            </label>
            <p class="note">{move || follows(choice.get(), lang)}</p>
            {sending.problem()}
            {draft.line(lang)}
            <div class="actions">
                <button type="submit" class="control primary" disabled=sending.busy data-testid="send-answer">{t(lang, "提交", "Submit")}</button>
            </div>
        </form>
    }
}

/// The draft of the answer to this finding: the choice, the text and the typed values.
fn use_draft(
    data: Signal<Arc<FindingDetail>>,
    (choice, text, typed): (RwSignal<ThreadStep>, RwSignal<String>, Typed),
) -> FormDraft {
    let subject = Memo::new(move |_| data.with(|it| format!("finding-{}", it.finding.finding_id)));
    let written = Memo::new(move |_| {
        let (text, typed) = (text.get(), typed.get());
        let typed: Typing = typed.into_iter().filter(|it| !it.1.trim().is_empty()).collect();
        match text.is_empty() && typed.is_empty() {
            true => String::new(),
            false => {
                serde_json::to_string(&(choice.get().as_str(), text, typed)).unwrap_or_default()
            }
        }
    });
    let fill = Callback::new(move |body: String| {
        let read = serde_json::from_str::<(String, String, Typing)>(&body).ok();
        let (word, said, values) = read.unwrap_or_default();
        if let Some(it) = ThreadStep::parse(&word) {
            choice.set(it);
        }
        text.set(said);
        typed.set(values);
    });
    FormDraft::new(subject.into(), written.into(), fill)
}

fn choice_words(it: ThreadStep, lang: Lang) -> &'static str {
    match it {
        ThreadStep::MoreTime => t(lang, "申请延期", "More time"),
        it => it.label(lang),
    }
}

/// What happens after the answer is submitted.
fn follows(it: ThreadStep, lang: Lang) -> &'static str {
    match it {
        ThreadStep::Corrected => t(
            lang,
            "提交后：所填值以「手工填报」替换原值，原值留在历史里；规则重新评定，无误即办结。",
            "After that: the values replace the stored ones as typed by hand, which stay in the history; the rules look again and close the finding.",
        ),
        ThreadStep::Right => t(
            lang,
            "提交后：由主管部门认可或退回；认可后此问题不再计入。",
            "After that: the authority accepts it or sends it back; an accepted finding counts no more.",
        ),
        ThreadStep::MoreTime => t(
            lang,
            "到期前可申请，只能延期一次。",
            "It can be asked for before the deadline, and is granted once.",
        ),
        _ => t(lang, "只留言，不改变状态。", "A message alone; the state stays."),
    }
}
