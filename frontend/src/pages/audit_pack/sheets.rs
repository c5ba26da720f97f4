//! The tables of the pack: which are filled from data, which stay a form, and what their notes say.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::audit_pack::{AuditPack, PackSheet};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn SheetsPanel(data: Signal<Arc<AuditPack>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| data.with(|it| it.sheets.clone()));
    view! {
        <Panel
            id="pack-sheets"
            title=t(lang, "表格与来源", "Tables and their sources")
            subtitle=t(lang, "文件为中文，按审计报告的表号", "the files are Chinese, numbered as the audit report is")
        >
            <DataTable
                label=t(lang, "资料包的表格", "Tables of the pack")
                columns=columns(lang)
                rows
                key=|row: &PackSheet| row.no.clone()
            />
        </Panel>
    }
}

fn state(word: &str, lang: Lang) -> &'static str {
    match word {
        "filled" => t(lang, "已由数据填写", "filled from data"),
        "partly" => t(lang, "部分由数据填写", "partly filled"),
        _ => t(lang, "待单位填写", "empty form"),
    }
}

/// Cells that hold something, of all cells.
fn known(sheet: &PackSheet) -> (usize, usize) {
    let cells = || sheet.rows.iter().flatten();
    let known = cells().filter(|it| it.text.is_some() || it.number.is_some()).count();
    (known, cells().count())
}

fn notes(sheet: &PackSheet, lang: Lang) -> String {
    let all: Vec<&str> = sheet.notes.iter().map(|it| lang.pick(&it.zh, &it.en)).collect();
    all.join(" ")
}

fn columns(lang: Lang) -> Vec<Column<PackSheet>> {
    let number = move |row: &PackSheet| match row.no.as_str() {
        "fig" => t(lang, "图", "figure").to_owned(),
        no => no.to_owned(),
    };
    vec![
        Column::new(t(lang, "表号", "No."), move |row: &PackSheet| Cell::text(number(row))).in_narrow(),
        Column::new(t(lang, "表名", "Table"), move |row: &PackSheet| {
            Cell::text(lang.pick(&row.title.zh, &row.title.en))
        })
        .class("marks")
        .in_narrow(),
        Column::new(t(lang, "填写情况", "State"), move |row: &PackSheet| Cell::text(state(&row.state, lang)))
            .in_narrow()
            .show(move |row: &PackSheet| {
                view! { <span class="tag" data-sheet-state=row.state.clone()>{state(&row.state, lang)}</span> }
            }),
        Column::new(t(lang, "已填格数", "Cells known"), |row: &PackSheet| {
            let (known, all) = known(row);
            Cell::text(if all == 0 { String::new() } else { format!("{known} / {all}") })
        })
        .number(),
        Column::new(t(lang, "来源与未知", "Sources, and what is not known"), move |row: &PackSheet| {
            Cell::text(notes(row, lang))
        })
        .class("marks"),
    ]
}
