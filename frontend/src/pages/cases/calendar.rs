//! The deadlines of a month as a calendar, the cases of each day in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use leptos::prelude::*;
use nengce_shared::api::case::{CaseList, CaseRow};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

/// The key of the address that names the month.
const MONTH: &str = "month";

#[component]
pub(super) fn CalendarPanel(data: Signal<Arc<CaseList>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let month = Memo::new(move |_| {
        let named = url.get(MONTH).and_then(|it| format!("{it}-01").parse::<Date>().ok());
        named.or_else(|| data.with(|it| it.today.parse::<Date>().ok())).map(Date::first_of_month)
    });
    let of_day = Memo::new(move |_| {
        let mut all: BTreeMap<String, Vec<CaseRow>> = BTreeMap::new();
        for it in data.with(|it| it.rows.clone()) {
            if let Some(due) = it.next.as_ref().and_then(|it| it.due.clone()) {
                all.entry(due).or_default().push(it);
            }
        }
        all
    });
    let step = move |months: i64| {
        if let Some(it) = month.get_untracked() {
            let to = it.saturating_add(months.months()).strftime("%Y-%m").to_string();
            url.set(&[(MONTH, Some(to))]);
        }
    };
    let title = move || month.get().map(|it| it.strftime("%Y-%m").to_string()).unwrap_or_default();
    let heads = match lang {
        Lang::Zh => ["一", "二", "三", "四", "五", "六", "日"],
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };
    let days = move || {
        let first = month.get()?;
        let before = first.weekday().since(Weekday::Monday);
        let start = first.saturating_sub(i64::from(before).days());
        let weeks = (i32::from(before) + i32::from(first.days_in_month()) + 6) / 7;
        let today = data.with(|it| it.today.clone());
        let cells = (0..weeks * 7).map(|at| {
            let day = start.saturating_add(i64::from(at).days());
            let text = day.to_string();
            let rows = of_day.with(|it| it.get(&text).cloned()).unwrap_or_default();
            let class = if day.month() == first.month() { "" } else { "other" };
            let current = (text == today).then_some("date");
            view! {
                <li class=class aria-current=current>
                    <time datetime=text>{day.day()}</time>
                    {rows.iter().map(|it| entry(it, lang)).collect_view()}
                </li>
            }
        });
        Some(cells.collect_view())
    };
    view! {
        <Panel id="calendar" title=t(lang, "期限日历", "Calendar of deadlines") subtitle=Signal::derive(title)>
            <div class="chips inline">
                <button type="button" class="control" on:click=move |_| step(-1) data-testid="month-before">{t(lang, "上月", "Month before")}</button>
                <button type="button" class="control" on:click=move |_| step(1) data-testid="month-after">{t(lang, "下月", "Month after")}</button>
            </div>
            <ol class="month-days" data-testid="calendar">
                {heads.into_iter().map(|it| view! { <li class="head">{it}</li> }).collect_view()}
                {days}
            </ol>
        </Panel>
    }
}

fn entry(it: &CaseRow, lang: Lang) -> impl IntoView + use<> {
    let url = use_url_state();
    let path = format!("/cases/{}", it.case_id);
    let name = it.unit.name.clone();
    let what = it.next.as_ref().map(|it| lang.pick(&it.zh, &it.en).to_owned()).unwrap_or_default();
    let class = if it.is_late() { "lv1-text" } else { "" };
    let title = what.clone();
    view! { <a class=class title=title href=move || url.href(&path)>{name}<span class="note">{what}</span></a> }
}
