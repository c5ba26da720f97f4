//! Data items: quantity × factor = tce, with the factor's source; a click shows the item's readings.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::{ItemRow, UnitDetail};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::panel::Panel;
use crate::components::spark::sparkline;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn ItemsPanel(data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.items.clone()));
    let against = Memo::new(move |_| url.selection.get().of_a_unit().against().word(lang));
    view! {
        <Panel
            id="items"
            title=t(lang, "采集项", "Data items")
            subtitle=t(lang, "用量 × 折标系数 = 标准煤 · 点行看读数与历史", "quantity × factor = tce; a click shows readings and history")
        >
            {move || view! {
                <DataTable
                    label=t(lang, "采集项", "Data items")
                    columns=columns(against.get(), lang)
                    rows
                    key=|row: &ItemRow| row.data_code.clone()
                    selected=Signal::derive(move || url.get("readings").into_iter().collect::<Vec<_>>())
                    on_select=Callback::new(move |code| url.set(&[("readings", Some(code)), ("after", None)]))
                    empty=t(lang, "还没有数据。", "No data yet.")
                />
            }}
        </Panel>
    }
}

fn columns(against: &'static str, lang: Lang) -> Vec<Column<ItemRow>> {
    vec![
        Column::new(t(lang, "采集项", "Item"), move |row: &ItemRow| Cell::text(lang.pick(&row.name_zh, &row.name_en)))
            .in_narrow()
            .show(move |row| {
                let colour = row.group.map(|it| format!("var(--e-{})", token(it.as_str())));
                view! {
                    <i class="swatch" style:background=colour></i>
                    <b>{lang.pick(&row.name_zh, &row.name_en).to_owned()}</b>
                    {process(&row.data_code).map(|code| view! { " "<span class="tag">{t(lang, "工序", "process")}" "{code}</span> })}
                    {(!row.in_dictionary).then(|| view! { <span class="tag">{t(lang, "字典之外", "not in dictionary")}</span> })}
                }
            })
            .sort_text(|row| row.name_zh.clone()),
        Column::new(t(lang, "数据编码", "Data code"), |row: &ItemRow| Cell::text(row.data_code.clone()))
            .sort_text(|row| row.data_code.clone()),
        Column::new(t(lang, "角色", "Role"), move |row: &ItemRow| Cell::text(role(row, lang))),
        Column::new(t(lang, "用量", "Quantity"), |row: &ItemRow| Cell::Figure(row.quantity, 2))
            .number()
            .in_narrow()
            .sort_number(|row| row.quantity),
        Column::new(t(lang, "单位", "Unit"), move |row: &ItemRow| {
            Cell::text(row.quantity_unit.as_deref().map_or_else(String::new, |it| unit_words(it, lang)))
        }),
        Column::new(t(lang, "折标系数", "Factor"), |row: &ItemRow| Cell::Figure(row.factor_kgce, 4))
            .unit("kgce")
            .number()
            .sort_number(|row| row.factor_kgce),
        Column::new(t(lang, "系数来源", "Factor from"), move |row: &ItemRow| Cell::text(factor_source(row, lang))),
        Column::new("tce", |row: &ItemRow| Cell::Figure(row.tce, 1))
            .number()
            .in_narrow()
            .sort_number(|row| row.tce),
        Column::new(against, |row: &ItemRow| Cell::Change(row.change))
            .number()
            .sort_number(|row| row.change),
        Column::new(t(lang, "日值来源", "Day values"), move |row: &ItemRow| Cell::text(day_source(row, lang))),
        Column::new(t(lang, "完整率", "Completeness"), |row: &ItemRow| Cell::text(number::completeness(row.completeness)))
            .number()
            .in_narrow()
            .sort_number(|row| row.completeness),
        Column::new(t(lang, "近 30 日", "30 days"), |_: &ItemRow| Cell::text(String::new())).show(|row| sparkline(&row.spark)),
    ]
}

/// The process of an item that is not of the whole plant.
fn process(data_code: &str) -> Option<String> {
    let code = data_code.get(..2)?;
    (code != "00").then(|| code.to_owned())
}

/// The colour token of an energy group.
fn token(group: &str) -> &str {
    match group {
        "electricity" => "elec",
        other => other,
    }
}

fn role(row: &ItemRow, lang: Lang) -> String {
    let word = match row.role.as_str() {
        "consumption" => t(lang, "消费", "consumption"),
        "output" => t(lang, "产出", "output"),
        "recovered" => t(lang, "回收", "recovered"),
        _ => t(lang, "未命名", "unnamed"),
    };
    match (row.counted, lang) {
        (true, _) => word.to_owned(),
        (false, Lang::Zh) => format!("{word}，不计入"),
        (false, Lang::En) => format!("{word}, not counted"),
    }
}

fn factor_source(row: &ItemRow, lang: Lang) -> String {
    match row.factor_source.as_deref() {
        None => String::new(),
        Some("default") => t(lang, "默认", "default").to_owned(),
        Some("equivalent") => t(lang, "等价", "equivalent").to_owned(),
        Some("measured") => t(lang, "实测", "measured").to_owned(),
        Some(other) => other.to_owned(),
    }
}

fn day_source(row: &ItemRow, lang: Lang) -> String {
    match row.day_source.as_deref() {
        Some("reported") => t(lang, "上报", "reported"),
        Some("summed") => t(lang, "小时求和", "summed"),
        Some("mixed") => t(lang, "上报与求和", "both"),
        _ => "",
    }
    .to_owned()
}
