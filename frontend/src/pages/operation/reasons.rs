//! Why entries were rejected, over all units: each reason with its entries and units, and the newest upload that has it.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::operation::{Operation, RejectedReason};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, use_url_state};

#[component]
pub fn ReasonsPanel(
    data: Signal<Arc<Operation>>,
    /// The choice of days.
    children: Children,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let subtitle = move || {
        let days = data.with(|it| it.days);
        match lang {
            Lang::Zh => format!("全部单位 · 近 {days} 天 · 最多 50 种"),
            Lang::En => format!("all units · last {days} days · at most 50"),
        }
    };
    let title = t(lang, "拒收原因", "Why entries were rejected");
    view! {
        <Panel id="reasons" title subtitle=Signal::derive(subtitle)>
            {children()}
            <DataTable
                label=title
                columns=columns(lang, url)
                rows=Memo::new(move |_| data.with(|it| it.reasons.clone()))
                key=|row: &RejectedReason| format!("{} {}", row.code, row.field)
                empty=t(lang, "这些天没有拒收的条目。", "No entry was rejected in these days.")
            />
        </Panel>
    }
}

fn columns(lang: Lang, url: UrlState) -> Vec<Column<RejectedReason>> {
    vec![
        Column::new(t(lang, "原因", "Reason"), move |row: &RejectedReason| {
            Cell::text(lang.pick(&row.reason_zh, &row.reason_en))
        })
        .in_narrow()
        .class("sentence"),
        Column::new(t(lang, "代码", "Code"), |row: &RejectedReason| Cell::text(row.code.clone()))
            .sort_text(|row| row.code.clone()),
        Column::new(t(lang, "字段", "Field"), |row: &RejectedReason| {
            Cell::text(row.field.clone())
        })
        .sort_text(|row| row.field.clone()),
        Column::new(t(lang, "条目", "Entries"), |row: &RejectedReason| {
            Cell::Figure(Some(row.entries as f64), 0)
        })
        .number()
        .in_narrow()
        .sort_number(|row| Some(row.entries as f64)),
        Column::new(t(lang, "单位", "Units"), |row: &RejectedReason| {
            Cell::Figure(Some(row.units as f64), 0)
        })
        .number()
        .in_narrow()
        .sort_number(|row| Some(row.units as f64)),
        Column::new(t(lang, "最近一次", "Newest upload"), |row: &RejectedReason| {
            Cell::text(row.last_at.clone())
        })
        .show(move |row| {
            let upload = Some(row.upload_id.to_string());
            let at = row.last_at.get(..16).unwrap_or(&row.last_at).to_owned();
            view! { <a href=move || url.href_with("/uploads", &[("upload", upload.clone())])>{at}</a> }
        })
        .sort_text(|row| row.last_at.clone()),
    ]
}
