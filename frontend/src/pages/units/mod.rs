//! The units: search, filters, a sortable list; the list behind every figure of the other pages.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::{UnitList, UnitRow};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;

use crate::components::filter_bar::FilterBar;
use crate::components::page_head::PageHead;
use crate::components::pager::Pager;
use crate::components::panel::Panel;
use crate::components::reporting::{ReportingChips, reporting_badge, reporting_words, urgency};
use crate::components::search_box::SearchBox;
use crate::components::states::{Empty, Loaded};
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::time_short;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{UrlState, push_pair, use_url_state};

/// Rows asked for at once: the list of a city; above it the pager goes on.
const PAGE_ROWS: &str = "2000";

#[component]
pub fn UnitsPage() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let load = use_load::<UnitList>(move || {
        let mut query = url.selection.get().api_query();
        push_pair(&mut query, "limit", Some(PAGE_ROWS));
        for key in ["q", "reporting", "data", "cursor"] {
            push_pair(&mut query, key, url.get(key).as_deref());
        }
        Some(format!("/api/v1/units?{query}"))
    });
    let scope = load.map(|it| it.scope.clone());
    let answer = move || load.data.get().map(|data| sentence(&data, lang));
    view! {
        <PageHead title=t(lang, "用能单位", "Energy-using units") answer scope />
        <FilterBar scope>
            <SearchBox placeholder=t(lang, "名称、代码、行业", "Name, code, industry") label=t(lang, "查找单位", "Find units") testid="unit-search" />
            <ReportingChips scope />
        </FilterBar>
        <Loaded load height=480 let:data>
            <Show
                when=move || data.with(|it| !it.rows.is_empty())
                fallback=move || view! {
                    <section class="panel apart">
                        <Empty
                            why=t(lang, "所选条件下没有单位。", "No units match the filters.")
                            out=Signal::derive(move || Some((t(lang, "清除条件", "Clear the filters").to_owned(), url.path())))
                        />
                    </section>
                }
            >
                <List data />
            </Show>
        </Loaded>
    }
}

fn sentence(data: &UnitList, lang: Lang) -> impl IntoView + use<> {
    let (all, reporting) = (data.page.total, data.scope.units_reporting);
    let completeness = number::completeness(data.scope.completeness);
    match lang {
        Lang::Zh => view! { <b>{all}</b>" 家单位，"<b>{reporting}</b>" 家在本期有数据；完整率 "<b>{completeness}</b>"。" }.into_any(),
        Lang::En => view! { <b>{all}</b>" units, "<b>{reporting}</b>" with data in the span; completeness "<b>{completeness}</b>"." }.into_any(),
    }
}

#[component]
fn List(data: Signal<Arc<UnitList>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let subtitle = move || {
        let (shown, total) = data.with(|it| (it.rows.len(), it.page.total));
        match lang {
            Lang::Zh => format!("{shown} / {total} 家 · 点表头排序"),
            Lang::En => format!("{shown} of {total} units, click a head to sort"),
        }
    };
    view! {
        <Panel id="units" title=t(lang, "单位清单", "List of units") subtitle=Signal::derive(subtitle)>
            <DataTable
                label=t(lang, "单位清单", "List of units")
                columns=columns(lang, url)
                rows
                key=|row: &UnitRow| row.unit.enterprise_code.clone()
            />
            <Pager next=Signal::derive(move || data.with(|it| it.page.next.clone())) />
        </Panel>
    }
}

fn columns(lang: Lang, url: UrlState) -> Vec<Column<UnitRow>> {
    vec![
        Column::new(t(lang, "单位", "Unit"), |row: &UnitRow| Cell::text(row.unit.name.clone()))
            .in_narrow()
            .show(move |row| {
                let path = format!("/units/{}", row.unit.enterprise_code);
                view! { <a href=move || url.href(&path)>{row.unit.name.clone()}</a> }
            })
            .sort_text(|row| row.unit.name.clone()),
        Column::new(t(lang, "统一社会信用代码", "Credit code"), |row: &UnitRow| {
            Cell::text(row.unit.enterprise_code.clone())
        })
        .class("roomy"),
        Column::new(t(lang, "区", "District"), move |row: &UnitRow| {
            Cell::text(lang.pick(&row.unit.region.zh, &row.unit.region.en))
        })
        .sort_text(|row| row.unit.region.code.clone()),
        Column::new(t(lang, "行业", "Industry"), move |row: &UnitRow| {
            let industry = &row.unit.industry;
            Cell::text(
                format!("{} {}", industry.code, lang.pick(&industry.zh, &industry.en))
                    .trim()
                    .to_owned(),
            )
        })
        .class("two-lines")
        .sort_text(|row| row.unit.industry.code.clone()),
        Column::new(t(lang, "类别", "Class"), move |row: &UnitRow| {
            Cell::text(row.unit.class.label(lang))
        })
        .sort_text(|row| row.unit.class.to_string()),
        Column::new(t(lang, "能耗", "Energy"), |row: &UnitRow| Cell::Figure(row.total.value, 0))
            .unit("tce")
            .number()
            .in_narrow()
            .sort_number(|row| row.total.value),
        Column::new(t(lang, "同比", "Change"), |row: &UnitRow| Cell::Change(row.total.change))
            .number()
            .in_narrow()
            .sort_number(|row| row.total.change),
        Column::new(t(lang, "强度", "Intensity"), |row: &UnitRow| Cell::Figure(row.intensity, 3))
            .unit(t(lang, "tce/万元", "tce/10⁴ yuan"))
            .number()
            .sort_number(|row| row.intensity),
        Column::new(t(lang, "完整率", "Completeness"), |row: &UnitRow| {
            Cell::text(number::completeness(row.completeness))
        })
        .number()
        .in_narrow()
        .show(|row| {
            let low = row.completeness.is_some_and(|it| it < COMPLETENESS_THRESHOLD);
            view! { <span class:worse=low>{number::completeness(row.completeness)}</span> }
        })
        .sort_number(|row| row.completeness),
        Column::new(t(lang, "今日上报", "Today"), move |row: &UnitRow| {
            Cell::text(reporting_words(&row.reporting, lang))
        })
        .in_narrow()
        .show(move |row| reporting_badge(&row.reporting, lang))
        .sort_number(|row| Some(urgency(&row.reporting))),
        Column::new(t(lang, "最近上报", "Last upload"), move |row: &UnitRow| {
            Cell::text(row.last_upload.as_deref().map_or(t(lang, "从未上报", "never"), time_short))
        })
        .number()
        .sort_text(|row| row.last_upload.clone().unwrap_or_default()),
        Column::new(t(lang, "终端", "Device"), move |row: &UnitRow| {
            Cell::text(device_state(&row.device_state, lang))
        }),
    ]
}

/// The state of a device in words.
pub fn device_state(word: &str, lang: Lang) -> &'static str {
    match word {
        "approved" => t(lang, "已批准", "approved"),
        "pending" => t(lang, "待批准", "pending"),
        "revoked" => t(lang, "已停用", "revoked"),
        _ => t(lang, "无终端", "no device"),
    }
}
