//! Inspection cases as a queue by deadline, a board by phase, a calendar of deadlines, and by district; and the form that
//! takes down a clue.

mod board;
mod calendar;
mod districts;
mod open_form;
mod queue;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::case::{CaseList, CaseRow};
use nengce_shared::case::CasePhase;
use nengce_shared::lang::Lang;

use crate::components::page_head::PageHead;
use crate::components::segments::Segments;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{push_pair, use_url_state};

/// The key of the address that names the view.
const VIEW: &str = "as";
/// The keys of the address that narrow the list, as the API has them.
const MINE: &str = "mine";
const PHASE: &str = "phase";
const LATE: &str = "late";
const UNIT: &str = "unit";

#[component]
pub fn CasesPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let sees = move || session.may(Permission::Cases);
    let list = use_load::<CaseList>(move || {
        let mut query = String::new();
        for key in [MINE, PHASE, LATE, UNIT] {
            push_pair(&mut query, key, url.get(key).as_deref());
        }
        sees().then(|| format!("/api/v1/cases?{query}"))
    });
    let answer = move || list.data.get().map(|it| sentence(&it, lang));
    let view_of = move || url.get(VIEW).unwrap_or_default();
    view! {
        <PageHead title=t(lang, "监察案件", "Inspection cases") answer>
            <a class="control" href="/credit-list">{t(lang, "信用名单", "Credit list")}</a>
        </PageHead>
        <Show when=sees fallback=move || view! { <PermissionNeeded permission=Permission::Cases /> }>
            <section class="panel filter-bar" aria-label=t(lang, "条件与视图", "Filter and view")>
                <div class="chips">
                    <Segments key=VIEW default="queue" values=[
                        ("queue", "待办", "Queue"),
                        ("board", "看板", "Board"),
                        ("calendar", "日历", "Calendar"),
                        ("districts", "按区", "Districts"),
                    ] />
                    <ListFilter />
                </div>
            </section>
            <Show when=move || session.may(Permission::HandleCases)>
                <open_form::OpenForm />
            </Show>
            <Loaded load=list height=320 let:data>
                {move || match view_of().as_str() {
                    "board" => view! { <board::Board data /> }.into_any(),
                    "calendar" => view! { <calendar::CalendarPanel data /> }.into_any(),
                    "districts" => view! { <districts::DistrictsPanel data /> }.into_any(),
                    _ => view! { <queue::QueuePanel data /> }.into_any(),
                }}
            </Loaded>
        </Show>
    }
}

/// The choices that narrow the list.
#[component]
fn ListFilter() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let check = move |key: &'static str, label: &'static str| {
        let is_on = move || url.get(key).is_some();
        let turn = move |_| {
            url.set(&[(key, untrack(|| url.get(key).is_none()).then(|| "true".to_owned()))])
        };
        view! { <button type="button" class="control" aria-pressed=move || is_on().to_string() on:click=turn data-testid=key>{label}</button> }
    };
    let phases = move || {
        let chosen = url.get(PHASE);
        let option = |it: &CasePhase| {
            let selected = chosen.as_deref() == Some(it.as_str());
            view! { <option value=it.as_str() selected=selected>{it.label(lang)}</option> }
        };
        CasePhase::ALL.iter().map(option).collect_view()
    };
    let handles = move || session.may(Permission::HandleCases);
    view! {
        <Show when=handles>{check(MINE, t(lang, "我承办的", "Mine"))}</Show>
        {check(LATE, t(lang, "逾期的", "Late"))}
        <select class="control" aria-label=t(lang, "阶段", "Phase") data-testid="phase" on:change=move |event| url.set(&[(PHASE, Some(event_target_value(&event)).filter(|it| !it.is_empty()))])>
            <option value="">{t(lang, "未归档", "Not filed")}</option>
            {phases}
        </select>
        {move || url.get(UNIT).map(|code| view! { <button type="button" class="control" on:click=move |_| url.set(&[(UNIT, None)])>{code}" ✕"</button> })}
    }
}

/// 「12 件，3 件逾期，最近的 12-01 到期。」
fn sentence(it: &Arc<CaseList>, lang: Lang) -> impl IntoView + use<> {
    let (total, late) = (it.total, it.late);
    let next = it.next_due.clone();
    match lang {
        Lang::Zh => view! {
            <b data-testid="cases">{total}</b>" 件案件，"<b>{late}</b>" 件逾期"
            {next.map(|it| view! { "，最近的 "<b>{it}</b>" 到期" })}"。"
        }
        .into_any(),
        Lang::En => view! {
            <b data-testid="cases">{total}</b>" cases, "<b>{late}</b>" late"
            {next.map(|it| view! { ", the next due on "<b>{it}</b> })}"."
        }
        .into_any(),
    }
}

/// What is due and how many days are left: 「缴纳罚款 2026-12-13 · 剩 15 天」.
pub(crate) fn due_words(it: &CaseRow, lang: Lang) -> String {
    let Some(next) = &it.next else { return t(lang, "无期限", "no deadline").to_owned() };
    let due = next.due.clone().unwrap_or_default();
    let what = lang.pick(&next.zh, &next.en);
    let left = next.days_left.map(|left| days_left(left, lang)).unwrap_or_default();
    format!("{what} {due} · {left}")
}

/// 「剩 9 天」 or 「逾期 2 天」.
pub(crate) fn days_left(left: i32, lang: Lang) -> String {
    match (lang, left < 0) {
        (Lang::Zh, false) => format!("剩 {left} 天"),
        (Lang::Zh, true) => format!("逾期 {} 天", -left),
        (Lang::En, false) => format!("{left} days left"),
        (Lang::En, true) => format!("{} days late", -left),
    }
}
