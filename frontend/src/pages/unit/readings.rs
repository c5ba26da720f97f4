//! Raw readings of the chosen item, newest value with the values it replaced, a page at a time.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::{ReadingList, ReadingRow, UnitDetail};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::UnitCode;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::{sender, unit_words};
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{push_pair, use_url_state};

#[component]
pub fn ReadingsPanel(data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = expect_context::<UnitCode>();
    let load = use_load::<ReadingList>(move || {
        let day = url.get("day");
        let (from, to) = data.with(|it| match &day {
            Some(day) => (day.clone(), day.clone()),
            None => (it.scope.from.clone(), it.scope.to.clone()),
        });
        let mut query = format!("from={from}&to={to}&limit=24");
        push_pair(&mut query, "data_code", url.get("readings").as_deref());
        push_pair(&mut query, "cursor", url.get("after").as_deref());
        Some(code.path(&format!("/readings?{query}")))
    });
    let subtitle = move || {
        let item =
            url.get("readings").unwrap_or_else(|| t(lang, "全部采集项", "all items").to_owned());
        let day = url.get("day").map_or_else(String::new, |it| format!(" · {it}"));
        let total = load.data.with(|it| it.as_ref().map_or(0, |it| it.page.total));
        match lang {
            Lang::Zh => format!("{item}{day} · 共 {total} 条"),
            Lang::En => format!("{item}{day}, {total} in all"),
        }
    };
    view! {
        <Panel id="readings" title=t(lang, "原始读数", "Readings") subtitle=Signal::derive(subtitle)>
            <Loaded load height=200 let:list>
                {
                    let rows = Memo::new(move |_| list.with(|it| it.rows.clone()));
                    view! {
                        <DataTable
                            label=t(lang, "原始读数", "Readings")
                            columns=columns(lang)
                            rows
                            key=|row: &ReadingRow| format!("{} {} {}", row.data_code, row.stat_type, row.stat_date)
                            empty=t(lang, "没有读数。", "No readings.")
                        />
                        <p class="pager">
                            {move || url.get("day").map(|day| view! {
                                <button type="button" class="control" on:click=move |_| url.set(&[("day", None), ("after", None)])>{day}" ×"</button>
                            })}
                            {move || url.get("readings").map(|_| view! {
                                <button type="button" class="control" on:click=move |_| url.set(&[("readings", None), ("after", None)])>{t(lang, "全部采集项", "All items")}</button>
                            })}
                            {move || url.get("after").map(|_| view! {
                                <button type="button" class="control" on:click=move |_| url.set(&[("after", None)])>{t(lang, "回首页", "First page")}</button>
                            })}
                            {move || list.with(|it| it.page.next.clone()).map(|cursor| view! {
                                <button type="button" class="control" on:click=move |_| url.set(&[("after", Some(cursor.clone()))])>{t(lang, "下一页", "Next page")}</button>
                            })}
                        </p>
                    }
                }
            </Loaded>
        </Panel>
    }
}

pub fn columns(lang: Lang) -> Vec<Column<ReadingRow>> {
    vec![
        Column::new(t(lang, "时间", "Period starts"), |row: &ReadingRow| {
            Cell::text(row.stat_date.clone())
        })
        .keep(),
        Column::new(t(lang, "数据编码", "Data code"), |row: &ReadingRow| {
            Cell::text(row.data_code.clone())
        }),
        Column::new(t(lang, "频率", "Rhythm"), move |row: &ReadingRow| {
            Cell::text(match row.stat_type {
                0 => t(lang, "实时", "real-time"),
                1 => t(lang, "日", "day"),
                2 => t(lang, "月", "month"),
                _ => t(lang, "年", "year"),
            })
        })
        .keep(),
        Column::new(t(lang, "数值", "Value"), |row: &ReadingRow| {
            Cell::Figure(Some(row.value), 4)
        })
        .number()
        .keep(),
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
        .keep()
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
