//! The rejected entries of the selected upload: entry, field and reason; to download, mend and import.

use leptos::prelude::*;
use nengce_shared::api::upload::{RejectedList, RejectedRow};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

#[component]
pub fn RejectedPanel() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let load = use_load::<RejectedList>(move || {
        url.get("upload").map(|id| format!("/api/v1/uploads/{id}/rejected"))
    });
    let subtitle = move || match (url.get("upload"), lang) {
        (Some(id), Lang::Zh) => format!("上报号 {id}"),
        (Some(id), Lang::En) => format!("upload {id}"),
        (None, _) => String::new(),
    };
    let download = move |format: &'static str| {
        let id = url.get("upload").unwrap_or_default();
        format!("/api/v1/uploads/{id}/rejected?format={format}&lang={}", lang.as_str())
    };
    view! {
        <Panel id="rejected" title=t(lang, "拒收条目", "Rejected entries") subtitle=Signal::derive(subtitle)>
            <Show
                when=move || url.get("upload").is_some()
                fallback=move || view! { <p class="state">{t(lang, "点一次上报，看它的拒收条目。", "Choose an upload to see what was rejected of it.")}</p> }
            >
                <Loaded load height=160 let:data>
                    {
                        let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
                        view! {
                            <DataTable
                                label=t(lang, "拒收条目", "Rejected entries")
                                columns=columns(lang)
                                rows
                                key=|row: &RejectedRow| format!("{}-{}", row.index, row.field)
                                empty=t(lang, "这次上报没有拒收。", "Nothing of this upload was rejected.")
                            />
                            {move || data.with(|it| missing(lang, it)).map(|it| view! { <p class="note" data-testid="rejected-missing">{it}</p> })}
                            <Show when=move || rows.with(|it| !it.is_empty())>
                                <p class="pager">
                                    <a class="control" rel="external" href=move || download("csv") data-testid="rejected-csv">{t(lang, "下载 CSV", "Download CSV")}</a>
                                    <a class="control" rel="external" href=move || download("xlsx")>{t(lang, "下载 XLSX", "Download XLSX")}</a>
                                    <a class="control" href=move || url.href("/import") data-testid="import-mended">{t(lang, "导入改好的文件", "Import the mended file")}</a>
                                </p>
                            </Show>
                        }
                    }
                </Loaded>
            </Show>
        </Panel>
    }
}

/// What the list does not show: rows of further pages, and entries that were only counted.
fn missing(lang: Lang, it: &RejectedList) -> Option<String> {
    let more = it.page.total.saturating_sub(it.rows.len() as u64);
    let said = match (more, it.not_kept, lang) {
        (0, 0, _) => return None,
        (0, lost, Lang::Zh) => format!("另有 {lost} 条只计数，未留存原文。"),
        (0, lost, Lang::En) => format!("{lost} more were counted only."),
        (more, 0, Lang::Zh) => format!("另有 {more} 条，见下载的文件。"),
        (more, 0, Lang::En) => format!("{more} more are in the downloaded file."),
        (more, lost, Lang::Zh) => {
            format!("另有 {more} 条，见下载的文件；还有 {lost} 条只计数，未留存原文。")
        }
        (more, lost, Lang::En) => {
            format!("{more} more are in the downloaded file; {lost} were counted only.")
        }
    };
    Some(said)
}

fn columns(lang: Lang) -> Vec<Column<RejectedRow>> {
    vec![
        Column::new(t(lang, "序号", "Index"), |row: &RejectedRow| {
            Cell::Figure(Some(row.index.into()), 0)
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "字段", "Field"), |row: &RejectedRow| Cell::text(row.field.clone()))
            .in_narrow(),
        Column::new(t(lang, "原因", "Reason"), move |row: &RejectedRow| {
            Cell::text(lang.pick(&row.reason_zh, &row.reason_en))
        })
        .in_narrow()
        .class("sentence")
        .show(move |row| {
            view! {
                {lang.pick(&row.reason_zh, &row.reason_en).to_owned()}
                " "<code class="note breaks">{row.code.clone()}</code>
                <details>
                    <summary>{t(lang, "原文", "Entry as sent")}</summary>
                    <code class="breaks">{row.entry.clone()}</code>
                </details>
            }
        }),
    ]
}
