//! Consumption by day, month or year, stacked by energy; a period without data is a hatched gap. The legend toggles.

mod chart;
mod series;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::{UnitDetail, UnitEnergy};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use self::chart::scene;
use self::series::periods;
use self::words::{legend, table, tip};
use super::UnitCode;
use crate::components::chart::legend::Legend;
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::day::Day;
use crate::format::basis_word;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// 年 / 月 / 日, in the address.
#[component]
pub fn GrainSwitch() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let side = move |word: &'static str, name: &'static str| {
        let selected = move || url.get("grain").as_deref().unwrap_or("day") == word;
        view! {
            <button type="button" aria-pressed=move || selected().to_string() on:click=move |_| url.set(&[("grain", (word != "day").then(|| word.to_owned()))])>
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
    let asked = Memo::new(move |_| {
        let grain = match url.get("grain").as_deref() {
            Some("year") => "year",
            Some("month") => "month",
            _ => "day",
        };
        let selected = url.selection.with(|it| it.from.is_some());
        let scope = data.with(|it| it.scope.clone());
        let first = Day::read(&scope.from);
        // Years, and months of no selected span, are worth more with the years before.
        let from = match (grain, first) {
            ("year", _) => "2000".to_owned(),
            ("month", Some(first)) if !selected => (first.year - 2).to_string(),
            _ => scope.from,
        };
        (grain, from, scope.to, scope.basis)
    });
    let load = use_load::<UnitEnergy>(move || {
        let (grain, from, to, basis) = asked.get();
        Some(code.path(&format!("/energy?from={from}&to={to}&grain={grain}&basis={basis}")))
    });
    let before = use_load::<UnitEnergy>(move || {
        let (grain, from, to, basis) = asked.get();
        let earlier = |day: &str| Some(Day::read(day)?.year_before().to_string());
        let (from, to) = (earlier(&from)?, earlier(&to)?);
        (grain == "day")
            .then(|| code.path(&format!("/energy?from={from}&to={to}&grain=day&basis={basis}")))
    });
    let basis = move || data.with(|it| basis_word(it.scope.basis, lang));
    // Where the page's span is not what is shown: 「2023-01 – 2025-09」.
    let shown = move || {
        let (first, last) = load.answer(|it| {
            let first = it.rows.iter().map(|it| it.period.clone()).min()?;
            let last = it.to.get(..first.len())?.to_owned();
            (it.grain != "day").then_some((first, last))
        })??;
        Some(format!(" · {first} – {last}"))
    };
    let subtitle = move || {
        let (basis, shown) = (basis(), shown().unwrap_or_default());
        match lang {
            Lang::Zh => format!("{basis}{shown} · 加工转换产出与回收已扣减"),
            Lang::En => format!("{basis}{shown}, conversion output and recovery deducted"),
        }
    };
    let title = move || match url.get("grain").as_deref() {
        Some("year") => t(lang, "逐年能耗", "Energy by year"),
        Some("month") => t(lang, "逐月能耗", "Energy by month"),
        _ => t(lang, "逐日能耗", "Energy by day"),
    };
    let hidden = RwSignal::new(BTreeSet::new());
    let rows = Memo::new(move |_| {
        let of = |it: &UnitEnergy| before.data.with(|before| periods(it, before.as_deref()));
        load.data.with(|it| it.as_deref().map(of)).unwrap_or_default()
    });
    let total =
        move || load.data.with(|it| it.as_ref().map(|it| number::unit_tce(Some(it.total_tce))));
    let below = move || {
        view! {
            <div class="legend-row" data-testid="unit-energy-total" data-value=total>
                <Legend items=Signal::derive(move || rows.with(|it| legend(it, lang))) hidden />
            </div>
        }
    };
    view! {
        <ChartPanel
            source=Source::Request(load)
            id="unit-energy"
            title=Signal::derive(move || title().to_owned())
            subtitle=Signal::derive(subtitle)
            label=t(lang, "按能源堆叠的能耗", "Consumption stacked by energy")
            height=300.0
            waiting_height=320
            layout=move |_, width, height| {
                rows.with(|it| hidden.with(|hidden| scene(it, hidden, width, height, lang)))
            }
            tip=move |_, row| rows.with(|it| Some(tip(it.get(row)?, &basis(), lang)))
            table=move |_| rows.with(|it| table(it, lang))
            is_empty=Box::new(move |_| rows.with(Vec::is_empty))
            empty=t(lang, "本期没有数据。", "No data in the span.")
            drill_down=Box::new(move |_, row| {
                let period = rows.with_untracked(|it| it.get(row).map(|it| it.label.clone()))?;
                Some(DrillDown::period(&period).with("unit", code.0.get_untracked()))
            })
            below
        />
    }
}
