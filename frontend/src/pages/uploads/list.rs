//! The uploads, newest first; a click on a row opens its rejected entries.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::common::UnitRef;
use nengce_shared::api::unit::UnitList;
use nengce_shared::api::upload::{UploadList, UploadRow};
use nengce_shared::lang::Lang;

use crate::components::filter_bar::{Chip, ChipOption};
use crate::components::pager::Pager;
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::upload_kind;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{UrlState, use_url_state};

#[component]
pub fn UploadsPanel(data: Signal<Arc<UploadList>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let subtitle = move || {
        let total = data.with(|it| it.page.total);
        match lang {
            Lang::Zh => format!("共 {total} 次 · 点行看拒收"),
            Lang::En => format!("{total} in all; a click on a row shows what was rejected"),
        }
    };
    let selected = Signal::derive(move || url.get("upload"));
    let kinds = ["energy", "config", "metering", "import"]
        .map(|it| ChipOption::new(it, upload_kind(it, lang), ""))
        .to_vec();
    let only = move || url.get("rejected").is_some();
    let listed = use_load::<UnitList>(|| Some("/api/v1/units?limit=2000".to_owned()));
    let units = Signal::derive(move || {
        let option = |unit: &UnitRef| ChipOption::new(&unit.enterprise_code, &unit.name, "");
        listed.data.with(|it| {
            it.as_ref()
                .map_or_else(Vec::new, |it| it.rows.iter().map(|row| option(&row.unit)).collect())
        })
    });
    let reset = |key: &'static str, value: Option<String>| {
        [(key, value), ("cursor", None), ("upload", None)]
    };
    let day = move |key: &'static str, words: &'static str| {
        let select = move |event| {
            let selected = event_target_value(&event);
            url.set(&reset(key, Some(selected).filter(|it| !it.is_empty())));
        };
        view! {
            <label class="chip">
                <span class="chip-name">{words}</span>
                <input
                    type="date"
                    data-testid=format!("uploads-{key}")
                    prop:value=move || url.get(key).filter(|it| it.len() == 10).unwrap_or_default()
                    on:change=select
                />
            </label>
        }
        .into_any()
    };
    view! {
        <Panel id="uploads" title=t(lang, "上报记录", "Uploads") subtitle=Signal::derive(subtitle)>
            <div class="chips inline">
                <Chip
                    name=t(lang, "类型", "Kind")
                    all=t(lang, "全部", "All")
                    options=Signal::stored(kinds)
                    value=Signal::derive(move || url.get("kind"))
                    on_select=move |it| url.set(&reset("kind", it))
                />
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || only().to_string()
                    data-testid="only-rejected"
                    on:click=move |_| url.set(&reset("rejected", (!only()).then(|| "true".to_owned())))
                >
                    {t(lang, "只看有拒收", "Only with rejected")}
                </button>
                {day("since", t(lang, "接收自", "From"))}
                {day("until", t(lang, "至", "to"))}
                <Chip
                    name=t(lang, "单位", "Unit")
                    all=t(lang, "全部", "All")
                    options=units
                    value=Signal::derive(move || url.get("unit"))
                    on_select=move |it| url.set(&reset("unit", it))
                />
            </div>
            <DataTable
                label=t(lang, "上报记录", "Uploads")
                columns=columns(lang, url)
                rows
                key=|row: &UploadRow| row.upload_id.to_string()
                selected=Signal::derive(move || selected.get().into_iter().collect::<Vec<_>>())
                on_select=Callback::new(move |id| url.set(&[("upload", Some(id))]))
                empty=t(lang, "所选条件下没有上报。", "No uploads match.")
            />
            <Pager next=Signal::derive(move || data.with(|it| it.page.next.clone())) />
        </Panel>
    }
}

fn columns(lang: Lang, url: UrlState) -> Vec<Column<UploadRow>> {
    let count = |head: &'static str, of: fn(&UploadRow) -> u32| {
        Column::new(head, move |row: &UploadRow| Cell::Figure(Some(of(row).into()), 0))
            .number()
            .sort_number(move |row| Some(of(row).into()))
    };
    vec![
        Column::new(t(lang, "接收时间", "Received"), |row: &UploadRow| {
            Cell::text(row.received_at.clone())
        })
        .in_narrow()
        .show(|row| row.received_at.get(5..16).unwrap_or_default().to_owned())
        .sort_text(|row| row.received_at.clone()),
        Column::new(t(lang, "单位", "Unit"), |row: &UploadRow| {
            Cell::text(row.unit_name.clone().unwrap_or_else(|| row.enterprise_code.clone()))
        })
        .in_narrow()
        .show(move |row| {
            let path = format!("/units/{}", row.enterprise_code);
            let name = row.unit_name.clone().unwrap_or_else(|| row.enterprise_code.clone());
            view! { <a href=move || url.href(&path)>{name}</a> }
        }),
        Column::new(t(lang, "类型", "Kind"), move |row: &UploadRow| {
            Cell::text(upload_kind(&row.kind, lang))
        }),
        count(t(lang, "条目", "Entries"), |it| it.entries).in_narrow(),
        count(t(lang, "新存", "Stored"), |it| it.stored),
        count(t(lang, "未变", "Unchanged"), |it| it.unchanged),
        count(t(lang, "替换", "Replaced"), |it| it.replaced),
        count(t(lang, "拒收", "Rejected"), |it| it.rejected)
            .in_narrow()
            .show(|row| view! { <span class:lv1-text=row.rejected != 0>{row.rejected}</span> }),
        Column::new(t(lang, "数据期", "Periods"), |row: &UploadRow| Cell::text(span(row))),
        Column::new(t(lang, "计入", "Counted"), move |row: &UploadRow| {
            Cell::text(if row.counted {
                t(lang, "是", "yes")
            } else {
                t(lang, "待批准", "awaits approval")
            })
        }),
    ]
}

fn span(row: &UploadRow) -> String {
    let day =
        |it: &Option<String>| it.as_deref().and_then(|it| it.get(..10)).unwrap_or("—").to_owned();
    match (day(&row.first_stat_date), day(&row.last_stat_date)) {
        (a, b) if a == b => a,
        (a, b) => format!("{a} – {b}"),
    }
}
