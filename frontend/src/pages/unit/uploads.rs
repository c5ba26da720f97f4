//! The unit's newest uploads; the whole list is the uploads page.

use leptos::prelude::*;
use nengce_shared::api::upload::{UploadList, UploadRow};

use super::UnitCode;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::{time_short, upload_kind};
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

#[component]
pub fn UploadsPanel() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = expect_context::<UnitCode>();
    let load = use_load::<UploadList>(move || {
        Some(format!("/api/v1/uploads?unit={}&limit=10", code.0.get()))
    });
    let columns = move || {
        vec![
            Column::new(t(lang, "时间", "Received"), |row: &UploadRow| Cell::text(time_short(&row.received_at))).in_narrow(),
            Column::new(t(lang, "类型", "Kind"), move |row: &UploadRow| Cell::text(upload_kind(&row.kind, lang))).in_narrow(),
            Column::new(t(lang, "条目", "Entries"), |row: &UploadRow| Cell::Figure(Some(row.entries.into()), 0)).number().in_narrow(),
            Column::new(t(lang, "接收", "Stored"), |row: &UploadRow| Cell::Figure(Some((row.stored + row.replaced + row.unchanged).into()), 0))
                .number()
                .in_narrow(),
            Column::new(t(lang, "拒收", "Rejected"), |row: &UploadRow| Cell::Figure(Some(row.rejected.into()), 0))
                .number()
                .in_narrow()
                .show(move |row| {
                    let (id, unit) = (row.upload_id.to_string(), row.enterprise_code.clone());
                    match row.rejected {
                        0 => "0".into_any(),
                        n => view! {
                            <a href=move || url.href_with("/uploads", &[("unit", Some(unit.clone())), ("upload", Some(id.clone()))])>{n}</a>
                        }
                        .into_any(),
                    }
                }),
        ]
    };
    view! {
        <Panel id="unit-uploads" title=t(lang, "上报记录", "Uploads") subtitle=t(lang, "最近 10 次", "the newest ten")>
            <Loaded load height=200 let:data>
                {
                    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
                    view! {
                        <DataTable
                            label=t(lang, "上报记录", "Uploads")
                            columns=columns()
                            rows
                            key=|row: &UploadRow| row.upload_id.to_string()
                            empty=t(lang, "从未上报。", "Never reported.")
                        />
                    }
                }
            </Loaded>
            <p class="more">
                <a href=move || url.href_with("/uploads", &[("unit", Some(code.0.get()))])>{t(lang, "全部上报", "All uploads")}</a>
            </p>
        </Panel>
    }
}
