//! The list of receipts, newest first; a click opens one.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::submission::{SubmissionList, SubmissionRow};
use nengce_shared::lang::Lang;
use nengce_shared::submission::SubmissionState;

use crate::components::filter_bar::{Chip, ChipOption};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::time_short;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn ReceiptsPanel(data: Signal<Arc<SubmissionList>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let states = SubmissionState::ALL.iter();
    let states: Vec<ChipOption> =
        states.map(|it| ChipOption::new(it.as_str(), it.label(lang), "")).collect();
    let subtitle = Signal::derive(move || {
        let (shown, total) = data.with(|it| (it.rows.len(), it.page.total));
        match lang {
            Lang::Zh => format!("{shown} / {total} 份 · 点行看回执"),
            Lang::En => format!("{shown} of {total}; a click opens a receipt"),
        }
    });
    view! {
        <Panel id="receipts" title=t(lang, "回执清单", "All receipts") subtitle>
            <div class="chips inline">
                <Chip name=t(lang, "状态", "State") all=t(lang, "全部", "All") options=Signal::stored(states) value=Signal::derive(move || url.get("state")) on_select=move |it| url.set(&[("state", it), ("cursor", None)]) />
            </div>
            <DataTable
                label=t(lang, "回执", "Receipts")
                columns=columns(lang)
                rows
                key=|row: &SubmissionRow| row.submission_id.to_string()
                selected=Signal::derive(move || url.get("receipt").into_iter().collect::<Vec<_>>())
                on_select=Callback::new(move |id| url.set(&[("receipt", Some(id))]))
                empty=t(lang, "还没有提交过。", "Nothing was submitted yet.")
            />
            <p class="pager">
                {move || data.with(|it| it.page.next.clone()).map(|cursor| view! {
                    <button type="button" class="control" on:click=move |_| url.set(&[("cursor", Some(cursor.clone()))])>{t(lang, "下一页", "Next page")}</button>
                })}
            </p>
        </Panel>
    }
}

fn columns(lang: Lang) -> Vec<Column<SubmissionRow>> {
    vec![
        Column::new(t(lang, "回执号", "Receipt"), |it: &SubmissionRow| {
            Cell::Figure(Some(it.submission_id as f64), 0)
        })
        .in_narrow()
        .number(),
        Column::new(t(lang, "类别", "Kind"), move |it: &SubmissionRow| {
            Cell::text(it.kind.label(lang))
        })
        .in_narrow()
        .class("narrow"),
        Column::new(t(lang, "单位", "Unit"), |it: &SubmissionRow| {
            Cell::text(it.unit.name.clone())
        }),
        Column::new(t(lang, "状态", "State"), move |it: &SubmissionRow| {
            Cell::text(it.state.label(lang))
        })
        .in_narrow()
        .class("narrow"),
        Column::new(t(lang, "提交人", "Submitted by"), |it: &SubmissionRow| {
            Cell::text(it.submitted_by.clone())
        }),
        Column::new(t(lang, "提交时间", "Submitted at"), |it: &SubmissionRow| {
            Cell::text(it.submitted_at.clone())
        })
        .show(|it| time_short(&it.submitted_at).to_owned()),
        Column::new(t(lang, "说明", "Reason"), |it: &SubmissionRow| {
            Cell::text(it.reason.clone())
        })
        .class("sentence"),
    ]
}
