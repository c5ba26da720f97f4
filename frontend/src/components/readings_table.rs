//! A page of readings as a table: each with its unit, its sender, and the values it replaced.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit_readings::{ReadingList, ReadingRow};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::stat_type::StatType;

use super::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::{sender, unit_words};
use crate::i18n::{t, use_lang};

#[component]
pub fn ReadingsTable(list: Signal<Arc<ReadingList>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| list.with(|it| it.rows.clone()));
    view! {
        <DataTable
            label=t(lang, "原始读数", "Readings")
            columns=columns(lang)
            rows
            key=|row: &ReadingRow| format!("{} {} {}", row.data_code, row.stat_type, row.stat_date)
            empty=t(lang, "没有读数。", "No readings.")
        />
    }
}

fn columns(lang: Lang) -> Vec<Column<ReadingRow>> {
    vec![
        Column::new(t(lang, "时间", "Period starts"), |row: &ReadingRow| {
            Cell::text(row.stat_date.clone())
        })
        .in_narrow(),
        Column::new(t(lang, "数据编码", "Data code"), |row: &ReadingRow| {
            Cell::text(row.data_code.clone())
        }),
        Column::new(t(lang, "频率", "Frequency"), move |row: &ReadingRow| {
            Cell::text(match row.stat_type {
                StatType::RealTime => t(lang, "实时", "real-time"),
                StatType::Day => t(lang, "日", "day"),
                StatType::Month => t(lang, "月", "month"),
                StatType::Year => t(lang, "年", "year"),
            })
        })
        .in_narrow(),
        Column::new(t(lang, "数值", "Value"), |row: &ReadingRow| {
            Cell::Figure(Some(row.value), 4)
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "单位", "Unit"), move |row: &ReadingRow| {
            Cell::text(row.unit.as_deref().map_or_else(String::new, |it| unit_words(it, lang)))
        }),
        Column::new(t(lang, "有效", "Valid"), move |row: &ReadingRow| {
            Cell::text(if row.valid { t(lang, "是", "yes") } else { t(lang, "否", "no") })
        }),
        Column::new(t(lang, "接收时间", "Received"), |row: &ReadingRow| {
            Cell::text(row.received_at.clone())
        }),
        Column::new(t(lang, "来源", "Sent by"), |row: &ReadingRow| {
            Cell::text(sender(&row.sent_by))
        }),
        Column::new(t(lang, "被替换的值", "Values it replaced"), |row: &ReadingRow| {
            Cell::text(history(row))
        })
        .in_narrow()
        .class("sentence"),
    ]
}

fn history(row: &ReadingRow) -> String {
    row.history
        .iter()
        .map(|it| format!("{} ({})", number::grouped(it.value, 4), it.replaced_at))
        .collect::<Vec<_>>()
        .join("; ")
}
