//! The second step of a list: the items of a unit's figure and their readings in the span.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::{ItemRow, UnitDetail};
use nengce_shared::api::unit_readings::ReadingList;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::DrillDown;
use crate::components::filter_bar::words;
use crate::components::panel::Panel;
use crate::components::readings_table::ReadingsTable;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::data::meta::use_meta;
use crate::export::Cell;
use crate::export::period::ExportScope;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{Selection, push_pair, use_url_state};

/// Readings of a page.
const PAGE_ROWS: &str = "200";

#[component]
pub fn Readings(drill_down: Memo<DrillDown>, code: String) -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let narrowed = Memo::new(move |_| url.selection.get().narrowed(drill_down.get().pairs()));
    let path = format!("/api/v1/units/{code}");
    let unit = use_load::<UnitDetail>({
        let path = path.clone();
        move || Some(format!("{path}?{}", narrowed.get().of_a_unit().api_query()))
    });
    let chosen = RwSignal::new(None::<String>);
    let cursor = RwSignal::new(None::<String>);
    let readings = use_load::<ReadingList>(move || {
        let (from, to) = unit
            .data
            .with(|it| it.as_ref().map(|it| (it.scope.from.clone(), it.scope.to.clone())))?;
        let mut query = format!("from={from}&to={to}");
        push_pair(&mut query, "limit", Some(PAGE_ROWS));
        push_pair(&mut query, "data_code", chosen.get().as_deref());
        push_pair(&mut query, "cursor", cursor.get().as_deref());
        Some(format!("{path}/readings?{query}"))
    });
    let title = Signal::derive({
        let code = code.clone();
        move || {
            unit.data.with(|it| it.as_ref().map_or_else(|| code.clone(), |it| it.unit.name.clone()))
        }
    });
    let of = Signal::derive(move || {
        let shown =
            unit.data.with(|it| it.as_ref().map(|it| (it.scope.from.clone(), it.scope.to.clone())));
        let selection = Selection { energy: narrowed.get().energy, ..narrowed.get().of_a_unit() };
        meta.with(|it| words(&selection, shown, it.as_deref(), lang))
    });
    let subtitle = Signal::derive(move || {
        let item = chosen.get().unwrap_or_else(|| t(lang, "全部采集项", "all items").to_owned());
        let all = readings.data.with(|it| it.as_ref().map_or(0, |it| it.page.total));
        match lang {
            Lang::Zh => format!("{item} · 共 {all} 条"),
            Lang::En => format!("{item}, {all} in all"),
        }
    });
    provide_context(ExportScope(of));
    let page = format!("/units/{code}");
    view! {
        <p class="drawer-way">
            <button type="button" class="control" on:click=move |_| url.open_drill_down(&drill_down.get_untracked().without_unit())>
                {t(lang, "← 单位清单", "← Units")}
            </button>
            <a href=move || url.href(&page)>{t(lang, "打开单位页", "Open the unit's page")}</a>
        </p>
        <Panel id="drill-down-items" title subtitle=of>
            <Loaded load=unit height=200 let:data>
                <Items data narrowed chosen cursor />
            </Loaded>
        </Panel>
        <Panel id="drill-down-readings" title=t(lang, "原始读数", "Readings") subtitle>
            <Loaded load=readings height=200 let:list>
                <ReadingsTable list />
                <p class="pager">
                    {move || chosen.get().map(|_| view! {
                        <button type="button" class="control" on:click=move |_| { chosen.set(None); cursor.set(None); }>{t(lang, "全部采集项", "All items")}</button>
                    })}
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

/// The items of the unit that the figure counts, of the selected energy alone.
#[component]
fn Items(
    data: Signal<Arc<UnitDetail>>,
    narrowed: Memo<Selection>,
    chosen: RwSignal<Option<String>>,
    cursor: RwSignal<Option<String>>,
) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| {
        let energy = narrowed.with(|it| it.energy.clone());
        let counts = |it: &&ItemRow| {
            it.counted && (energy.is_empty() || it.group.is_some_and(|it| energy.contains(&it)))
        };
        data.with(|it| it.items.iter().filter(counts).cloned().collect::<Vec<_>>())
    });
    let sum = Memo::new(move |_| rows.with(|it| it.iter().filter_map(|it| it.tce).sum::<f64>()));
    let pick = Callback::new(move |code: String| {
        cursor.set(None);
        chosen.update(|it| *it = (it.as_ref() != Some(&code)).then_some(code));
    });
    view! {
        <p class="answer" data-testid="drill-down-sum" data-value=move || number::unit_tce(Some(sum.get()))>
            {move || match lang {
                Lang::Zh => format!("{} 项，合计 {} tce", rows.with(Vec::len), number::grouped(sum.get(), 1)),
                Lang::En => format!("{} items, {} tce together", rows.with(Vec::len), number::grouped(sum.get(), 1)),
            }}
        </p>
        <DataTable
            label=t(lang, "采集项", "Items")
            columns=columns(lang)
            rows
            key=|row: &ItemRow| row.data_code.clone()
            on_select=pick
            selected=Signal::derive(move || chosen.get().into_iter().collect::<Vec<_>>())
            empty=t(lang, "本期没有计入的采集项。", "No item counts in this span.")
        />
    }
}

fn columns(lang: Lang) -> Vec<Column<ItemRow>> {
    vec![
        Column::new(t(lang, "采集项", "Item"), move |row: &ItemRow| {
            Cell::text(lang.pick(&row.name_zh, &row.name_en))
        })
        .in_narrow(),
        Column::new(t(lang, "数据编码", "Data code"), |row: &ItemRow| {
            Cell::text(row.data_code.clone())
        })
        .class("roomy"),
        Column::new(t(lang, "实物量", "Quantity"), |row: &ItemRow| {
            Cell::Figure(row.quantity, 2)
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "单位", "Unit"), move |row: &ItemRow| {
            let unit = row.quantity_unit.as_deref();
            Cell::text(unit.map_or_else(String::new, |it| unit_words(it, lang)))
        }),
        Column::new(t(lang, "折标系数", "Factor"), |row: &ItemRow| {
            Cell::Figure(row.factor_kgce, 4)
        })
        .unit("kgce")
        .number(),
        Column::new(t(lang, "能耗", "Energy"), |row: &ItemRow| Cell::Figure(row.tce, 1))
            .unit("tce")
            .number()
            .in_narrow(),
        Column::new(t(lang, "完整率", "Completeness"), |row: &ItemRow| {
            Cell::text(number::completeness(row.completeness))
        })
        .number(),
    ]
}
