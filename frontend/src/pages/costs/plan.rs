//! The plan against what was used, month by month, and the targets of products.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::scene::Scene;
use nengce_charts::scene::palette::Ink;
use nengce_charts::time_series::months::{Month, Months, Shown, Words};
use nengce_shared::api::plan::{PlanMonth, PlanProduct, PlanView};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::trajectory::SpreadMethod;

use crate::components::chart::{Tip, TipRow};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::{Cell, TableData};
use crate::format::{basis_word, month_long, month_short, year_month};
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn PlanPanel(data: Signal<Arc<PlanView>>) -> impl IntoView {
    let lang = use_lang();
    let subtitle = Signal::derive(move || data.with(|it| subtitle(it, lang)));
    let note = Signal::derive(move || data.with(|it| note(it, lang)));
    let rows = Memo::new(move |_| data.with(|it| it.products.clone()));
    view! {
        <ChartPanel
            source=Source::Answer(data)
            id="plan-months"
            title=t(lang, "计划与实绩", "Plan and actual")
            subtitle
            note
            height=300.0
            layout=move |it, width, height| scene(it, width, height, lang)
            tip=move |it, row| Some(tip(it.months.get(row)?, lang))
            table=move |it| table(it, lang)
            is_empty=Box::new(|it| it.months.iter().all(|it| it.planned.is_none() && it.done.is_none() && it.before.is_none()))
            empty=t(lang, "没有计划，也没有实绩。", "There is neither a plan nor a figure.")
        />
        <Show when=move || rows.with(|it| !it.is_empty())>
            <Panel id="plan-products" title=t(lang, "产品单耗目标", "Targets of products") subtitle=t(lang, "本单位自定", "set by the unit itself")>
                <DataTable label=t(lang, "产品单耗目标", "Targets of products") columns=columns(lang) rows key=|it: &PlanProduct| it.product.code.clone() />
            </Panel>
        </Show>
    }
}

fn columns(lang: Lang) -> Vec<Column<PlanProduct>> {
    vec![
        Column::new(t(lang, "产品", "Product"), move |it: &PlanProduct| {
            Cell::text(lang.pick(&it.product.zh, &it.product.en))
        })
        .in_narrow(),
        Column::new(t(lang, "单位", "Unit"), |it: &PlanProduct| Cell::text(it.unit.clone())),
        Column::new(t(lang, "目标单耗", "Target"), |it: &PlanProduct| Cell::Figure(it.target, 2)).number().in_narrow(),
        Column::new(t(lang, "本年单耗", "This year"), |it: &PlanProduct| Cell::Figure(it.value, 2)).number().in_narrow(),
        Column::new(t(lang, "差", "Difference"), |it: &PlanProduct| Cell::Figure(it.difference, 2))
            .number()
            .in_narrow()
            .show(|it| view! { <b class:worse=it.difference.is_some_and(|it| it > 0.0)>{it.difference.map_or_else(|| number::MISSING.to_owned(), |it| number::signed(it, 2))}</b> }),
    ]
}

/// 「等价 · 已完成 10 个月 6,428.7 tce，计划 6,440.0，差 −11.3；6 个月超计划」
fn subtitle(it: &PlanView, lang: Lang) -> String {
    let figure = |it: Option<f64>| number::grouped_or_missing(it, 1);
    let difference =
        it.difference.map_or_else(|| number::MISSING.to_owned(), |it| number::signed(it, 1));
    let (done, planned, months) = (figure(it.done), figure(it.planned), it.months_done);
    let basis = basis_word(it.basis, lang);
    match (&it.plan, lang) {
        (None, Lang::Zh) => {
            format!("{basis} · {months} 个完整月 {done} tce · 还没有 {} 年计划", it.year)
        }
        (None, Lang::En) => {
            format!("{basis} · {done} tce in {months} complete months · no plan of {} yet", it.year)
        }
        (Some(_), Lang::Zh) => format!(
            "{basis} · {months} 个完整月 {done} tce，计划 {planned}，差 {difference}；{} 个月超计划",
            it.months_over
        ),
        (Some(_), Lang::En) => format!(
            "{basis} · {done} tce in {months} complete months, {planned} planned, {difference}; {} months over the plan",
            it.months_over
        ),
    }
}

