//! Who looked at the unit's data, by day; and what the list does not hold.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::sharing::{LookList, LookRow};
use nengce_shared::lang::Lang;

use super::words;
use crate::components::pager::Pager;
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::{push_pair, use_url_state};

/// Filters of the address, and the parameters of the API that they are.
pub(super) const FILTERS: [(&str, &str); 2] = [("since", "from"), ("until", "to")];

#[component]
pub(super) fn LooksPanel(data: Signal<Arc<LookList>>, code: Memo<String>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let day = move |key: &'static str, label: &'static str| {
        view! {
            <label class="chip">
                <span class="chip-name">{label}</span>
                <input
                    type="date"
                    data-testid=format!("looks-{key}")
                    prop:value=move || url.get(key).unwrap_or_default()
                    on:change=move |event| {
                        let value = event_target_value(&event);
                        url.set(&[(key, (!value.is_empty()).then_some(value)), ("cursor", None)]);
                    }
                />
            </label>
        }
    };
    let file = move || {
        ["csv", "xlsx"].map(|format| {
            let mut query = format!("format={format}");
            for (key, parameter) in FILTERS {
                push_pair(&mut query, parameter, url.get(key).as_deref());
            }
            let path = format!("/api/v1/units/{}/looks?{query}", code.get());
            view! { <a class="control" href=path rel="external" download>{format.to_uppercase()}</a> }
        }).collect_view()
    };
    let note = Signal::derive(move || data.with(|it| words::not_in_list(it, lang)));
    view! {
        <Panel id="looks" title=t(lang, "查看记录", "Looks") subtitle=t(lang, "每天、每人、每类页面一行 · 新的在前", "one row for each day, person and kind of page, newest first") note>
            <div class="chips inline">
                {day("since", t(lang, "自", "From"))}
                {day("until", t(lang, "至", "to"))}
                {file}
            </div>
            <DataTable
                label=t(lang, "谁看过本单位数据", "Who looked at the unit's data")
                columns=columns(lang)
                rows
                key=|row: &LookRow| row.number.to_string()
                empty=t(lang, "所选日期内没有记录。", "Nothing is recorded in these days.")
            />
            <Pager next=Signal::derive(move || data.with(|it| it.page.next.clone())) />
        </Panel>
    }
}

fn columns(lang: Lang) -> Vec<Column<LookRow>> {
    vec![
        Column::new(t(lang, "日期", "Day"), |it: &LookRow| Cell::text(it.day.clone())).in_narrow(),
        Column::new(t(lang, "何人", "Who"), move |it: &LookRow| {
            Cell::text(lang.pick(&it.name_zh, &it.name_en))
        })
        .in_narrow(),
        Column::new(t(lang, "身份", "In what capacity"), move |it: &LookRow| {
            Cell::text(words::capacity(it, lang))
        })
        .in_narrow()
        .class("narrow"),
        Column::new(t(lang, "看了什么", "Looked at"), move |it: &LookRow| {
            Cell::text(words::what(&it.what, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "次数", "Times"), |it: &LookRow| {
            Cell::Figure(Some(f64::from(it.times)), 0)
        })
        .number(),
        Column::new(t(lang, "最早", "First"), |it: &LookRow| Cell::text(it.first.clone())),
        Column::new(t(lang, "最晚", "Last"), |it: &LookRow| Cell::text(it.last.clone())),
    ]
}
