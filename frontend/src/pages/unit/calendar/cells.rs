//! A unit's days as cells, in a tooltip and in a table.

use nengce_charts::layout::steps::Steps;
use nengce_charts::scene::Scene;
use nengce_charts::time_series::calendar::{Calendar as Cells, Day};
use nengce_shared::api::unit_readings::CalendarDay;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::chart::{Tip, TipRow};
use crate::day::Day as Civil;
use crate::export::{Cell, TableData};
use crate::format::month_short;
use crate::i18n::t;

/// Monday first.
pub fn weekdays(lang: Lang) -> [String; 7] {
    match lang {
        Lang::Zh => ["一", "二", "三", "四", "五", "六", "日"],
        Lang::En => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    }
    .map(str::to_owned)
}

fn share(day: &CalendarDay) -> Option<f64> {
    (day.expected > 0).then(|| f64::from(day.received) / f64::from(day.expected))
}

pub fn scene(days: &[CalendarDay], by_tce: bool, width: f64, height: f64, lang: Lang) -> Scene {
    let tce: Vec<f64> = days.iter().filter_map(|it| it.tce).collect();
    let steps = Steps::of(&tce).filter(|_| by_tce);
    let limits = steps.map_or_else(Vec::new, |it| it.0.map(|it| number::unit_tce(Some(it))).into());
    let cells: Vec<Day> = days
        .iter()
        .map(|it| Day {
            share: share(it),
            manual: it.manual,
            step: steps.zip(it.tce).map(|(steps, tce)| steps.step(tce)),
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
    let first_weekday =
        days.first().and_then(|it| Civil::read(&it.day)).map_or(0, |it| it.weekday());
    Cells {
        days: &cells,
        first_weekday,
        weekdays: &weekdays(lang),
        steps: by_tce.then_some((&limits, "tce")),
    }
    .scene(width, height)
}

pub fn tip(day: &CalendarDay, lang: Lang) -> Tip {
    let received = match lang {
        Lang::Zh => format!("{} / {} 点", day.received, day.expected),
        Lang::En => format!("{} of {} points", day.received, day.expected),
    };
    let mut rows = vec![
        TipRow::new(None, t(lang, "已收", "Received"), received),
        TipRow::new(None, t(lang, "完整率", "Completeness"), number::completeness(share(day))),
        TipRow::new(None, "tce", number::unit_tce(day.tce)),
    ];
    if day.manual {
        rows.push(TipRow::new(None, t(lang, "手工填报", "Entered by hand"), ""));
    }
    Tip { title: day.day.clone(), note: String::new(), rows }
}

pub fn table(days: &[CalendarDay], lang: Lang) -> TableData {
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
    TableData { head: head.map(str::to_owned).into(), rows }
}
