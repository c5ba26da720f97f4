//! The load curve: real-time values of an item over the page's span, as many as the screen has columns for.

mod time_axis;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use nengce_charts::scene::Scene;
use nengce_charts::time_series::load_curve::{LoadCurve, joined, period};
use nengce_shared::api::unit::UnitDetail;
use nengce_shared::api::unit_readings::SeriesView;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use self::time_axis::{moment, names, seconds};
use super::UnitCode;
use crate::components::chart::{Tip, TipRow, observe_width};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::components::filter_bar::{Chip, ChipOption};
use crate::export::{Cell, TableData};
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{push_pair, use_url_state};

/// Widths are asked for in these steps, so that a window that is dragged asks now and then.
const STEP: f64 = 100.0;

/// The most columns that the server thins to.
const WIDEST: f64 = 4_096.0;

#[component]
pub fn CurvePanel(data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = expect_context::<UnitCode>();
    let root = NodeRef::<html::Div>::new();
    let width = observe_width(root);
    let columns = Memo::new(move |_| ((width.get() / STEP).ceil() * STEP).min(WIDEST));
    let load = use_load::<SeriesView>(move || {
        let (from, to) = data.with(|it| (it.scope.from.clone(), it.scope.to.clone()));
        let columns = Some(columns.get()).filter(|it| *it > 0.0)?;
        let mut query = format!("from={from}&to={to}&width={columns}");
        push_pair(&mut query, "item", url.get("curve").as_deref());
        Some(code.path(&format!("/series?{query}")))
    });
    let title = t(lang, "负荷曲线", "Load curve");
    let name = move |code: &str| {
        data.with(|it| {
            let item = it.items.iter().find(|it| it.data_code == code);
            item.map(|it| lang.pick(&it.name_zh, &it.name_en).to_owned())
        })
    };
    let subtitle = move || {
        let words = load.answer(|it| {
            let name = name(&it.data_code);
            let parts = [name, Some(it.data_code.clone()), Some(unit_words(&it.unit, lang))];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            parts.join(" · ")
        });
        words.filter(|_| drawn(load.data.get().as_deref())).unwrap_or_default()
    };
    let note = move || {
        let it = load.data.get().filter(|it| drawn(Some(it)))?;
        let (readings, points) = (number::grouped(it.readings as f64, 0), it.values.len());
        Some(match lang {
            Lang::Zh => format!(
                "{readings} 个有效值，图示 {points} 点，每列的首、末、最低、最高都在 · 斜纹：缺报"
            ),
            Lang::En => format!(
                "{readings} valid values, {points} drawn: first, last, lowest and highest of each column. Hatched: missing"
            ),
        })
    };
    let options = Signal::derive(move || {
        let items = load.data.with(|it| it.as_ref().map(|it| it.items.clone()));
        let option = |it: &String| ChipOption::new(it, &name(it).unwrap_or_else(|| it.clone()), it);
        items.iter().flatten().map(option).collect::<Vec<_>>()
    });
    let none = move || match options.with(Vec::is_empty) {
        true => t(
            lang,
            "该单位不上报 15 分钟等实时值。",
            "The unit sends no quarter-hour or other real-time values.",
        ),
        false => t(
            lang,
            "此期间没有该采集项的实时值。",
            "No real-time values of this item in the period.",
        ),
    };
    let above = move || {
        view! {
            <div node_ref=root>
                <Show when=move || { options.with(Vec::len) > 1 }>
                    <div class="chart-bar">
                        <Chip
                            name=t(lang, "采集项", "Item")
                            all=t(lang, "代表项", "The unit's main one")
                            options
                            value=Signal::derive(move || url.get("curve"))
                            on_select=move |item| url.set(&[("curve", item)])
                        />
                    </div>
                </Show>
            </div>
        }
    };
    view! {
        <ChartPanel
            source=Source::Request(load)
            id="curve"
            title
            subtitle=Signal::derive(subtitle)
            note=Signal::derive(move || note().unwrap_or_default())
            above
            height=220.0
            layout=move |it, width, height| scene(it, width, height, lang)
            tip=move |it, row| tip(it, row, lang)
            table=move |it| table(it, lang)
            is_empty=Box::new(|it| !drawn(Some(it)))
            empty=Signal::derive(move || none().to_owned())
            drill_down=Box::new(move |it, row| {
                let day = moment(&it.from, *it.seconds.get(row)?);
                Some(DrillDown::period(day.get(..10)?).with("unit", code.0.get_untracked()))
            })
        />
    }
}

fn drawn(it: Option<&SeriesView>) -> bool {
    it.is_some_and(|it| !it.values.is_empty())
}

fn scene(it: &SeriesView, width: f64, height: f64, lang: Lang) -> Scene {
    let whole = seconds(&it.from, &it.to);
    // Drawn from the first day with values: before it the item was not sent yet.
    let first = moment(&it.from, it.seconds.first().copied().unwrap_or(0));
    let first = first.get(..10).unwrap_or(&it.from);
    let span = seconds(first, &it.to);
    let own: Vec<u32> = it.seconds.iter().map(|at| at - (whole - span)).collect();
    LoadCurve {
        seconds: &own,
        values: &it.values,
        span,
        period: period(&own),
        joined: joined(&own, whole, it.width),
        names: &names(first, &it.to, lang),
        unit: &unit_words(&it.unit, lang),
    }
    .scene(width, height)
}

fn tip(it: &SeriesView, row: usize, lang: Lang) -> Option<Tip> {
    let (at, value) = (*it.seconds.get(row)?, *it.values.get(row)?);
    Some(Tip {
        title: moment(&it.from, at),
        note: unit_words(&it.unit, lang),
        rows: vec![TipRow::new(
            None,
            t(lang, "数值", "Value"),
            number::grouped_or_missing(Some(value), 3),
        )],
    })
}

fn table(it: &SeriesView, lang: Lang) -> TableData {
    let row = |(at, value): (&u32, &f64)| {
        vec![Cell::text(moment(&it.from, *at)), Cell::Figure(Some(*value), 4)]
    };
    TableData {
        head: vec![
            t(lang, "时间", "Time").to_owned(),
            format!("{}, {}", it.data_code, unit_words(&it.unit, lang)),
        ],
        rows: it.seconds.iter().zip(&it.values).map(row).collect(),
    }
}
