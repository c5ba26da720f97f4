//! Items that report by the month: a season that returns gives no alarm, other changes do, and missing months are
//! found.

use jiff::civil::{Date, date};
use nengce_shared::stat_type::StatType;

use crate::quality::series::Value;
use crate::quality::series_builder::SeriesBuilder;
use crate::quality::{Mark, assess};
use nengce_messages::stamp::day_number;

const COAL: i32 = 7;

/// The marks of an item over the months of 2023 to 2025. `value` gives each month, which comes on the second day of the
/// next month; `None` never comes.
fn marks(value: impl Fn(Date) -> Option<f64>) -> Vec<(&'static str, String)> {
    let mut builder = SeriesBuilder::default();
    builder.item(COAL, 1, [None; 3]);
    for year in 2023..=2025 {
        for at in 1..=12 {
            let first = date(year, at, 1);
            let Some(value) = value(first) else {
                continue;
            };
            let received = i64::from(day_number(first.last_of_month()) + 2) * 86_400;
            let value = Value { value, valid: true, received_at: received };
            builder.put(COAL, StatType::Month, i64::from(day_number(first)) * 86_400, value);
        }
    }
    let until = day_number(date(2026, 1, 5));
    let assessed = assess(&builder.series(until), day_number(date(2023, 1, 1)), until);
    let word = |it: &Mark| {
        let day = nengce_messages::stamp::date_of(it.day);
        (it.rule, day.strftime("%Y-%m").to_string())
    };
    assessed.marks.iter().map(word).collect()
}

/// A boiler with 100 times as much in winter, and never the same figure twice.
fn boiler(day: Date) -> f64 {
    let own = f64::from(day.month()) * 0.137 + f64::from(day.year() - 2020) * 0.731;
    match day.month() {
        1 | 2 | 12 => 950.0 + own * 10.0,
        3 | 11 => 480.0 + own * 10.0,
        _ => 9.0 + own,
    }
}

fn plant(day: Date) -> f64 {
    100.0 + f64::from(day.month()) * 1.37 + f64::from(day.year() - 2020) * 0.731
}

#[test]
fn a_season_is_no_alarm_and_neither_is_a_step_that_stays() {
    assert_eq!(marks(|it| Some(boiler(it))), []);
    let grown = |it: Date| plant(it) * if it.year() == 2025 { 3.0 } else { 1.0 };
    assert_eq!(marks(|it| Some(grown(it))), []);
    assert_eq!(marks(|it| Some(plant(it))), []);
}

#[test]
fn a_month_wrong_by_itself_is_found_whatever_the_season() {
    let spoilt = |factor: f64, at: Date, usual: fn(Date) -> f64| {
        marks(move |it| Some(usual(it) * if it == at { factor } else { 1.0 }))
    };
    let is = |rule, month: &str| vec![(rule, month.to_owned())];
    assert_eq!(spoilt(1e4, date(2024, 7, 1), plant), is("unit_mixup", "2024-07"));
    assert_eq!(spoilt(0.001, date(2025, 3, 1), plant), is("unit_mixup", "2025-03"));
    assert_eq!(spoilt(10.0, date(2024, 9, 1), plant), is("unit_mixup", "2024-09"));
    assert_eq!(spoilt(3.3, date(2024, 9, 1), plant), is("jump", "2024-09"));
    assert_eq!(spoilt(1e4, date(2025, 1, 1), boiler), is("unit_mixup", "2025-01"));
    assert_eq!(spoilt(-1.0, date(2025, 8, 1), boiler), is("negative", "2025-08"));
}

#[test]
fn a_month_that_does_not_come_is_missed_once_it_is_due() {
    let gone =
        |it: Date| Some(plant(it)).filter(|_| it != date(2025, 6, 1) && it != date(2025, 12, 1));
    // December is due on 10 January, which has not come yet.
    assert_eq!(marks(gone), [("silent", "2025-06".to_owned())]);
    let frozen =
        |it: Date| Some(if it.year() == 2025 && it.month() <= 4 { 123.4567 } else { plant(it) });
    let stuck: Vec<_> = (1..=4).map(|it| ("stuck", format!("2025-{it:02}"))).collect();
    assert_eq!(marks(frozen), stuck);
}
