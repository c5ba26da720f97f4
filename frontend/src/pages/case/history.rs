//! The history of a case: every step with its day, its entry, who, and what was said; undone steps stay, struck through.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::case::{CaseDetail, CaseStepRow};
use nengce_shared::lang::Lang;
use nengce_shared::number::grouped;

use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn HistoryPanel(data: Signal<Arc<CaseDetail>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| {
        let mut rows = data.with(|it| it.steps.clone());
        rows.reverse();
        rows
    });
    let columns = vec![
        Column::new(t(lang, "序", "No."), |it: &CaseStepRow| {
            Cell::Figure(Some(it.number.into()), 0)
        })
        .number(),
        Column::new(t(lang, "日期", "Day"), |it: &CaseStepRow| Cell::text(it.on.clone())).in_narrow(),
        Column::new(t(lang, "录入", "Entered"), |it: &CaseStepRow| Cell::text(it.at.clone())),
        Column::new(t(lang, "谁", "Who"), move |it: &CaseStepRow| {
            Cell::text(format!("{} {}", it.actor.label(lang), it.by))
        }),
        Column::new(t(lang, "步骤", "Step"), move |it: &CaseStepRow| Cell::text(it.step.label(lang)))
            .in_narrow()
            .show(move |it| match it.is_undone {
                true => view! { <s>{it.step.label(lang)}</s>" "<span class="tag">{t(lang, "已撤销", "undone")}</span> }.into_any(),
                false => view! { {it.step.label(lang)} }.into_any(),
            }),
        Column::new(t(lang, "内容", "What"), move |it: &CaseStepRow| Cell::text(what(it, lang)))
            .class("sentence")
            .in_narrow(),
    ];
    view! {
        <Panel id="history" title=t(lang, "历史", "History") subtitle=t(lang, "只增不改，最新的在前", "only added to, newest first")>
            <DataTable label=t(lang, "历史", "History") columns rows key=|it: &CaseStepRow| it.number.to_string() empty=t(lang, "没有步骤。", "No step.") />
        </Panel>
    }
}

fn what(it: &CaseStepRow, lang: Lang) -> String {
    let details = &it.details;
    let mut words = Vec::new();
    words.extend(details.due.as_ref().map(|it| format!("{} {it}", t(lang, "期限", "until"))));
    words.extend(
        details.amount_yuan.map(|it| format!("{} {}", grouped(it, 2), t(lang, "元", "yuan"))),
    );
    words.extend(details.way.map(|it| it.label(lang).to_owned()));
    words.extend(Some(details.receiver.clone()).filter(|it| !it.is_empty()));
    words.extend(details.officers.iter().map(|it| format!("{} {}", it.name, it.certificate)));
    words.extend(Some(details.officer.clone()).filter(|it| !it.is_empty()));
    words.extend(details.undoes.map(|it| format!("{} {it}", t(lang, "撤销第", "undoes step"))));
    words.extend(it.file.as_ref().map(|it| it.name.clone()));
    words.extend(Some(it.text.clone()).filter(|it| !it.is_empty()));
    words.join(" · ")
}