fn note(it: &PlanView, lang: Lang) -> String {
    let spread = match it.spread {
        Some(SpreadMethod::LastYearShares) => t(
            lang,
            "月计划由年度预算按上年各月占比分解。",
            "The budget is spread by last year's monthly shares. ",
        ),
        Some(SpreadMethod::EqualDays) => {
            t(lang, "月计划由年度预算按日均分。", "The budget is spread by days. ")
        }
        None => "",
    };
    let method = lang.pick(&it.method_zh, &it.method_en);
    match (it.forecast, it.forecast_low.zip(it.forecast_high), lang) {
        (None, _, _) => format!(
            "{spread}{}",
            t(
                lang,
                "上年月份不全，全年尚不可预测。",
                "No forecast: months of last year are missing."
            )
        ),
        (Some(total), None, Lang::Zh) => {
            format!("{spread}全年预测 {} tce：{method}。", number::grouped(total, 0))
        }
        (Some(total), None, Lang::En) => {
            format!("{spread}Forecast {} tce: {method}.", number::grouped(total, 0))
        }
        (Some(total), Some((low, high)), Lang::Zh) => format!(
            "{spread}全年预测 {} tce（80% 区间 {}–{}）：{method}。",
            number::grouped(total, 0),
            number::grouped(low, 0),
            number::grouped(high, 0)
        ),
        (Some(total), Some((low, high)), Lang::En) => format!(
            "{spread}Forecast {} tce (80 %: {}–{}): {method}.",
            number::grouped(total, 0),
            number::grouped(low, 0),
            number::grouped(high, 0)
        ),
    }
}

fn scene(view: &PlanView, width: f64, height: f64, lang: Lang) -> Scene {
    let months: Vec<Month> = view
        .months
        .iter()
        .map(|it| Month {
            name: year_month(&it.month).map_or_else(String::new, |(_, it)| month_short(it, lang)),
            this: it.done,
            target: it.planned,
            last: it.before,
            ..Month::default()
        })
        .collect();
    let words = Words {
        unit: "tce".to_owned(),
        this: t(lang, "实绩", "Actual").to_owned(),
        target: t(lang, "计划", "Plan").to_owned(),
        last: t(lang, "上年", "Last year").to_owned(),
        ..Words::default()
    };
    Months { months: &months, words: &words, shown: Shown::default(), band: 0.0 }
        .scene(width, height)
}

fn tip(it: &PlanMonth, lang: Lang) -> Tip {
    let figure = |it: Option<f64>| number::grouped_or_missing(it, 1);
    let signed =
        it.difference.map_or_else(|| number::MISSING.to_owned(), |it| number::signed(it, 1));
    Tip {
        title: month_long(&it.month, lang),
        note: format!(
            "{} {}",
            t(lang, "完整率", "completeness"),
            number::completeness(it.completeness)
        ),
        rows: vec![
            TipRow::new(Some(Ink::Accent), t(lang, "实绩", "Actual"), figure(it.done)),
            TipRow::new(Some(Ink::Ink2), t(lang, "计划", "Plan"), figure(it.planned)),
            TipRow::new(None, t(lang, "差", "Difference"), signed),
            TipRow::new(Some(Ink::Line3), t(lang, "上年", "Last year"), figure(it.before)),
        ],
    }
}

fn table(view: &PlanView, lang: Lang) -> TableData {
    let head = [
        t(lang, "月份", "Month"),
        t(lang, "计划 tce", "Plan, tce"),
        t(lang, "实绩 tce", "Actual, tce"),
        t(lang, "差 tce", "Difference, tce"),
        t(lang, "上年 tce", "Last year, tce"),
        t(lang, "完整率", "Completeness"),
    ];
    let row = |it: &PlanMonth| {
        vec![
            Cell::text(it.month.clone()),
            Cell::Figure(it.planned, 1),
            Cell::Figure(it.done, 1),
            Cell::Figure(it.difference, 1),
            Cell::Figure(it.before, 1),
            Cell::Completeness(it.completeness),
        ]
    };
    TableData { head: head.map(str::to_owned).into(), rows: view.months.iter().map(row).collect() }
}
