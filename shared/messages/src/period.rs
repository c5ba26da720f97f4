//! Finds the period of a stamp, which is always the period that contains it. A stamp is accepted near the start or at
//! the very end of its period, and a stamp that is not at the start is marked.

use std::collections::HashMap;

use jiff::civil::{Date, DateTime};
use nengce_shared::data_code::DataCode;
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;

use super::local_seconds::{date_time, seconds};
use super::{Problem, Reading};

const DAY: i64 = 86_400;
const MINUTE: i64 = 60;

/// A period and the place of the stamp in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Seconds of local wall time since 1970-01-01 00:00:00.
    pub start: i64,
    /// Seconds from the start to the stamp.
    pub off: i32,
}

impl Period {
    fn of(start: i64, raw: i64) -> Option<Self> {
        let off = i32::try_from(raw - start).ok()?;
        Some(Self { start, off })
    }
}

/// The period of a stamp that names its start. The stamp may lie up to a minute (day) or a day (month, year) after the
/// start, or in the last minute or on the last day of the period, where clients write that close a period. Stamps in
/// between are ambiguous and give `None`.
pub fn starting(at: DateTime, raw: i64, stat_type: StatType) -> Option<Period> {
    let date = at.date();
    let midnight = |date: Date| seconds(date.at(0, 0, 0, 0));
    let closes = raw.rem_euclid(DAY) >= DAY - MINUTE;
    let (start, near, last) = match stat_type {
        StatType::RealTime => return Period::of(raw, raw),
        StatType::Day => (midnight(date), MINUTE, closes),
        StatType::Month => (
            midnight(date.first_of_month()),
            DAY,
            date == date.last_of_month() && (closes || raw == midnight(date)),
        ),
        StatType::Year => (
            midnight(date.first_of_year()),
            DAY,
            date == date.last_of_year() && (closes || raw == midnight(date)),
        ),
    };
    if raw - start <= near || last {
        return Period::of(start, raw);
    }
    None
}

/// The period of a stamp that names its end: the first moment after it, its last minute, or its last day. `interval` is
/// the length of real-time intervals in seconds, or 0 where the sender did not state it. `has_time` is false for a bare
/// date, which names the day itself.
pub fn ending(
    at: DateTime,
    raw: i64,
    stat_type: StatType,
    interval: i64,
    has_time: bool,
) -> Option<Period> {
    let date = at.date();
    let midnight = |date: Date| seconds(date.at(0, 0, 0, 0));
    let before = |start: Date| start.yesterday().ok();
    let start = match stat_type {
        StatType::RealTime if interval > 0 => {
            let start = raw - interval;
            return Period::of(start, start);
        }
        StatType::RealTime => return None,
        StatType::Day if !has_time => date,
        StatType::Day if raw - midnight(date) <= MINUTE => before(date)?,
        StatType::Day if raw.rem_euclid(DAY) >= DAY - MINUTE => date,
        StatType::Month if raw - midnight(date.first_of_month()) <= DAY => {
            before(date.first_of_month())?.first_of_month()
        }
        StatType::Month if date == date.last_of_month() => date.first_of_month(),
        StatType::Year if raw - midnight(date.first_of_year()) <= DAY => {
            before(date.first_of_year())?.first_of_year()
        }
        StatType::Year if date == date.last_of_year() => date.first_of_year(),
        _ => return None,
    };
    Period::of(midnight(start), raw)
}

/// The readings whose stamps mean the same period as another stamp of the message, as places in ascending order. The
/// stamp nearest to the start is not among them.
pub fn clashes(readings: &[Reading]) -> Vec<usize> {
    if readings.iter().all(|it| it.off == 0) {
        return Vec::new();
    }
    let key = |it: &Reading| -> (DataCode, StatType, i64) { (it.data_code, it.stat_type, it.at) };
    let mut nearest: HashMap<_, i32> = HashMap::with_capacity(readings.len());
    for it in readings {
        let off = nearest.entry(key(it)).or_insert(it.off);
        *off = it.off.min(*off);
    }
    let loses = |it: &Reading| nearest.get(&key(it)).is_some_and(|off| it.off != *off);
    let places = readings.iter().enumerate().filter(|it| loses(it.1));
    places.map(|it| it.0).collect()
}

