//! The columns of the list of replacements, and the two words by which a row is decided.

use leptos::prelude::*;
use nengce_shared::api::replacements::ReplacementRow;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::table::Column;
use crate::export::Cell;
use crate::format::{sender, time_short, unit_words};
use crate::i18n::t;
use crate::url_state::UrlState;

/// States by their word, in Chinese and English.
pub const STATES: [(&str, &str, &str); 4] = [
    ("open", "待批准", "waiting"),
    ("approved", "已批准", "approved"),
    ("refused", "已驳回", "refused"),
    ("superseded", "已被后来的值取代", "superseded"),
];

pub fn columns(
    lang: Lang,
    url: UrlState,
    decide: Callback<(u64, &'static str)>,
) -> Vec<Column<ReplacementRow>> {
    let value = move |value: f64, valid: bool| {
        let shown = number::grouped(value, 4);
        let shown = shown.trim_end_matches('0').trim_end_matches('.').to_owned();
        if valid { shown } else { format!("{shown}（{}）", t(lang, "无效", "invalid")) }
    };
    let state = move |row: &ReplacementRow| {
        let word = STATES
            .iter()
            .find(|it| it.0 == row.state)
            .map_or(row.state.as_str(), |it| t(lang, it.1, it.2));
        match (&row.decided_by, &row.decided_at) {
            (Some(by), Some(at)) => format!("{word} · {by} {}", time_short(at)),
            _ => word.to_owned(),
        }
    };
    vec![
        Column::new(t(lang, "单位", "Unit"), |row: &ReplacementRow| Cell::text(row.unit_name.clone()))
            .in_narrow()
            .show(move |row| {
                let path = format!("/units/{}", row.enterprise_code);
                view! { <a href=move || url.href(&path)>{row.unit_name.clone()}</a> }
            }),
        Column::new(t(lang, "数据编码", "Data code"), |row: &ReplacementRow| Cell::text(row.data_code.clone())),
        Column::new(t(lang, "数据时间", "Time"), |row: &ReplacementRow| Cell::text(row.stat_date.clone())).sort_text(|row| row.stat_date.clone()),
        Column::new(t(lang, "原值", "Old"), move |row: &ReplacementRow| Cell::text(value(row.old_value, row.old_valid))).number().in_narrow(),
        Column::new(t(lang, "新值", "New"), move |row: &ReplacementRow| Cell::text(value(row.new_value, row.new_valid))).number().in_narrow(),
        Column::new(t(lang, "单位", "In"), move |row: &ReplacementRow| Cell::text(row.unit.as_deref().map(|it| unit_words(it, lang)).unwrap_or_default())),
        Column::new(t(lang, "来源", "Sent by"), |row: &ReplacementRow| Cell::text(sender(&row.sent_by))),
        Column::new(t(lang, "接收", "Received"), |row: &ReplacementRow| Cell::text(row.received_at.clone()))
            .show(|row| time_short(&row.received_at).to_owned())
            .sort_text(|row| row.received_at.clone()),
        Column::new(t(lang, "处理", "Decision"), move |row: &ReplacementRow| Cell::text(state(row))).in_narrow().show(move |row| {
            if row.state != "open" {
                return state(row).into_any();
            }
            let id = row.replacement_id;
            let button = |deed: &'static str, words: &'static str| {
                view! { <button type="button" class="text-button" data-decision=deed on:click=move |_| decide.run((id, deed))>{words}</button> }
            };
            view! { {button("approve", t(lang, "批准", "Approve"))} {button("refuse", t(lang, "驳回", "Refuse"))} }.into_any()
        }),
    ]
}
