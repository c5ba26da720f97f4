//! The units with the largest rise, each a link to its page.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::dual_control::{DualControl, UnitDelta};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::panel::Panel;
use crate::components::selecting::adds_to_selection;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::{city_unit, span_short, ten_thousands};
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, toggle_value, use_url_state};

/// Rows of the panel; the whole list is the units page sorted by change.
const SHOWN: usize = 12;

#[component]
pub fn GrowthPanel(data: Signal<Arc<DualControl>>, waiting: Signal<bool>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| {
        data.get().largest_rises.iter().take(SHOWN).cloned().collect::<Vec<_>>()
    });
    let subtitle = move || {
        let data = data.get();
        let scope = &data.scope;
        let before = span_short(&scope.compare_from, &scope.compare_to, lang);
        match lang {
            Lang::Zh => format!(
                "{}，较 {}",
                span_short(&scope.from, &scope.to, lang),
                year_and(&scope.compare_from, &before)
            ),
            Lang::En => format!("{} against {before}", span_short(&scope.from, &scope.to, lang)),
        }
    };
    let empty = move || {
        let others =
            data.with(|it| it.scope.compare_region.is_some() || it.scope.compare_peers.is_some());
        let why = match others {
            true => t(
                lang,
                "与别的区或同行比较时，单位不与自己去年比，没有增量。",
                "Compared with others, a unit has no rise of its own.",
            ),
            false => t(lang, "没有可列出的增量。", "There is no rise to list in this comparison."),
        };
        why.to_owned()
    };
    view! {
        <Panel id="largest_rises" title=t(lang, "增量最大的单位", "Largest rises") subtitle=Signal::derive(subtitle)>
            <div class:stale=waiting aria-busy=move || waiting.get().to_string()>
                <DataTable
                    label=t(lang, "增量最大的单位", "Units with the largest rise")
                    columns=columns(lang, url)
                    rows
                    key=|row: &UnitDelta| row.unit.enterprise_code.clone()
                    on_select=Callback::new(move |code: String| url.update(|it| toggle_value(&mut it.units, code, adds_to_selection())))
                    selected=Memo::new(move |_| url.selection.with(|it| it.units.clone()))
                    empty=Signal::derive(empty)
                />
            </div>
            <p class="more"><a href=move || url.href("/units")>{t(lang, "看全部单位", "All units")}</a></p>
        </Panel>
    }
}

fn year_and(from: &str, span: &str) -> String {
    match from.get(..4) {
        Some(year) if !span.contains('年') => format!("{year}年{span}"),
        _ => span.to_owned(),
    }
}

fn columns(lang: Lang, url: UrlState) -> Vec<Column<UnitDelta>> {
    vec![
        Column::new(t(lang, "单位", "Unit"), |row: &UnitDelta| Cell::text(row.unit.name.clone()))
            .in_narrow()
            .show(move |row| {
                let path = format!("/units/{}", row.unit.enterprise_code);
                view! { <a href=move || url.href(&path)>{row.unit.name.clone()}</a> }
            }),
        Column::new(t(lang, "区", "District"), move |row: &UnitDelta| {
            Cell::text(lang.pick(&row.unit.region.zh, &row.unit.region.en))
        }),
        Column::new(t(lang, "行业", "Industry"), |row: &UnitDelta| {
            Cell::text(row.unit.industry.code.clone())
        })
        .in_narrow()
        .show(move |row| {
            let name = lang.pick(&row.unit.industry.zh, &row.unit.industry.en).to_owned();
            view! { <span title=name>{row.unit.industry.code.clone()}</span> }
        }),
        Column::new(t(lang, "能耗", "Energy"), |row: &UnitDelta| {
            Cell::Figure(row.total.value.map(ten_thousands), 1)
        })
        .unit(city_unit(lang))
        .number()
        .in_narrow()
        .sort_number(|row| row.total.value),
        Column::new(t(lang, "增量", "Rise"), |row: &UnitDelta| {
            Cell::Figure(Some(ten_thousands(row.delta_tce)), 2)
        })
        .unit(city_unit(lang))
        .number()
        .in_narrow()
        .show(
            |row| view! { <b class="worse">{number::signed(ten_thousands(row.delta_tce), 2)}</b> },
        )
        .sort_number(|row| Some(row.delta_tce)),
        Column::new(t(lang, "变化", "Change"), |row: &UnitDelta| Cell::Change(row.total.change))
            .number()
            .class("roomy")
            .sort_number(|row| row.total.change),
    ]
}
