//! Consumption by day, month or year, stacked by energy; a day without data is a hatched gap.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use leptos::prelude::*;
use nengce_charts::composition::ORDER;
use nengce_charts::palette::Ink;
use nengce_charts::scene::Scene;
use nengce_charts::stacked_area::{Day, StackedArea};
use nengce_shared::api::unit::{UnitDetail, UnitEnergy};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::UnitCode;
use crate::components::chart::{ChartFrame, Tip, TipRow};
use crate::components::panel::Panel;
use crate::components::states::{Empty, Loaded};
use crate::export::{Cell, TableData};
use crate::format::{basis_word, month_short, year_month};
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// A period and its tce by energy; `None` where nothing came.
type Periods = Vec<(String, Option<[f64; 6]>)>;

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
    let subtitle = move || {
        let basis = data.with(|it| basis_word(it.scope.basis, lang));
        match lang {
            Lang::Zh => format!("{basis} · 加工转换产出与回收已扣减"),
            Lang::En => format!("{basis}, conversion output and recovery deducted"),
        }
    };
    let title = move || match url.get("grain").as_deref() {
        Some("year") => t(lang, "逐年能耗", "Energy by year"),
        Some("month") => t(lang, "逐月能耗", "Energy by month"),
        _ => t(lang, "逐日能耗", "Energy by day"),
    };
    view! {
        <Panel id="unit-energy" title=Signal::derive(move || title().to_owned()) subtitle=Signal::derive(subtitle)>
            <Loaded load height=320 let:energy>
                {
                    let periods = Memo::new(move |_| energy.with(|it| periods(it)));
                    view! {
                        <Show
                            when=move || periods.with(|it| !it.is_empty())
                            fallback=move || view! { <Empty why=t(lang, "本期没有数据。", "No data in the span.") /> }
                        >
                            <ChartFrame
                                label=t(lang, "按能源堆叠的能耗", "Consumption stacked by energy")
                                height=320.0
                                layout=move |width, height| periods.with(|it| scene(it, width, height, lang))
                                tip=move |row| periods.with(|it| tip(it.get(row)?, lang))
                                table=Signal::derive(move || periods.with(|it| table(it, lang)))
                            />
                        </Show>
                    }
                }
            </Loaded>
        </Panel>
    }
}

fn periods(energy: &UnitEnergy) -> Periods {
    let mut by: BTreeMap<String, [f64; 6]> = BTreeMap::new();
    for row in &energy.rows {
        let slot = ORDER.iter().position(|it| *it == row.group).unwrap_or(5);
        by.entry(row.period.clone()).or_default()[slot] += row.tce;
    }
    let (Some(first), Some(last)) = (by.keys().next().cloned(), by.keys().next_back().cloned())
    else {
        return Vec::new();
    };
    match (first.parse::<Date>(), last.parse::<Date>()) {
        (Ok(first), Ok(last)) if first <= last => first
            .series(jiff::Span::new().days(1))
            .take_while(|it| *it <= last)
            .map(|day| {
                let day = day.to_string();
                let found = by.get(&day).copied();
                (day, found)
            })
            .collect(),
        _ => by
            .into_iter()
            .map(|(period, it)| (period, Some(it)))
            .collect(),
    }
}

fn scene(periods: &Periods, width: f64, height: f64, lang: Lang) -> Scene {
    let names = ORDER.map(|it| it.label(lang).to_owned());
    let step = if periods.len() > 400 { 3 } else { 1 };
    let days: Vec<Day> = periods
        .iter()
        .enumerate()
        .map(|(at, (period, amounts))| {
            let month = year_month(period).filter(|_| period.len() == 7 || period.ends_with("-01"));
            let label = match month {
                None if period.len() == 4 => Some(period.clone()),
                Some((year, 1)) => Some(year.to_string()),
                Some((_, month))
                    if (month - 1) % step == 0 && (period.len() > 7 || month % 3 == 1) =>
                {
                    Some(month_short(month, lang))
                }
                _ => None,
            };
            let starts_gap = amounts.is_none() && at > 0 && periods[at - 1].1.is_some();
            Day {
                amounts: amounts.map_or([None; 6], |it| {
                    it.map(|v| (v != 0.0).then_some(v)).map(|v| v.or(Some(0.0)))
                }),
                label,
                note: starts_gap.then(|| {
                    format!(
                        "{} {}",
                        period.get(5..).unwrap_or(period),
                        t(lang, "缺报", "missing")
                    )
                }),
            }
        })
        .collect();
    StackedArea {
        days: &days,
        unit: "tce",
        shown: [true; 6],
        names: &names,
    }
    .scene(width, height)
}

fn tip((period, amounts): &(String, Option<[f64; 6]>), lang: Lang) -> Option<Tip> {
    let rows = match amounts {
        None => vec![TipRow::new(
            None,
            t(lang, "缺报", "missing"),
            number::MISSING,
        )],
        Some(amounts) => {
            let mut rows: Vec<TipRow> = ORDER
                .iter()
                .zip(amounts)
                .rev()
                .filter(|(_, it)| **it != 0.0)
                .map(|(group, it)| {
                    TipRow::new(
                        Some(Ink::of_energy(*group)),
                        group.label(lang),
                        number::unit_tce(Some(*it)),
                    )
                })
                .collect();
            rows.push(TipRow::new(
                None,
                t(lang, "合计", "Total"),
                number::unit_tce(Some(amounts.iter().sum())),
            ));
            rows
        }
    };
    Some(Tip {
        title: period.clone(),
        note: "tce".to_owned(),
        rows,
    })
}

fn table(periods: &Periods, lang: Lang) -> TableData {
    let mut head = vec![t(lang, "时间", "Period").to_owned()];
    head.extend(ORDER.map(|it| format!("{} tce", it.label(lang))));
    head.push(format!("{} tce", t(lang, "合计", "Total")));
    let rows = periods
        .iter()
        .map(|(period, amounts)| {
            let mut row = vec![Cell::text(period.clone())];
            row.extend((0..6).map(|at| Cell::Figure(amounts.map(|it| it[at]), 2)));
            row.push(Cell::Figure(amounts.map(|it| it.iter().sum()), 2));
            row
        })
        .collect();
    TableData { head, rows }
}
