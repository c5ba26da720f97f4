//! The state of today's uploads: approved units without one, and codes that no dictionary knows.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::common::UnitRef;
use nengce_shared::api::upload::{UnknownCode, UploadList};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn MissingPanel(data: Signal<Arc<UploadList>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.today.missing.clone()));
    let subtitle = move || {
        let n = rows.with(Vec::len);
        match lang {
            Lang::Zh => format!("{n} 家"),
            Lang::En => format!("{n} units"),
        }
    };
    let columns = vec![
        Column::new(t(lang, "单位", "Unit"), |row: &UnitRef| Cell::text(row.name.clone()))
            .in_narrow()
            .show(move |row| {
                let path = format!("/units/{}", row.enterprise_code);
                view! { <a href=move || url.href(&path)>{row.name.clone()}</a> }
            })
            .sort_text(|row| row.name.clone()),
        Column::new(t(lang, "区", "District"), move |row: &UnitRef| {
            Cell::text(lang.pick(&row.region.zh, &row.region.en))
        })
        .in_narrow()
        .sort_text(|row| row.region.code.clone()),
        Column::new(t(lang, "类别", "Class"), move |row: &UnitRef| {
            Cell::text(row.class.label(lang))
        })
        .in_narrow(),
    ];
    view! {
        <Panel id="missing" class="capped" title=t(lang, "今日未上报", "Not reported today") subtitle=Signal::derive(subtitle)>
            <DataTable
                label=t(lang, "今日未上报的单位", "Units that did not report today")
                columns
                rows
                key=|row: &UnitRef| row.enterprise_code.clone()
                empty=t(lang, "都已上报。", "All have reported.")
            />
        </Panel>
    }
}

#[component]
pub fn UnknownPanel(data: Signal<Arc<UploadList>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| data.with(|it| it.today.unknown_codes.clone()));
    let columns = vec![
        Column::new(t(lang, "数据编码", "Data code"), |row: &UnknownCode| {
            Cell::text(row.data_code.clone())
        })
        .in_narrow(),
        Column::new(t(lang, "单位数", "Units"), |row: &UnknownCode| {
            Cell::Figure(Some(row.units.into()), 0)
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "首次出现", "First seen"), |row: &UnknownCode| {
            Cell::text(row.first_seen.clone())
        })
        .in_narrow(),
    ];
    view! {
        <Panel
            id="unknown-codes"
            class="capped"
            title=t(lang, "字典之外的编码", "Codes not in the dictionary")
            subtitle=t(lang, "已存，不计入", "stored, not counted")
        >
            <DataTable
                label=t(lang, "字典之外的编码", "Codes not in the dictionary")
                columns
                rows
                key=|row: &UnknownCode| row.data_code.clone()
                empty=t(lang, "没有。", "None.")
            />
        </Panel>
    }
}
