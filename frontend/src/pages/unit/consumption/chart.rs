//! The drawing of a unit's consumption: days as a stacked area under last year's line, months and years as bars.

use std::collections::BTreeSet;

use nengce_charts::scene::Scene;
use nengce_charts::time_series::composition::{Bar, Composition, ORDER};
use nengce_charts::time_series::stacked_area::{Day, StackedArea};
use nengce_shared::lang::Lang;

use super::series::{Period, gap_end, present, stacked};
use super::words::LAST_YEAR;
use crate::format::{month_short, year_month};
use crate::i18n::t;

pub fn scene(
    periods: &[Period],
    hidden: &BTreeSet<usize>,
    width: f64,
    height: f64,
    lang: Lang,
) -> Scene {
    let shown: [bool; 6] = std::array::from_fn(|at| !hidden.contains(&at));
    let there = present(periods);
    if periods.iter().all(|it| it.label.len() < 10) {
        let bars: Vec<Bar> = periods.iter().map(|it| bar(it, &there, lang)).collect();
        let chart = Composition { bars: &bars, unit: "tce", shown };
        return chart.scene(width, height);
    }
    let names = ORDER.map(|it| it.label(lang).to_owned());
    let days: Vec<Day> = (0..periods.len())
        .map(|at| Day {
            amounts: stacked(&periods[at], &there),
            label: first_of_month(&periods[at].label, lang),
            note: gap_end(periods, at)
                .map(|end| missing(&periods[at].label, &periods[end].label, lang)),
            last: periods[at].last.filter(|_| !hidden.contains(&LAST_YEAR)).map(|it| {
                let of_shown = it.iter().zip(shown).filter(|(_, shown)| *shown);
                of_shown.map(|(tce, _)| tce).sum()
            }),
        })
        .collect();
    let chart =
        StackedArea { days: &days, unit: t(lang, "tce / 日", "tce a day"), shown, names: &names };
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
        compared_district: None,
        unfinished: period.unfinished.then(|| t(lang, "未完", "part").to_owned()),
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
        let part = |range| day.get(range).map_or("", |it: &str| it.trim_start_matches('0'));
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
