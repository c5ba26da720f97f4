//! The first step of a list: the units that it counts, the largest first, with their sum.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::{UnitList, UnitRow};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::DrillDown;
use crate::components::filter_bar::words;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable, Sorting};
use crate::data::meta::use_meta;
use crate::export::Cell;
use crate::export::period::ExportScope;
use crate::i18n::{t, use_lang};
use crate::load::{fetch_ahead, use_load};
use crate::url_state::{Selection, push_pair, use_url_state};

/// Units of one list; the rest comes by pages.
const PAGE_ROWS: &str = "1000";

/// The column of the energy, which sorts at first.
const ENERGY: usize = 3;

fn path(narrowed: &Selection, cursor: Option<&str>) -> String {
    let mut query = narrowed.api_query();
    push_pair(&mut query, "limit", Some(PAGE_ROWS));
    push_pair(&mut query, "cursor", cursor);
    format!("/api/v1/units?{query}")
}

/// Fetches what the list of a mark opens with.
pub fn prefetch(selection: &Selection, drill_down: &DrillDown, version: u64, lang: Lang) {
    let narrowed = selection.narrowed(drill_down.pairs());
    fetch_ahead::<UnitList>(path(&narrowed, None), version, lang);
}

#[component]
pub fn Units(drill_down: Memo<DrillDown>) -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let cursor = RwSignal::new(None::<String>);
    let narrowed = Memo::new(move |_| url.selection.get().narrowed(drill_down.get().pairs()));
    let load = use_load::<UnitList>(move || Some(path(&narrowed.get(), cursor.get().as_deref())));
    let of = Signal::derive(move || {
        let shown =
            load.data.with(|it| it.as_ref().map(|it| (it.scope.from.clone(), it.scope.to.clone())));
        meta.with(|it| words(&narrowed.get(), shown, it.as_deref(), lang))
    });
    provide_context(ExportScope(of));
    view! {
        <Panel id="drill-down-units" title=t(lang, "图后清单：用能单位", "The list behind: units") subtitle=of>
            <Loaded load height=300 let:list>
                <Sum list />
                <Rows list drill_down />
                <p class="pager">
                    {move || cursor.get().map(|_| view! {
                        <button type="button" class="control" on:click=move |_| cursor.set(None)>{t(lang, "回首页", "First page")}</button>
                    })}
                    {move || list.with(|it| it.page.next.clone()).map(|next| view! {
                        <button type="button" class="control" on:click=move |_| cursor.set(Some(next.clone()))>{t(lang, "下一页", "Next page")}</button>
                    })}
                </p>
            </Loaded>
        </Panel>
    }
}

fn sum(list: &UnitList) -> f64 {
    list.rows.iter().filter_map(|it| it.total.value).sum()
}

#[component]
fn Sum(list: Signal<Arc<UnitList>>) -> impl IntoView {
    let lang = use_lang();
    let value = move || list.with(|it| number::unit_tce(Some(sum(it))));
    let words = move || {
        list.with(|it| {
            let (rows, all) = (it.rows.len(), it.page.total);
            let tce = number::grouped(sum(it), 0);
            let completeness = number::completeness(it.scope.completeness);
            match lang {
                Lang::Zh if rows as u64 == all => {
                    format!("{all} 家，合计 {tce} tce；完整率 {completeness}")
                }
                Lang::Zh => format!("{rows} / {all} 家，本页合计 {tce} tce；完整率 {completeness}"),
                Lang::En if rows as u64 == all => {
                    format!("{all} units, {tce} tce together; completeness {completeness}")
                }
                Lang::En => format!(
                    "{rows} of {all} units, {tce} tce on this page; completeness {completeness}"
                ),
            }
        })
    };
    view! { <p class="answer" data-testid="drill-down-sum" data-value=value>{words}</p> }
}

#[component]
fn Rows(list: Signal<Arc<UnitList>>, drill_down: Memo<DrillDown>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let all = Memo::new(move |_| list.with(|it| sum(it)));
    let rows = Memo::new(move |_| list.with(|it| it.rows.clone()));
    let sorting = RwSignal::new(Some(Sorting { column: ENERGY, descending: true }));
    let open = Callback::new(move |code: String| {
        url.open_drill_down(&drill_down.get_untracked().with("unit", code));
    });
    view! {
        <DataTable
            label=t(lang, "图后清单", "The list behind")
            columns=columns(lang, all)
            rows
            key=|row: &UnitRow| row.unit.enterprise_code.clone()
            sorting
            on_select=open
            empty=t(lang, "所选条件下没有单位。", "No units match.")
        />
    }
}

fn columns(lang: Lang, all: Memo<f64>) -> Vec<Column<UnitRow>> {
    let share = move |row: &UnitRow| {
        let all = all.get();
        row.total.value.filter(|_| all > 0.0).map(|it| it / all)
    };
    vec![
        Column::new(t(lang, "单位", "Unit"), |row: &UnitRow| Cell::text(row.unit.name.clone()))
            .in_narrow()
            .sort_text(|row| row.unit.name.clone()),
        Column::new(t(lang, "区", "District"), move |row: &UnitRow| {
            Cell::text(lang.pick(&row.unit.region.zh, &row.unit.region.en))
        })
        .sort_text(|row| row.unit.region.code.clone()),
        Column::new(t(lang, "行业", "Industry"), move |row: &UnitRow| {
            let it = &row.unit.industry;
            let words = format!("{} {}", it.code, lang.pick(&it.zh, &it.en));
            Cell::text(words.trim().to_owned())
        })
        .sort_text(|row| row.unit.industry.code.clone()),
        Column::new(t(lang, "能耗", "Energy"), |row: &UnitRow| Cell::Figure(row.total.value, 0))
            .unit("tce")
            .number()
            .in_narrow()
            .sort_number(|row| row.total.value),
        Column::new(t(lang, "占比", "Share"), move |row: &UnitRow| Cell::Percent(share(row)))
            .number()
            .sort_number(share),
        Column::new(t(lang, "较对比期", "Change"), |row: &UnitRow| {
            Cell::Change(row.total.change)
        })
        .number()
        .in_narrow()
        .sort_number(|row| row.total.change),
        Column::new(t(lang, "完整率", "Completeness"), |row: &UnitRow| {
            Cell::text(number::completeness(row.completeness))
        })
        .number()
        .sort_number(|row| row.completeness),
        Column::new(t(lang, "统一社会信用代码", "Credit code"), |row: &UnitRow| {
            Cell::text(row.unit.enterprise_code.clone())
        })
        .class("roomy"),
    ]
}
