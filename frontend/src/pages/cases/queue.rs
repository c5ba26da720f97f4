//! The cases as a queue, the earliest deadline first.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::case::{CaseList, CaseRow};

use super::due_words;
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub(super) fn QueuePanel(data: Signal<Arc<CaseList>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let left = |it: &CaseRow| it.days_left().map(f64::from);
    let columns = vec![
        Column::new(t(lang, "案号", "Case"), |it: &CaseRow| {
            Cell::Figure(Some(it.case_id as f64), 0)
        })
        .number()
        .sort_number(|it| Some(it.case_id as f64)),
        Column::new(t(lang, "单位", "Unit"), |it: &CaseRow| Cell::text(it.unit.name.clone()))
            .in_narrow()
            .sort_text(|it| it.unit.name.clone())
            .show(move |it| {
                let path = format!("/cases/{}", it.case_id);
                view! { <a href=move || url.href(&path)>{it.unit.name.clone()}</a> }
            }),
        Column::new(t(lang, "案由", "Violation"), move |it: &CaseRow| {
            Cell::text(lang.pick(&it.violation_zh, &it.violation_en))
        })
        .class("sentence"),
        Column::new(t(lang, "状态", "State"), move |it: &CaseRow| {
            Cell::text(format!("{} · {} · {}", it.state.label(lang), it.state_on, it.state_by))
        })
        .class("sentence")
        .in_narrow(),
        Column::new(t(lang, "该谁办", "Whose turn"), move |it: &CaseRow| {
            let turns = it.turns.iter().map(|it| it.label(lang));
            Cell::text(turns.collect::<Vec<_>>().join(t(lang, "、", ", ")))
        }),
        Column::new(t(lang, "期限", "Deadline"), move |it: &CaseRow| {
            Cell::text(due_words(it, lang))
        })
        .class("sentence")
        .in_narrow()
        .sort_number(left)
        .show(move |it| {
            let class = if it.is_late() { "lv1-text" } else { "" };
            view! { <span class=class>{due_words(it, lang)}</span> }
        }),
        Column::new(t(lang, "区", "District"), move |it: &CaseRow| {
            Cell::text(lang.pick(&it.unit.region.zh, &it.unit.region.en))
        })
        .sort_text(|it| it.unit.region.code.clone()),
        Column::new(t(lang, "承办人", "Officer"), |it: &CaseRow| Cell::text(it.officer.clone())),
    ];
    view! {
        <Panel id="cases" title=t(lang, "案件", "Cases") subtitle=t(lang, "按到期排序", "the earliest deadline first")>
            <DataTable
                label=t(lang, "监察案件", "Inspection cases")
                columns
                rows
                key=|it: &CaseRow| it.case_id.to_string()
                empty=t(lang, "没有案件。", "No case.")
            />
        </Panel>
    }
}
