//! The months: what the model gives and what was used, over baseline, works and report.

use leptos::prelude::*;
use nengce_charts::scene::Scene;
use nengce_charts::scene::palette::Ink;
use nengce_charts::time_series::peer_band::{Month, PeerBand, Words};
use nengce_shared::api::savings::{SavingsMonth, SavingsView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::words;
use crate::components::chart::{Tip, TipRow};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::export::{Cell, TableData};
use crate::format::{month_long, month_short, year_month};
use crate::i18n::{t, use_lang};
use crate::load::Load;

#[component]
pub(super) fn MonthsPanel(load: Load<SavingsView>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <ChartPanel
            source=Source::Request(load)
            id="savings-months"
            title=t(lang, "实际与模型", "Used and modelled")
            subtitle=t(lang, "tce · 粗线为实际，细线为模型", "tce · thick: used, thin: the model")
            height=320.0
            layout=move |it, width, height| scene(it, width, height, lang)
            tip=move |it, row| Some(tip(it.months.get(row)?, lang))
            table=move |it| table(it, lang)
            is_empty=Box::new(|it| it.months.iter().all(|it| it.used.is_none()))
            empty=t(lang, "这些月份没有能耗。", "No energy in these months.")
            drill_down=Box::new(|it, row| {
                let drill_down = DrillDown::period(&it.months.get(row)?.month);
                Some(drill_down.with("unit", &it.enterprise_code))
            })
        />
    }
}

/// A month, or the first day of one.
fn is_first(period: &str) -> bool {
    period.len() == 7 || period.ends_with("-01")
}

fn scene(view: &SavingsView, width: f64, height: f64, lang: Lang) -> Scene {
    let months: Vec<Month> = view
        .months
        .iter()
        .enumerate()
        .map(|(at, it)| Month {
            name: match year_month(&it.month).filter(|_| at == 0 || is_first(&it.month)) {
                Some((year, month)) if month == 1 || at == 0 => format!("{year}-{month:02}"),
                Some((_, month @ 7)) => month_short(month, lang),
                _ => String::new(),
            },
            p50: it.modelled,
            unit: it.used,
            ..Month::default()
        })
        .collect();
    let words = Words {
        axis: "tce".to_owned(),
        unit: t(lang, "实际", "Used").to_owned(),
        median: t(lang, "模型", "Model").to_owned(),
        ..Words::default()
    };
    PeerBand { months: &months, reference: None, words: &words }.scene(width, height)
}

fn tip(it: &SavingsMonth, lang: Lang) -> Tip {
    let figure =
        |v: Option<f64>| v.map_or_else(|| number::MISSING.to_owned(), |v| number::grouped(v, 1));
    Tip {
        title: if it.month.len() == 7 { month_long(&it.month, lang) } else { it.month.clone() },
        note: it
            .left_out
            .as_deref()
            .map_or(words::part(&it.part, lang), |why| words::left_out(why, lang))
            .to_owned(),
        rows: vec![
            TipRow::new(Some(Ink::Accent), t(lang, "实际", "Used"), figure(it.used)),
            TipRow::new(Some(Ink::Ink2), t(lang, "模型", "Model"), figure(it.modelled)),
        ],
    }
}

fn table(view: &SavingsView, lang: Lang) -> TableData {
    let head = [
        t(lang, "时段", "Month or day"),
        t(lang, "部分", "Part"),
        t(lang, "实际 tce", "Used, tce"),
        t(lang, "模型 tce", "Model, tce"),
        t(lang, "说明", "Remark"),
    ];
    let remark = |it: &SavingsMonth| match it.left_out.as_deref() {
        Some(why) => words::left_out(why, lang),
        None if it.beyond_range => t(lang, "产量超出基期范围", "output beyond the baseline"),
        None => "",
    };
    let rows = view.months.iter().map(|it| {
        vec![
            Cell::text(it.month.clone()),
            Cell::text(words::part(&it.part, lang)),
            Cell::Figure(it.used, 1),
            Cell::Figure(it.modelled, 1),
            Cell::text(remark(it)),
        ]
    });
    TableData { head: head.map(str::to_owned).into(), rows: rows.collect() }
}
