//! What the store should hold after any uploads, computed plainly in memory. Shares no code with the store.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

/// (data code, stat type, seconds of local wall time)
pub type Key = (&'static str, u8, i64);

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    pub value: f64,
    pub valid: bool,
    pub input_type: Option<u8>,
    pub upload_id: i32,
}

/// quantity, reported, received, manual
pub type DayFigure = (Option<f64>, bool, u8, bool);
/// quantity, reported, days
pub type MonthFigure = (Option<f64>, bool, u8);
/// points per day, real-time from, first day, last day
pub type Rhythm = (u8, Option<Date>, Option<Date>, Option<Date>);

#[derive(Debug, Default)]
pub struct Model {
    pub readings: BTreeMap<Key, Value>,
    /// (key, value that gave way, upload that replaced it)
    pub history: Vec<(Key, f64, i32)>,
}

pub fn day_of(at: i64) -> Date {
    Date::constant(1970, 1, 1) + at.div_euclid(86_400).days()
}

pub fn seconds(day: Date, minutes: i64) -> i64 {
    let days = Date::constant(1970, 1, 1)
        .until((Unit::Day, day))
        .expect("a span of days");
    i64::from(days.get_days()) * 86_400 + minutes * 60
}

/// The order of a sum shows in the last digits: quantities are compared to nine of them, not bit by bit.
pub fn near(a: Option<f64>, b: Option<f64>) -> bool {
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
    pub fn upload(&mut self, rows: &[(Key, Value)]) {
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

    pub fn days(&self) -> BTreeMap<(&'static str, Date), DayFigure> {
        let keys: BTreeSet<(&'static str, Date)> = self
            .readings
            .keys()
            .filter(|(_, stat, _)| *stat < 2)
            .map(|(code, _, at)| (*code, day_of(*at)))
            .collect();
        keys.into_iter()
            .map(|(code, day)| ((code, day), self.day(code, day)))
            .collect()
    }

    fn day(&self, code: &str, day: Date) -> DayFigure {
        let valid: Vec<(u8, Value)> = self
            .readings
            .iter()
            .filter(|((c, stat, at), it)| *c == code && *stat < 2 && day_of(*at) == day && it.valid)
            .map(|((_, stat, _), it)| (*stat, *it))
            .collect();
        let reported = valid.iter().find(|it| it.0 == 1).map(|it| it.1.value);
        let points: Vec<f64> = valid
            .iter()
            .filter(|it| it.0 == 0)
            .map(|it| it.1.value)
            .collect();
        let manual = valid.iter().any(|it| it.1.input_type == Some(5));
        let quantity = reported.or_else(|| aggregate(code, &points));
        (quantity, reported.is_some(), points.len() as u8, manual)
    }

    pub fn months(&self) -> BTreeMap<(&'static str, Date), MonthFigure> {
        let days = self.days();
        let mut months: BTreeMap<_, (Option<f64>, Vec<f64>)> = BTreeMap::new();
        for ((code, day), figure) in &days {
            let month = months.entry((*code, day.first_of_month())).or_default();
            month.1.extend(figure.0);
        }
        for ((code, stat, at), it) in &self.readings {
            if *stat == 2 && it.valid {
                months.entry((*code, day_of(*at))).or_default().0 = Some(it.value);
            }
        }
        months
            .into_iter()
            .map(|(key, (reported, days))| {
                let quantity = reported.or_else(|| aggregate(key.0, &days));
                (key, (quantity, reported.is_some(), days.len() as u8))
            })
            .collect()
    }

    pub fn rhythms(&self) -> BTreeMap<&'static str, Rhythm> {
        let mut all: BTreeMap<&'static str, Rhythm> = BTreeMap::new();
        for (code, stat, at) in self.readings.keys() {
            let it = all.entry(code).or_default();
            let day = day_of(*at);
            let points = match stat {
                0 if at.rem_euclid(3_600) != 0 => 96,
                0 => 24,
                1 => 1,
                _ => continue,
            };
            it.0 = it.0.max(points);
            if *stat == 0 {
                it.1 = Some(it.1.map_or(day, |known| known.min(day)));
            }
            it.2 = Some(it.2.map_or(day, |known| known.min(day)));
            it.3 = Some(it.3.map_or(day, |known| known.max(day)));
        }
        all
    }
}
