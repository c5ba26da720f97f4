//! The weekly load profile: mean hourly value by weekday and hour of the last twelve weeks.

use std::sync::Arc;

use leptos::context::Provider;
use leptos::prelude::*;
use nengce_charts::scene::Scene;
use nengce_charts::time_series::heat_week::HeatWeek;
use nengce_shared::api::unit::UnitDetail;
use nengce_shared::api::unit_readings::LoadProfile;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::calendar::cells::weekdays;
use super::{UnitCode, file_caption};
use crate::components::chart::{Tip, TipRow};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::export::{Cell, TableData};
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::load::use_load;

#[component]
pub fn WeekPanel(unit: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let lang = use_lang();
    let code = expect_context::<UnitCode>();
    let load = use_load::<LoadProfile>(move || Some(code.path("/load-profile")));
    let title = t(lang, "用电周曲线", "Weekly load");
    let subtitle = load.text(move |it| {
        let (unit, from, to) = (unit_words(&it.unit, lang), &it.from, &it.to);
        match lang {
            Lang::Zh => format!("每小时平均，{unit} · {from} 至 {to}"),
            Lang::En => format!("hourly mean, {unit}, {from} to {to}"),
        }
    });
    let caption = file_caption::of_days(unit, load.map(|it| (it.from.clone(), it.to.clone())));
    view! {
        <Provider value=caption>
        <ChartPanel
            source=Source::Request(load)
            id="week"
            title
            subtitle
            height=200.0
            crosshair=false
            layout=move |it, width, height| scene(it, width, height, lang)
            tip=move |it, row| tip(it, row, lang)
            table=move |it| table(it, lang)
            is_empty=Box::new(|it| it.hours.iter().flatten().all(Option::is_none))
            empty=t(lang, "近 12 周没有小时值。", "No hourly values in the last twelve weeks.")
            drill_down=Box::new(move |it, _| {
                let span = DrillDown::of("from", &it.from).with("to", &it.to);
                Some(span.with("unit", code.0.get_untracked()))
            })
        />
        </Provider>
    }
}

pub fn scene(it: &LoadProfile, width: f64, height: f64, lang: Lang) -> Scene {
    HeatWeek { hours: &it.hours, weekdays: &weekdays(lang), unit: &unit_words(&it.unit, lang) }
        .scene(width, height)
}

pub fn tip(it: &LoadProfile, row: usize, lang: Lang) -> Option<Tip> {
    let (day, hour) = (row / 24, row % 24);
    let value = *it.hours.get(day)?.get(hour)?;
    let weekday = &weekdays(lang)[day];
    Some(Tip {
        title: format!("{}{weekday} {hour:02}:00", t(lang, "周", "")),
        note: unit_words(&it.unit, lang),
        rows: vec![TipRow::new(
            None,
            t(lang, "平均", "Mean"),
            number::grouped_or_missing(value, 3),
        )],
    })
}

pub fn table(it: &LoadProfile, lang: Lang) -> TableData {
    let mut head = vec![t(lang, "时刻", "Hour").to_owned()];
    head.extend(weekdays(lang));
    let rows = (0..24)
        .map(|hour| {
            let mut row = vec![Cell::text(format!("{hour:02}:00"))];
            row.extend((0..7).map(|day| {
                Cell::Figure(it.hours.get(day).and_then(|it| it.get(hour).copied().flatten()), 4)
            }));
            row
        })
        .collect();
    TableData { head, rows }
}
