//! Consumption by day, month or year, stacked by energy; a period without data is a hatched gap. The legend toggles.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::composition::{Bar, Composition, ORDER};
use nengce_charts::palette::Ink;
use nengce_charts::scene::Scene;
use nengce_charts::stacked_area::{Day, StackedArea};
use nengce_shared::api::unit::{UnitDetail, UnitEnergy};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::UnitCode;
use super::series::{Period, gap_end, periods, present, stacked};
use crate::behind::Behind;
use crate::components::chart::legend::{Legend, LegendItem};
use crate::components::chart::{ChartFrame, Tip, TipRow};
use crate::components::panel::Panel;
use crate::components::states::{Empty, Loaded};
use crate::export::{Cell, TableData};
use crate::format::{basis_word, month_short, year_month};
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// 年 / 月 / 日, in the address.
#[component]
pub fn GrainSwitch() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let side = move |word: &'static str, name: &'static str| {
        let chosen = move || url.get("grain").as_deref().unwrap_or("day") == word;
        view! {
            <button type="button" aria-pressed=move || chosen().to_string() on:click=move |_| url.set(&[("grain", (word != "day").then(|| word.to_owned()))])>
                {name}
            </button>
        }
    };
    view! {
        <div class="segment" role="group" aria-label=t(lang, "粒度", "Grain")>
            {side("year", t(lang, "年", "Year"))} {side("month", t(lang, "月", "Month"))} {side("day", t(lang, "日", "Day"))}
        </div>
    }
}

#[component]
pub fn DailyPanel(data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = expect_context::<UnitCode>();
    let load = use_load::<UnitEnergy>(move || {
        let (from, to, basis) =
            data.with(|it| (it.scope.from.clone(), it.scope.to.clone(), it.scope.basis));
        let grain = url
            .get("grain")
            .filter(|it| it == "month" || it == "year")
            .unwrap_or_else(|| "day".to_owned());
        // Years and months are worth more with the years before.
        let from = match grain.as_str() {
            "year" => "2000".to_owned(),
            "month" => from
                .get(..4)
                .and_then(|it| it.parse::<i32>().ok())
                .map_or(from.clone(), |it| (it - 2).to_string()),
            _ => from,
        };
        Some(code.path(&format!(
            "/energy?from={from}&to={to}&grain={grain}&basis={basis}"
        )))
    });
    let basis = move || data.with(|it| basis_word(it.scope.basis, lang));
    let subtitle = move || match lang {
        Lang::Zh => format!("{} · 加工转换产出与回收已扣减", basis()),
        Lang::En => format!("{}, conversion output and recovery deducted", basis()),
    };
    let title = move || match url.get("grain").as_deref() {
        Some("year") => t(lang, "逐年能耗", "Energy by year"),
        Some("month") => t(lang, "逐月能耗", "Energy by month"),
        _ => t(lang, "逐日能耗", "Energy by day"),
    };
    let hidden = RwSignal::new(BTreeSet::new());
    view! {
        <Panel id="unit-energy" title=Signal::derive(move || title().to_owned()) subtitle=Signal::derive(subtitle)>
            <Loaded load height=320 let:energy>
                {
                    let rows = Memo::new(move |_| energy.with(|it| periods(it)));
                    let total = move || energy.with(|it| number::unit_tce(Some(it.total_tce)));
                    view! {
                        <Show
                            when=move || rows.with(|it| !it.is_empty())
                            fallback=move || view! { <Empty why=t(lang, "本期没有数据。", "No data in the span.") /> }
                        >
                            <ChartFrame
                                label=t(lang, "按能源堆叠的能耗", "Consumption stacked by energy")
                                height=300.0
                                layout=move |width, height| {
                                    let shown = hidden.with(|it| std::array::from_fn(|at| !it.contains(&at)));
                                    rows.with(|it| scene(it, shown, width, height, lang))
                                }
                                tip=move |row| rows.with(|it| Some(tip(it.get(row)?, &basis(), lang)))
                                table=Signal::derive(move || rows.with(|it| table(it, lang)))
                                behind=Callback::new(move |row: usize| {
                                    let period = rows.with_untracked(|it| it.get(row).map(|it| it.label.clone()))?;
                                    Some(Behind::period(&period).with("unit", code.0.get_untracked()))
                                })
                            />
                            <div class="legend-row" data-testid="unit-energy-total" data-value=total>
                                <Legend items=Signal::derive(move || rows.with(|it| legend(it, lang))) hidden />
                            </div>
                        </Show>
                    }
                }
            </Loaded>
        </Panel>
    }
}

