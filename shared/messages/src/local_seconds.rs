//! Days and seconds of the local wall clock since 1970-01-01 00:00:00, without a time zone.

use jiff::civil::{Date, DateTime};

const DAY: i64 = 86_400;
const EPOCH: Date = Date::constant(1970, 1, 1);

/// Seconds of the same wall clock since 1970-01-01 00:00:00.
pub fn seconds(at: DateTime) -> i64 {
    i64::from(day_number(at.date())) * DAY
        + i64::from(at.hour()) * 3600
        + i64::from(at.minute()) * 60
        + i64::from(at.second())
}

/// Days since 1970-01-01.
pub fn day_number(date: Date) -> i32 {
    (date.duration_since(EPOCH).as_secs() / DAY) as i32
}

/// The wall time that [`seconds`] counts.
pub fn date_time(seconds: i64) -> DateTime {
    let date = date_of(seconds.div_euclid(DAY) as i32);
    let rest = seconds.rem_euclid(DAY);
    date.at((rest / 3600) as i8, (rest / 60 % 60) as i8, (rest % 60) as i8, 0)
}

/// The date that [`day_number`] counts; saturates at the first and last date of jiff.
pub fn date_of(day: i32) -> Date {
    EPOCH.saturating_add(jiff::Span::new().days(day))
}
