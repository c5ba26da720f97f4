//! The costs of the months and of the days of one month, stacked by energy group; what is not whole is hatched or framed.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::scene::Scene;
use nengce_charts::scene::palette::Ink;
use nengce_charts::time_series::composition::{Bar, Composition, ORDER};
use nengce_shared::api::cost::{CostSpan, CostView};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::words::{money_text, ten_thousand_yuan, ten_thousands};
use crate::components::chart::{Tip, TipRow};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::export::{Cell, TableData};
use crate::format::{month_long, month_short, year_month};
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub(super) fn MonthsPanel(data: Signal<Arc<CostView>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    view! {
        <ChartPanel
            source=Source::Answer(data)
            id="cost-months"
            title=t(lang, "逐月用能成本", "Costs by month")
            subtitle=t(lang, "万元 · 需量、容量计入电力 · 红框为缺读数或单价 · 点月份看各日", "10⁴ yuan · demand and capacity within electricity · framed: a reading or price is missing · a month opens its days")
            height=280.0
            layout=move |it, width, height| scene(&it.months, width, height, lang)
            tip=move |it, row| Some(tip(it.months.get(row)?, lang))
            table=move |it| table(&it.months, t(lang, "月份", "Month"), lang)
            is_empty=Box::new(|it| it.months.iter().all(|it| it.cost.is_none()))
            empty=t(lang, "没有可算的成本：缺单价或读数。", "No cost can be told: prices or readings are missing.")
            on_select=Box::new(move |it, row| {
                if let Some(month) = it.months.get(row) {
                    url.set(&[("month", Some(month.period.clone()))]);
                }
            })
            crosshair=false
        />
    }
}

#[component]
pub(super) fn DaysPanel(data: Signal<Arc<CostView>>) -> impl IntoView {
    let lang = use_lang();
    let subtitle = Signal::derive(move || {
        let month = data.with(|it| it.month.clone()).unwrap_or_default();
        let month = month_long(&month, lang);
        match lang {
            Lang::Zh => format!("{month} · 万元 · 只有月值的用能不在各日内"),
            Lang::En => {
                format!("{month} · 10⁴ yuan · what came as a value of the month is in no day")
            }
        }
    });
    view! {
        <ChartPanel
            source=Source::Answer(data)
            id="cost-days"
            title=t(lang, "逐日用能成本", "Costs by day")
            subtitle
            height=280.0
            layout=move |it, width, height| scene(&it.days, width, height, lang)
            tip=move |it, row| Some(tip(it.days.get(row)?, lang))
            table=move |it| table(&it.days, t(lang, "日期", "Day"), lang)
            is_empty=Box::new(|it| it.days.iter().all(|it| it.cost.is_none()))
            empty=t(lang, "这个月没有可算的日成本。", "No cost of a day can be told in this month.")
            crosshair=false
        />
    }
}

fn is_incomplete(it: &CostSpan) -> bool {
    it.days_without_reading + it.days_without_price > 0
}

/// `1 月`, or the number of a day.
fn bar_name(period: &str, lang: Lang) -> String {
    match period.get(8..) {
        Some(day) => match day.parse::<u8>() {
            Ok(day) if day == 1 || day.is_multiple_of(5) => day.to_string(),
            _ => String::new(),
        },
        None => year_month(period).map_or_else(String::new, |(_, it)| month_short(it, lang)),
    }
}

fn scene(spans: &[CostSpan], width: f64, height: f64, lang: Lang) -> Scene {
    let bar = |it: &CostSpan| Bar {
        name: bar_name(&it.period, lang),
        amounts: std::array::from_fn(|at| it.groups.get(at).copied().flatten().map(ten_thousands)),
        compared_district: None,
        unfinished: None,
        incomplete: is_incomplete(it),
    };
    let bars: Vec<Bar> = spans.iter().map(bar).collect();
    let unit = ten_thousand_yuan(lang);
    Composition { bars: &bars, unit, shown: [true; 6] }.scene(width, height)
}

fn group(it: &CostSpan, group: EnergyGroup) -> Option<f64> {
    it.groups.get(usize::from(group.code()) - 1).copied().flatten()
}

/// 「2 天缺读数 · 1 天缺单价 · 3 天按均价」
fn unknown(it: &CostSpan, lang: Lang) -> String {
    let counts = [
        (it.days_without_reading, t(lang, "天缺读数", "days without a reading")),
        (it.days_without_price, t(lang, "天缺单价", "days without a price")),
        (it.days_at_mean, t(lang, "天按分时均价", "days at the mean price")),
    ];
    let told = counts.iter().filter(|it| it.0 > 0).map(|(count, words)| format!("{count} {words}"));
    told.collect::<Vec<_>>().join(" · ")
}

fn tip(it: &CostSpan, lang: Lang) -> Tip {
    let rows = ORDER.into_iter().rev().filter_map(|of| {
        let cost = group(it, of)?;
        let ink = Some(Ink::of_energy(of));
        Some(TipRow::new(ink, of.label(lang), money_text(Some(cost), lang)))
    });
    Tip {
        title: format!("{} {}", it.period, money_text(it.cost, lang)),
        note: unknown(it, lang),
        rows: rows.collect(),
    }
}

fn table(spans: &[CostSpan], first: &str, lang: Lang) -> TableData {
    let names = ORDER.map(|it| format!("{} {}", it.label(lang), ten_thousand_yuan(lang)));
    let head =
        [first.to_owned(), format!("{} {}", t(lang, "合计", "Total"), ten_thousand_yuan(lang))]
            .into_iter()
            .chain(names)
            .chain([
                format!(
                    "{} {}",
                    t(lang, "其中需量、容量", "Demand and capacity"),
                    ten_thousand_yuan(lang)
                ),
                t(lang, "说明", "Remark").to_owned(),
            ]);
    let row = |it: &CostSpan| {
        let figure = |yuan: Option<f64>| Cell::Figure(yuan.map(ten_thousands), 2);
        [Cell::text(it.period.clone()), figure(it.cost)]
            .into_iter()
            .chain(ORDER.map(|of| figure(group(it, of))))
            .chain([figure(it.fixed), Cell::text(unknown(it, lang))])
            .collect()
    };
    let rows = spans.iter().map(row).collect();
    TableData { head: head.collect(), rows }
}

/// A figure with decimals of its size.
pub(super) fn sized(value: Option<f64>) -> String {
    value.map_or_else(
        || number::MISSING.to_owned(),
        |it| number::grouped(it, if it.abs() < 100.0 { 3 } else { 1 }),
    )
}
