//! What the store should hold after any uploads, computed plainly in memory. Shares no code with the store.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use nengce_shared::stat_type::StatType;

/// (data code, stat type, seconds of local wall time)
pub(super) type Key = (&'static str, StatType, i64);

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Value {
    pub value: f64,
    pub valid: bool,
    pub input_type: Option<u8>,
    pub upload_id: i32,
}

/// quantity, reported, received, manual
pub(super) type DayFigure = (Option<f64>, bool, u8, bool);
/// quantity, reported, days
pub(super) type MonthFigure = (Option<f64>, bool, u8);
/// points per day, real-time from, first day, last day
pub(super) type Rhythm = (u8, Option<Date>, Option<Date>, Option<Date>);

/// What readings that left mean for their day: quantity, received, manual, finer than hourly.
type Summary = (Option<f64>, u8, bool, bool);

#[derive(Debug, Default)]
pub(super) struct Model {
    pub readings: BTreeMap<Key, Value>,
    retired: BTreeMap<(&'static str, StatType, Date), Summary>,
    /// (key, value that gave way, upload that replaced it)
    pub history: Vec<(Key, f64, i32)>,
}

pub(super) fn day_of(at: i64) -> Date {
    Date::constant(1970, 1, 1) + at.div_euclid(86_400).days()
}

pub(super) fn seconds(day: Date, minutes: i64) -> i64 {
    let days = Date::constant(1970, 1, 1).until((Unit::Day, day)).expect("a span of days");
    i64::from(days.get_days()) * 86_400 + minutes * 60
}

/// The order of a sum shows in the last digits: quantities are compared to nine of them, not bit by bit.
pub(super) fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
        (a, b) => a == b,
    }
}

/// Classes 05–08 and 10 have no sum.
fn aggregate(code: &str, values: &[f64]) -> Option<f64> {
    let sum: f64 = values.iter().sum();
    match (&code[11..13], values.len()) {
        (_, 0) => None,
        ("05" | "06" | "07" | "08" | "10", count) => Some(sum / count as f64),
        _ => Some(sum),
    }
}

impl Model {
    pub(super) fn upload(&mut self, rows: &[(Key, Value)]) {
        for (key, new) in rows {
            if let Some(old) = self.readings.get(key) {
                if (old.value, old.valid) == (new.value, new.valid) {
                    continue;
                }
                self.history.push((*key, old.value, new.upload_id));
            }
            self.readings.insert(*key, *new);
        }
    }

