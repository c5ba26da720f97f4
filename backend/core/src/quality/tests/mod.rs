//! A plant of two meters without faults; each test adds one fault, and exactly this fault is found.

mod history;
mod laws;
mod months;
mod rules;

use jiff::civil::date;
use nengce_shared::stat_type::StatType;

use super::series::{UnitSeries, Value};
use super::series_builder::SeriesBuilder;
use super::{Assessment, assess};
use nengce_messages::stamp;

/// The first day of the plant, a Monday.
pub(super) fn start() -> i32 {
    stamp::day_number(date(2025, 6, 2))
}

pub(super) const DAYS: i32 = 70;
pub(super) const METERS: [i32; 2] = [0, 1];

/// The day that gets the fault of a test: a Wednesday, with history before it and days after it.
pub(super) fn spoilt() -> i32 {
    start() + 44
}

/// The hours of a day as a meter sends them, all different.
pub(super) fn hours(item: i32, day: i32) -> Vec<f64> {
    let wave = |hour: i32| 8.0 + f64::from((hour * 5 + day * 3 + item * 7) % 11) * 0.137;
    let drift = f64::from(day - start()) * 0.0031;
    (0..24).map(|hour| wave(hour) * f64::from(item + 1) + drift).collect()
}

/// The hours and the reported day of one meter, as they will be sent.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub hours: Vec<Option<f64>>,
    pub day: Option<f64>,
    pub at: i64,
}

/// The plant's series after `spoil` has changed each meter's days.
pub(super) fn plant(spoil: impl Fn(i32, i32, &mut Sent)) -> SeriesBuilder {
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

pub(super) fn send(builder: &mut SeriesBuilder, item: i32, day: i32, sent: &Sent) {
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

pub(super) fn series(builder: &SeriesBuilder) -> UnitSeries {
    builder.series(start() + DAYS - 1)
}

/// The rules that marked something, each once, with the meter.
pub(super) fn found(builder: &SeriesBuilder) -> Vec<(&'static str, Option<i32>)> {
    let Assessment { marks, .. } = assess(&series(builder), start(), start() + DAYS - 1);
    let mut found: Vec<_> = marks.iter().map(|it| (it.rule, it.item)).collect();
    found.sort_unstable();
    found.dedup();
    found
}
