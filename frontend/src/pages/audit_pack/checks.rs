//! The cross-checks: the cell, both figures, why, and what to do. Failed ones first, then those that cannot be made.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::audit_pack::{AuditPack, PackCheck};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn ChecksPanel(data: Signal<Arc<AuditPack>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| {
        let mut rows = data.with(|it| it.checks.clone());
        rows.sort_by_key(|it| ["wrong", "unknown", "ok"].iter().position(|word| it.state == *word));
        rows
    });
    view! {
        <Panel
            id="pack-checks"
            title=t(lang, "校核", "Cross-checks")
            subtitle=t(lang, "单元格为 XLSX 中的位置", "cells are those of the XLSX")
            note=t(lang, "“无法校核”表示缺少数据，不等于通过。", "What cannot be checked has not passed.")
        >
            <DataTable
                label=t(lang, "校核结果", "Results of the checks")
                columns=columns(lang)
                rows
                key=|row: &PackCheck| format!("{} {} {:?}", row.code, row.title.en, row.cell)
            />
        </Panel>
    }
}

fn verdict(state: &str, lang: Lang) -> &'static str {
    match state {
        "ok" => t(lang, "通过", "passed"),
        "wrong" => t(lang, "不通过", "failed"),
        _ => t(lang, "无法校核", "cannot be checked"),
    }
}

fn figure(value: Option<f64>) -> String {
    let decimals = |it: f64| match it.abs() {
        it if it.fract() == 0.0 => 0,
        it if it >= 1_000.0 => 1,
        _ => 2,
    };
    value.map_or_else(|| number::MISSING.to_owned(), |it| number::grouped(it, decimals(it)))
}

/// The units of the checks that are Chinese in the tables.
fn unit(unit: &str, lang: Lang) -> String {
    match (unit, lang) {
        ("个月", Lang::En) => "months".to_owned(),
        ("吨", Lang::En) => "t".to_owned(),
        ("万千瓦时", Lang::En) => "10⁴ kWh".to_owned(),
        ("万立方米", Lang::En) => "10⁴ m³".to_owned(),
        ("吉焦", Lang::En) => "GJ".to_owned(),
        ("吨标准煤", Lang::En) => "tce".to_owned(),
        _ => unit_words(unit, lang),
    }
}

fn columns(lang: Lang) -> Vec<Column<PackCheck>> {
    let place = |row: &PackCheck| match &row.cell {
        Some(cell) => format!("{}!{cell}", row.sheet),
        None => row.sheet.clone(),
    };
    vec![
        Column::new(t(lang, "结论", "Result"), move |row: &PackCheck| Cell::text(verdict(&row.state, lang)))
            .in_narrow()
            .show(move |row: &PackCheck| {
                let words = verdict(&row.state, lang);
                view! { <span class:lv1-text=row.state == "wrong" class:better=row.state == "ok" data-state=row.state.clone()>{words}</span> }
            }),
        Column::new(t(lang, "校核内容", "Check"), move |row: &PackCheck| {
            Cell::text(lang.pick(&row.title.zh, &row.title.en))
        })
        .class("marks")
        .in_narrow(),
        Column::new(t(lang, "表!单元格", "Table!cell"), move |row: &PackCheck| Cell::text(place(row))).in_narrow(),
        Column::new(t(lang, "本表数", "Figure"), |row: &PackCheck| Cell::text(figure(row.found))).number(),
        Column::new(t(lang, "对照数", "Held against"), |row: &PackCheck| Cell::text(figure(row.against))).number(),
        Column::new(t(lang, "单位", "Unit"), move |row: &PackCheck| Cell::text(unit(&row.unit, lang))),
        Column::new(t(lang, "原因", "Reason"), move |row: &PackCheck| {
            Cell::text(lang.pick(&row.reason.zh, &row.reason.en))
        })
        .class("marks"),
        Column::new(t(lang, "处理", "What to do"), move |row: &PackCheck| {
            Cell::text(lang.pick(&row.remedy.zh, &row.remedy.en))
        })
        .class("marks"),
    ]
}