    /// The readings of a stat type before a day leave; a day that has left before keeps what came for it later.
    pub(super) fn retire(&mut self, stat_type: StatType, before: Date) {
        let leaving: BTreeSet<(&'static str, StatType, Date)> = self
            .readings
            .keys()
            .map(|(code, stat, at)| (*code, *stat, day_of(*at)))
            .filter(|it| it.1 == stat_type && it.2 < before && !self.retired.contains_key(it))
            .collect();
        for place in leaving {
            if let Some(summary) = self.summary(place) {
                self.retired.insert(place, summary);
            }
            self.readings.retain(|(code, stat, at), _| (*code, *stat, day_of(*at)) != place);
        }
    }

    pub(super) fn has_retired(&self) -> bool {
        !self.retired.is_empty()
    }

    fn summary(&self, place: (&'static str, StatType, Date)) -> Option<Summary> {
        if let Some(left) = self.retired.get(&place) {
            return Some(*left);
        }
        let all: Vec<(i64, Value)> = self
            .readings
            .iter()
            .filter(|((code, stat, at), _)| (*code, *stat, day_of(*at)) == place)
            .map(|(key, it)| (key.2, *it))
            .collect();
        all.first()?;
        let valid: Vec<Value> = all.iter().map(|it| it.1).filter(|it| it.valid).collect();
        let values: Vec<f64> = valid.iter().map(|it| it.value).collect();
        let quantity = match place.1 {
            StatType::Day => values.first().copied(),
            _ => aggregate(place.0, &values),
        };
        let received = if place.1 == StatType::RealTime { values.len() as u8 } else { 0 };
        let manual = valid.iter().any(|it| it.input_type == Some(5));
        let fine = all.iter().any(|it| it.0.rem_euclid(3_600) != 0);
        Some((quantity, received, manual, fine))
    }

    /// (code, stat type, day) with daily or real-time values, there or gone.
    fn places(&self) -> BTreeSet<(&'static str, StatType, Date)> {
        let there = self.readings.keys();
        there
            .map(|(code, stat, at)| (*code, *stat, day_of(*at)))
            .chain(self.retired.keys().copied())
            .filter(|it| it.1 < StatType::Month)
            .collect()
    }

    pub(super) fn days(&self) -> BTreeMap<(&'static str, Date), DayFigure> {
        let places = self.places();
        places.iter().map(|(code, _, day)| ((*code, *day), self.day(code, *day))).collect()
    }

    fn day(&self, code: &'static str, day: Date) -> DayFigure {
        let fine = self.summary((code, StatType::RealTime, day));
        let reported = self.summary((code, StatType::Day, day));
        let stated = reported.and_then(|it| it.0);
        let quantity = stated.or(fine.and_then(|it| it.0));
        let manual = fine.is_some_and(|it| it.2) || reported.is_some_and(|it| it.2);
        (quantity, stated.is_some(), fine.map_or(0, |it| it.1), manual)
    }

    pub(super) fn months(&self) -> BTreeMap<(&'static str, Date), MonthFigure> {
        let days = self.days();
        let mut months: BTreeMap<_, (Option<f64>, Vec<f64>)> = BTreeMap::new();
        for ((code, day), figure) in &days {
            let month = months.entry((*code, day.first_of_month())).or_default();
            month.1.extend(figure.0);
        }
        for ((code, stat, at), it) in &self.readings {
            if *stat == StatType::Month && it.valid {
                months.entry((*code, day_of(*at))).or_default().0 = Some(it.value);
            }
        }
        // A year's value is its months where nothing finer came for any part of it.
        let finer: BTreeSet<(&'static str, i16)> = months
            .iter()
            .filter(|(_, (reported, days))| reported.is_some() || !days.is_empty())
            .map(|((code, month), _)| (*code, month.year()))
            .collect();
        let mut spread = BTreeMap::new();
        for ((code, stat, at), it) in &self.readings {
            let year = day_of(*at).year();
            if *stat != StatType::Year || !it.valid || finer.contains(&(*code, year)) {
                continue;
            }
            for month in (1..=12).map(|month| Date::constant(year, month, 1)) {
                let share = f64::from(month.days_in_month()) / f64::from(month.days_in_year());
                let mean = aggregate(code, &[it.value, it.value]) == Some(it.value);
                spread.insert((*code, month), it.value * if mean { 1.0 } else { share });
                months.entry((*code, month)).or_default();
            }
        }
        months
            .into_iter()
            .map(|(key, (reported, days))| {
                let quantity = reported
                    .or_else(|| aggregate(key.0, &days))
                    .or_else(|| spread.get(&key).copied());
                (key, (quantity, reported.is_some(), days.len() as u8))
            })
            .collect()
    }

    pub(super) fn rhythms(&self) -> BTreeMap<&'static str, Rhythm> {
        let mut all: BTreeMap<&'static str, Rhythm> = BTreeMap::new();
        for key in self.readings.keys() {
            all.entry(key.0).or_default();
        }
        for (code, stat, day) in self.places() {
            let it = all.entry(code).or_default();
            let fine = self.summary((code, stat, day)).is_some_and(|summary| summary.3);
            let points = match stat {
                StatType::RealTime if fine => 96,
                StatType::RealTime => 24,
                _ => 1,
            };
            it.0 = it.0.max(points);
            if stat == StatType::RealTime {
                it.1 = Some(it.1.map_or(day, |known| known.min(day)));
            }
            it.2 = Some(it.2.map_or(day, |known| known.min(day)));
            it.3 = Some(it.3.map_or(day, |known| known.max(day)));
        }
        all
    }
}
