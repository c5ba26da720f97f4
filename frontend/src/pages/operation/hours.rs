//! Uploads, entries and rejected entries of each of the last 48 hours, newest first.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::operation::{Operation, UploadHour};

use crate::components::panel::Panel;
use crate::components::spark::sparkline;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};

#[component]
pub fn HoursPanel(data: Signal<Arc<Operation>>) -> impl IntoView {
    let lang = use_lang();
    let rows =
        Memo::new(move |_| data.with(|it| it.hours.iter().rev().cloned().collect::<Vec<_>>()));
    let line = move || {
        let uploads =
            data.with(|it| it.hours.iter().map(|it| Some(it.uploads as f64)).collect::<Vec<_>>());
        sparkline(&uploads)
    };
    let title = t(lang, "每小时上报", "Uploads by hour");
    view! {
        <Panel id="hours" title subtitle=t(lang, "近 48 小时 · 本地时间", "last 48 hours · local time")>
            <p class="note">{line}</p>
            <div class="fold">
                <DataTable
                    label=title
                    columns=vec![
                        Column::new(t(lang, "小时", "Hour"), |row: &UploadHour| Cell::text(row.hour.clone()))
                            .in_narrow()
                            .sort_text(|row| row.hour.clone()),
                        count(t(lang, "上报", "Uploads"), |row| row.uploads),
                        count(t(lang, "条目", "Entries"), |row| row.entries),
                        count(t(lang, "拒收", "Rejected"), |row| row.rejected),
                    ]
                    rows
                    key=|row: &UploadHour| row.hour.clone()
                    empty=t(lang, "没有上报。", "There are no uploads.")
                />
            </div>
        </Panel>
    }
}

fn count(head: &'static str, of: fn(&UploadHour) -> u64) -> Column<UploadHour> {
    Column::new(head, move |row: &UploadHour| Cell::Figure(Some(of(row) as f64), 0))
        .number()
        .in_narrow()
        .sort_number(move |row| Some(of(row) as f64))
}