/// The groups that came, downward as the stack stands, each with its sum and share.
fn legend(periods: &[Period], lang: Lang) -> Vec<LegendItem> {
    let there = present(periods);
    let sum = |at: usize| -> f64 {
        periods
            .iter()
            .filter_map(|it| it.amounts)
            .map(|it| it[at])
            .sum()
    };
    let whole: f64 = (0..ORDER.len()).map(sum).sum();
    (0..ORDER.len())
        .rev()
        .filter(|at| there[*at])
        .map(|at| LegendItem {
            series: at,
            ink: Ink::of_energy(ORDER[at]),
            name: ORDER[at].label(lang).to_owned(),
            figures: vec![
                number::unit_tce(Some(sum(at))),
                number::percent((whole > 0.0).then(|| sum(at) / whole)),
            ],
        })
        .collect()
}

fn scene(periods: &[Period], shown: [bool; 6], width: f64, height: f64, lang: Lang) -> Scene {
    let there = present(periods);
    if periods.iter().all(|it| it.label.len() < 10) {
        let bars: Vec<Bar> = periods.iter().map(|it| bar(it, &there, lang)).collect();
        let chart = Composition {
            bars: &bars,
            unit: "tce",
            shown,
        };
        return chart.scene(width, height);
    }
    let names = ORDER.map(|it| it.label(lang).to_owned());
    let days: Vec<Day> = (0..periods.len())
        .map(|at| Day {
            amounts: stacked(&periods[at], &there),
            label: first_of_month(&periods[at].label, lang),
            note: gap_end(periods, at)
                .map(|end| missing(&periods[at].label, &periods[end].label, lang)),
        })
        .collect();
    let chart = StackedArea {
        days: &days,
        unit: t(lang, "tce / 日", "tce a day"),
        shown,
        names: &names,
    };
    chart.scene(width, height)
}

fn bar(period: &Period, there: &[bool; 6], lang: Lang) -> Bar {
    let name = match year_month(&period.label) {
        Some((year, 1)) => year.to_string(),
        Some((_, month)) => month_short(month, lang),
        None => period.label.clone(),
    };
    Bar {
        name,
        amounts: stacked(period, there),
        rival: None,
        unfinished: period
            .unfinished
            .then(|| t(lang, "未完", "part").to_owned()),
        incomplete: false,
    }
}

/// The month's name on its first day, the year's in January.
fn first_of_month(day: &str, lang: Lang) -> Option<String> {
    let (year, month) = year_month(day).filter(|_| day.ends_with("-01"))?;
    Some(match month {
        1 => year.to_string(),
        _ => month_short(month, lang),
    })
}

/// 「3/12–14 缺报」
fn missing(from: &str, to: &str, lang: Lang) -> String {
    let short = |day: &str| {
        let part = |range| {
            day.get(range)
                .map_or("", |it: &str| it.trim_start_matches('0'))
        };
        (part(5..7).to_owned(), part(8..10).to_owned())
    };
    let ((m1, d1), (m2, d2)) = (short(from), short(to));
    let days = match (from == to, m1 == m2) {
        (true, _) => format!("{m1}/{d1}"),
        (_, true) => format!("{m1}/{d1}–{d2}"),
        _ => format!("{m1}/{d1}–{m2}/{d2}"),
    };
    format!("{days} {}", t(lang, "缺报", "missing"))
}

fn tip(period: &Period, basis: &str, lang: Lang) -> Tip {
    let mut rows = Vec::new();
    match period.amounts {
        None => rows.push(TipRow::new(
            None,
            t(lang, "缺报", "missing"),
            number::MISSING,
        )),
        Some(amounts) => {
            for (group, tce) in ORDER.iter().zip(amounts).rev().filter(|it| it.1 != 0.0) {
                let figure = number::unit_tce(Some(tce));
                rows.push(TipRow::new(
                    Some(Ink::of_energy(*group)),
                    group.label(lang),
                    figure,
                ));
            }
            let total = number::unit_tce(Some(amounts.iter().sum()));
            rows.push(TipRow::new(None, t(lang, "合计", "Total"), total));
        }
    }
    Tip {
        title: period.label.clone(),
        note: format!("tce · {basis}"),
        rows,
    }
}

fn table(periods: &[Period], lang: Lang) -> TableData {
    let mut head = vec![t(lang, "时间", "Period").to_owned()];
    head.extend(ORDER.map(|it| format!("{} tce", it.label(lang))));
    head.push(format!("{} tce", t(lang, "合计", "Total")));
    let rows = periods
        .iter()
        .map(|it| {
            let mut row = vec![Cell::text(it.label.clone())];
            row.extend((0..6).map(|at| Cell::Figure(it.amounts.map(|it| it[at]), 2)));
            row.push(Cell::Figure(it.amounts.map(|it| it.iter().sum()), 2));
            row
        })
        .collect();
    TableData { head, rows }
}
