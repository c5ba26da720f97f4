//! Completeness by day: received against expected; a click on a day shows its readings.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::calendar::{Calendar as Cells, Day};
use nengce_charts::scene::Scene;
use nengce_shared::api::unit::{Calendar, CalendarDay, UnitDetail};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::UnitCode;
use crate::behind::Behind;
use crate::components::chart::{ChartFrame, Tip, TipRow};
use crate::components::panel::Panel;
use crate::components::states::{Empty, Loaded};
use crate::day::Day as Civil;
use crate::export::{Cell, TableData};
use crate::format::month_short;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// Monday first.
pub fn weekdays(lang: Lang) -> [String; 7] {
    match lang {
        Lang::Zh => ["一", "二", "三", "四", "五", "六", "日"],
        Lang::En => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    }
    .map(str::to_owned)
}

#[component]
pub fn CalendarPanel(data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = expect_context::<UnitCode>();
    let load = use_load::<Calendar>(move || {
        let (from, to, basis) = data.with(|it| {
            let (to, until) = (&it.scope.to, &it.scope.data_until);
            // Unless a span was chosen, days after the last whole month are shown too.
            let chosen = url.filters.with(|it| it.to.is_some());
            let end = until.as_ref().filter(|until| !chosen && *until > to);
            (
                it.scope.from.clone(),
                end.unwrap_or(to).clone(),
                it.scope.basis,
            )
        });
        Some(code.path(&format!("/calendar?from={from}&to={to}&basis={basis}")))
    });
    let title = t(lang, "完整率日历", "Completeness calendar");
    view! {
        <Panel
            id="calendar"
            title
            subtitle=t(lang, "每格一日 · 已收 / 应收", "A cell a day, received of expected")
            note=t(lang, "描边：低于 90%；斜纹：缺报；圆点：手工填报", "Outlined: below 90%; hatched: missing; dot: entered by hand")
        >
            <Loaded load height=150 let:calendar>
                <Show
                    when=move || calendar.with(|it| !it.days.is_empty())
                    fallback=move || view! { <Empty why=t(lang, "本期没有应收数据。", "Nothing was expected in the span.") /> }
                >
                    <ChartFrame
                        label=title
                        height=150.0
                        crosshair=false
                        layout=move |width, height| calendar.with(|it| scene(&it.days, width, height, lang))
                        tip=move |row| calendar.with(|it| it.days.get(row).map(|day| tip(day, lang)))
                        table=Signal::derive(move || calendar.with(|it| table(&it.days, lang)))
                        behind=Callback::new(move |row: usize| {
                            let calendar = calendar.get_untracked();
                            let day = calendar.days.get(row)?;
                            Some(Behind::period(&day.day).with("unit", code.0.get_untracked()))
                        })
                        on_pick=Callback::new(move |row: usize| {
                            let day = calendar.get_untracked().days.get(row).map(|it: &CalendarDay| it.day.clone());
                            url.set(&[("day", day), ("readings", None)]);
                        })
                    />
                </Show>
            </Loaded>
        </Panel>
    }
}

fn share(day: &CalendarDay) -> Option<f64> {
    (day.expected > 0).then(|| f64::from(day.received) / f64::from(day.expected))
}

fn scene(days: &[CalendarDay], width: f64, height: f64, lang: Lang) -> Scene {
    let cells: Vec<Day> = days
        .iter()
        .map(|it| Day {
            share: share(it),
            manual: it.manual,
            month_name: it
                .day
                .ends_with("-01")
                .then(|| {
                    it.day
                        .get(5..7)
                        .and_then(|it| it.parse().ok())
                        .map(|month| month_short(month, lang))
                })
                .flatten(),
        })
        .collect();
    let first_weekday = days
        .first()
        .and_then(|it| Civil::read(&it.day))
        .map_or(0, |it| it.weekday());
    Cells {
        days: &cells,
        first_weekday,
        weekdays: &weekdays(lang),
    }
    .scene(width, height)
}

fn tip(day: &CalendarDay, lang: Lang) -> Tip {
    let received = match lang {
        Lang::Zh => format!("{} / {} 点", day.received, day.expected),
        Lang::En => format!("{} of {} points", day.received, day.expected),
    };
    let mut rows = vec![
        TipRow::new(None, t(lang, "已收", "Received"), received),
        TipRow::new(
            None,
            t(lang, "完整率", "Completeness"),
            number::completeness(share(day)),
        ),
        TipRow::new(None, "tce", number::unit_tce(day.tce)),
    ];
    if day.manual {
        rows.push(TipRow::new(
            None,
            t(lang, "手工填报", "Entered by hand"),
            "",
        ));
    }
    Tip {
        title: day.day.clone(),
        note: String::new(),
        rows,
    }
}

fn table(days: &[CalendarDay], lang: Lang) -> TableData {
    let head = [
        t(lang, "日期", "Day"),
        t(lang, "已收点", "Received"),
        t(lang, "应收点", "Expected"),
        t(lang, "完整率", "Completeness"),
        "tce",
    ];
    let rows = days
        .iter()
        .map(|it| {
            vec![
                Cell::text(it.day.clone()),
                Cell::Figure(Some(it.received.into()), 0),
                Cell::Figure(Some(it.expected.into()), 0),
                Cell::Completeness(share(it)),
                Cell::Figure(it.tce, 2),
            ]
        })
        .collect();
    TableData {
        head: head.map(str::to_owned).into(),
        rows,
    }
}
