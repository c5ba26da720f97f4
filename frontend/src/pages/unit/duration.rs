//! The load duration curve of the unit's real-time item over the page's period.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::scene::Scene;
use nengce_charts::time_series::load_duration::LoadDuration as Curve;
use nengce_shared::api::unit::UnitDetail;
use nengce_shared::api::unit_readings::LoadDuration;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::UnitCode;
use crate::components::chart::{Tip, TipRow};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::export::{Cell, TableData};
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::load::use_load;

#[component]
pub fn DurationPanel(#[prop(into)] data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let lang = use_lang();
    let code = expect_context::<UnitCode>();
    let load = use_load::<LoadDuration>(move || {
        let (from, to) = data.with(|it| (it.scope.from.clone(), it.scope.to.clone()));
        Some(code.path(&format!("/load-duration?from={from}&to={to}")))
    });
    let title = t(lang, "负荷持续曲线", "Load duration");
    let subtitle = load.text(move |it| {
        let (unit, to) = (unit_words(&it.unit, lang), t(lang, "至", "to"));
        format!("{} · {} {to} {}", rhythm(it, &unit, lang), it.from, it.to)
    });
    let note = load.text(move |it| {
        if it.readings == 0 {
            return String::new();
        }
        let readings = number::grouped(it.readings as f64, 0);
        let (points, code) = (it.values.len(), &it.data_code);
        match lang {
            Lang::Zh => format!("{code} · {readings} 个有效值由高到低，图示 {points} 点，保留最高与最低"),
            Lang::En => format!(
                "{code}: {readings} valid values from high to low, {points} drawn, highest and lowest kept"
            ),
        }
    });
    let none = t(
        lang,
        "此期间没有 15 分钟等实时值，无法排出负荷持续曲线。",
        "No quarter-hour or other real-time values in this period: there is nothing to sort.",
    );
    view! {
        <ChartPanel
            source=Source::Request(load)
            id="duration"
            title
            subtitle
            note
            height=220.0
            layout=move |it, width, height| scene(it, width, height, lang)
            tip=move |it, row| tip(it, row, lang)
            table=move |it| table(it, lang)
            is_empty=Box::new(|it| it.readings == 0)
            empty=none
            drill_down=Box::new(move |it, _| {
                let span = DrillDown::of("from", &it.from).with("to", &it.to);
                Some(span.with("unit", code.0.get_untracked()))
            })
        />
    }
}

/// What a value is: 「kWh/15 分钟」.
fn rhythm(it: &LoadDuration, unit: &str, lang: Lang) -> String {
    match it.points_per_day {
        0 => unit.to_owned(),
        points => {
            let minutes = f64::from(24 * 60) / f64::from(points);
            format!(
                "{unit} / {} {}",
                number::plain(minutes, usize::from(minutes.fract() != 0.0)),
                t(lang, "分钟", "min")
            )
        }
    }
}

/// The share of the time at which a value stands: the highest at 0, the lowest at 1.
fn shares(it: &LoadDuration) -> Vec<f64> {
    let last = it.readings.saturating_sub(1).max(1) as f64;
    it.places.iter().map(|place| f64::from(*place) / last).collect()
}

fn scene(it: &LoadDuration, width: f64, height: f64, lang: Lang) -> Scene {
    Curve {
        shares: &shares(it),
        values: &it.values,
        unit: &rhythm(it, &unit_words(&it.unit, lang), lang),
        along: t(lang, "占有效值时间的比例", "share of the time with valid values"),
    }
    .scene(width, height)
}

fn tip(it: &LoadDuration, row: usize, lang: Lang) -> Option<Tip> {
    let (share, value) = (*shares(it).get(row)?, *it.values.get(row)?);
    Some(Tip {
        title: format!(
            "{} {}",
            number::percent(Some(share)),
            t(lang, "的时间不低于", "of the time at least")
        ),
        note: rhythm(it, &unit_words(&it.unit, lang), lang),
        rows: vec![TipRow::new(
            None,
            t(lang, "数值", "Value"),
            number::grouped_or_missing(Some(value), 3),
        )],
    })
}

fn table(it: &LoadDuration, lang: Lang) -> TableData {
    let unit = rhythm(it, &unit_words(&it.unit, lang), lang);
    let row = |((place, share), value): ((&u32, f64), &f64)| {
        vec![
            Cell::Figure(Some(f64::from(*place + 1)), 0),
            Cell::Percent(Some(share)),
            Cell::Figure(Some(*value), 4),
        ]
    };
    TableData {
        head: vec![
            t(lang, "名次", "Rank").to_owned(),
            t(lang, "时间占比", "Share of time").to_owned(),
            format!("{}, {unit}", t(lang, "数值", "Value")),
        ],
        rows: it.places.iter().zip(shares(it)).zip(&it.values).map(row).collect(),
    }
}