/// The reason why a reading that [`clashes`] names is rejected.
pub fn clash(reading: &Reading) -> Problem {
    let sent = date_time(reading.at + i64::from(reading.off)).strftime("%Y-%m-%d %H:%M:%S");
    let start = date_time(reading.at).strftime("%Y-%m-%d %H:%M:%S");
    Problem::new("statDate", ProblemCode::EntryStampsClash, sent.to_string()).hint(
        format!("另一条的时间也指起于 {start} 的统计期；请按起点填写"),
        format!("another stamp means the period from {start} too; send the starts of the periods"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime {
        text.parse().expect("a moment")
    }

    fn start(it: Option<Period>) -> Option<String> {
        it.map(|it| date_time(it.start).strftime("%Y-%m-%d").to_string())
    }

    #[test]
    fn a_stamp_is_never_moved_into_another_period() {
        let of = |text: &str, stat_type| {
            let at = at(text);
            start(starting(at, seconds(at), stat_type))
        };
        let some = |it: &str| Some(it.to_owned());
        assert_eq!(of("2026-01-31T00:00:00", StatType::Month), some("2026-01-01"));
        assert_eq!(of("2026-02-28T00:00:00", StatType::Month), some("2026-02-01"));
        assert_eq!(of("2026-03-31T23:59:59", StatType::Month), some("2026-03-01"));
        assert_eq!(of("2026-03-02T00:00:00", StatType::Month), some("2026-03-01"));
        assert_eq!(of("2025-12-31T00:00:00", StatType::Year), some("2025-01-01"));
        assert_eq!(of("2026-02-28T23:59:59", StatType::Day), some("2026-02-28"));
        assert_eq!(of("2026-02-28T00:00:59", StatType::Day), some("2026-02-28"));
        // The last afternoon may lie in the next month in another zone, so it is not accepted.
        assert_eq!(of("2026-01-31T16:00:00", StatType::Month), None);
        assert_eq!(of("2025-12-31T16:00:00", StatType::Year), None);
        assert_eq!(of("2026-02-28T16:00:00", StatType::Day), None);
        assert_eq!(of("2026-01-30T00:00:00", StatType::Month), None);
    }

    #[test]
    fn ends_can_be_declared_for_every_stat_type() {
        let of = |text: &str, stat_type, has_time| {
            let at = at(text);
            start(ending(at, seconds(at), stat_type, 3_600, has_time))
        };
        let some = |it: &str| Some(it.to_owned());
        assert_eq!(of("2026-03-01T00:00:00", StatType::RealTime, true), some("2026-02-28"));
        assert_eq!(of("2026-03-01T00:00:00", StatType::Day, true), some("2026-02-28"));
        assert_eq!(of("2026-02-28T23:59:59", StatType::Day, true), some("2026-02-28"));
        assert_eq!(of("2026-02-28T00:00:00", StatType::Day, false), some("2026-02-28"));
        assert_eq!(of("2026-02-28T12:00:00", StatType::Day, true), None);
        for end in ["2026-01-31T00:00:00", "2026-01-31T23:59:59", "2026-02-01T00:00:00"] {
            assert_eq!(of(end, StatType::Month, true), some("2026-01-01"), "{end}");
        }
        for end in ["2025-12-31T00:00:00", "2026-01-01T00:00:00"] {
            assert_eq!(of(end, StatType::Year, true), some("2025-01-01"), "{end}");
        }
        assert_eq!(of("2026-01-15T00:00:00", StatType::Month, true), None);
        let unsaid = at("2026-03-01T00:00:00");
        assert_eq!(ending(unsaid, seconds(unsaid), StatType::RealTime, 0, true), None);
    }

    proptest::proptest! {
        #[test]
        fn a_stamp_lies_in_its_period(raw in 1_600_000_000i64..1_900_000_000, stat_type in proptest::sample::select(&StatType::ALL[..])) {
            let at = date_time(raw);
            if let Some(it) = starting(at, raw, stat_type) {
                proptest::prop_assert_eq!(it.start + i64::from(it.off), raw);
                let (start, date) = (date_time(it.start).date(), at.date());
                let inside = match stat_type {
                    StatType::RealTime | StatType::Day => start == date,
                    StatType::Month => start.first_of_month() == date.first_of_month(),
                    StatType::Year => start.year() == date.year(),
                };
                proptest::prop_assert!(inside);
            }
        }
    }
}
