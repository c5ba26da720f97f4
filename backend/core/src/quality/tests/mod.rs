//! A plant of two meters, right by itself, that each test spoils in one way: what is found is what was spoilt.

mod laws;
mod learnt;
mod months;
mod rules;

use jiff::civil::date;
use nengce_shared::stat_type::StatType;

use super::series::{UnitSeries, Value};
use super::series_builder::SeriesBuilder;
use super::{Judged, judge};
use crate::ingest::stamp;

/// A Monday; the plant runs from here.
pub fn start() -> i32 {
    stamp::day_number(date(2025, 6, 2))
}

pub const DAYS: i32 = 70;
pub const METERS: [i32; 2] = [0, 1];

/// The day that a test spoils: a Wednesday, with history before and days after it.
pub fn spoilt() -> i32 {
    start() + 44
}

/// The hours of a day as a meter sends them, never two alike.
pub fn hours(item: i32, day: i32) -> Vec<f64> {
    let wave = |hour: i32| 8.0 + f64::from((hour * 5 + day * 3 + item * 7) % 11) * 0.137;
    let drift = f64::from(day - start()) * 0.0031;
    (0..24).map(|hour| wave(hour) * f64::from(item + 1) + drift).collect()
}

/// Hours and reported day of one meter, as they are to be sent.
#[derive(Debug, Clone)]
pub struct Sent {
    pub hours: Vec<Option<f64>>,
    pub day: Option<f64>,
    pub at: i64,
}

/// The plant's series after `spoil` has had its way with each meter's day.
pub fn plant(spoil: impl Fn(i32, i32, &mut Sent)) -> SeriesBuilder {
    let mut builder = SeriesBuilder::default();
    for item in METERS {
        let most = 40.0 * f64::from(item + 1);
        let bounds = [Some((0.0, most)), Some((0.0, most * 24.0)), None];
        builder.item(item, 2, bounds);
        for day in start()..start() + DAYS {
            let hours = hours(item, day);
            let mut sent = Sent {
                day: Some(hours.iter().sum()),
                hours: hours.into_iter().map(Some).collect(),
                at: i64::from(day + 1) * 86_400 + 7_200,
            };
            spoil(item, day, &mut sent);
            send(&mut builder, item, day, &sent);
        }
    }
    builder
}

pub fn send(builder: &mut SeriesBuilder, item: i32, day: i32, sent: &Sent) {
    let midnight = i64::from(day) * 86_400;
    let value = |value| Value { value, valid: true, received_at: sent.at };
    for (hour, it) in sent.hours.iter().enumerate() {
        if let Some(it) = it {
            builder.put(item, StatType::RealTime, midnight + hour as i64 * 3_600, value(*it));
        }
    }
    if let Some(it) = sent.day {
        builder.put(item, StatType::Day, midnight, value(it));
    }
}

pub fn series(builder: &SeriesBuilder) -> UnitSeries {
    builder.series(start() + DAYS - 1)
}

/// Rules that marked something, each once, with the meter.
pub fn found(builder: &SeriesBuilder) -> Vec<(&'static str, Option<i32>)> {
    let Judged { marks, .. } = judge(&series(builder), start(), start() + DAYS - 1);
    let mut found: Vec<_> = marks.iter().map(|it| (it.rule, it.item)).collect();
    found.sort_unstable();
    found.dedup();
    found
}
