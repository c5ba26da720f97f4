//! The entries, and one of them with its steps and what may follow.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::credit::{CreditEntry, CreditList, CreditNext, CreditStepRequest};
use nengce_shared::credit::CreditStep as S;
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::components::table::{Column, DataTable};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

/// The key of the address that names the entry.
const ENTRY: &str = "entry";

#[component]
pub(super) fn EntriesPanel(data: Signal<Arc<CreditList>>, changed: Callback<()>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.entries.clone()));
    let chosen = Memo::new(move |_| {
        let of = url.get(ENTRY)?;
        rows.with(|it| it.iter().find(|it| it.entry_id.to_string() == of).cloned())
    });
    let columns = vec![
        Column::new(t(lang, "编号", "No."), |it: &CreditEntry| {
            Cell::Figure(Some(it.entry_id as f64), 0)
        })
        .number(),
        Column::new(t(lang, "单位", "Unit"), |it: &CreditEntry| Cell::text(it.unit.name.clone()))
            .in_narrow(),
        Column::new(t(lang, "行为", "Act"), move |it: &CreditEntry| {
            Cell::text(lang.pick(&it.record.act_zh, &it.act_en))
        })
        .class("sentence"),
        Column::new(t(lang, "程度", "Level"), |it: &CreditEntry| {
            Cell::text(it.record.level.clone())
        }),
        Column::new(t(lang, "状态", "State"), move |it: &CreditEntry| {
            Cell::text(state(it, lang))
        })
        .in_narrow()
        .class("sentence")
        .show(move |it| {
            let class = if it.is_revoked { "lv1-text" } else { "" };
            view! { <span class=class>{state(it, lang)}</span> }
        }),
        Column::new(t(lang, "决定文号", "Decision"), |it: &CreditEntry| {
            Cell::text(it.record.decision_no.clone())
        }),
        Column::new(t(lang, "列入", "Listed"), |it: &CreditEntry| {
            Cell::text(it.record.listed_on.clone())
        })
        .in_narrow(),
        Column::new(t(lang, "到期", "Until"), |it: &CreditEntry| {
            Cell::text(it.record.expires_on.clone())
        }),
        Column::new(t(lang, "推送", "Sent"), move |it: &CreditEntry| {
            Cell::text(it.push.map(|it| it.label(lang)).unwrap_or("—"))
        }),
    ];
    view! {
        <Panel id="entries" title=t(lang, "认定与名单", "Entries") subtitle=t(lang, "两人审核审批，告知单位，异议期满后列入", "two people approve, the unit is told and may object, then it is listed")>
            <DataTable
                label=t(lang, "认定与名单", "Entries")
                columns
                rows
                key=|it: &CreditEntry| it.entry_id.to_string()
                selected=Signal::derive(move || url.get(ENTRY).into_iter().collect::<Vec<_>>())
                on_select=Callback::new(move |id| url.set(&[(ENTRY, Some(id))]))
                empty=t(lang, "没有认定。", "No entry.")
            />
            {move || chosen.get().map(|it| view! { <EntryDetail it changed /> })}
        </Panel>
    }
}

fn state(it: &CreditEntry, lang: Lang) -> String {
    let due =
        it.due.as_ref().map(|it| format!("，{} {it}", t(lang, "最迟", "by"))).unwrap_or_default();
    match (it.is_revoked, it.is_expired && it.state == S::Listed) {
        (true, _) => {
            format!("{}{due}", t(lang, "决定已撤销，须撤回", "decision revoked: withdraw it"))
        }
        (_, true) => t(lang, "期满", "expired").to_owned(),
        _ => format!("{}{due}", it.state.label(lang)),
    }
}

/// Why a step may not be taken today.
fn why_not(it: &CreditNext, lang: Lang) -> Option<String> {
    match lang {
        Lang::Zh => it.blocked_zh.clone(),
        Lang::En => it.blocked_en.clone(),
    }
}

#[component]
fn EntryDetail(it: CreditEntry, changed: Callback<()>) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let text = RwSignal::new(String::new());
    let sending = Sending::new(Callback::new(move |_| {
        text.set(String::new());
        changed.run(());
    }));
    let id = it.entry_id;
    let send = move |step: S| {
        let place = match step {
            S::Noticed | S::Listed | S::Proposed => "steps",
            S::Reviewed => "review",
            S::Refused if session.may(Permission::ReviewCases) => "review",
            S::Objected => "object",
            _ => "approve",
        };
        let body = CreditStepRequest { step, on: None, text: text.get_untracked() };
        sending.post(
            format!("/api/v1/credit-list/{id}/{place}"),
            serde_json::to_string(&body),
            lang,
        );
    };
    let button = |next: &CreditNext| {
        let (step, why) = (next.step, why_not(next, lang));
        let disabled = move || sending.busy.get();
        view! { <button type="button" class="control" disabled=disabled title=why on:click=move |_| send(step) data-testid=format!("credit-{}", step.as_str())>{step.label(lang)}</button> }
    };
    let mine: Vec<_> =
        it.next.iter().filter(|it| it.is_mine && it.blocked_zh.is_none()).map(button).collect();
    let has_steps = !mine.is_empty();
    let blocked: Vec<_> = it
        .next
        .iter()
        .filter(|it| it.is_mine)
        .filter_map(|it| {
            Some(view! { <li><b>{it.step.label(lang)}</b>"："{why_not(it, lang)?}</li> })
        })
        .collect();
    let steps = it.steps.iter().map(|it| view! {
        <li><span class="note">{it.on.clone()}</span>" "<b>{it.step.label(lang)}</b>" "{it.by.clone()}" "{it.text.clone()}</li>
    });
    let case = format!("/cases/{}", it.case_id);
    view! {
        <div class="answer-form" data-testid="entry">
            <p>{it.record.ground.clone()}" · "<a href=move || url.href(&case)>{t(lang, "案件", "case")}" "{it.case_id}</a>" · SHA-256 "<code class="breaks">{it.record.evidence_sha256.clone()}</code></p>
            <ol class="entry-steps">{steps.collect_view()}</ol>
            <Show when=move || has_steps>
                <label class="reason-field"><span>{t(lang, "说明", "Text")}</span>
                    <textarea class="control" rows="2" maxlength="1000" prop:value=text on:input=move |event| text.set(event_target_value(&event)) data-testid="entry-text"></textarea>
                </label>
            </Show>
            {sending.problem()}
            <div class="actions">{mine}</div>
            <ul class="blocks">{blocked}</ul>
        </div>
    }
}
