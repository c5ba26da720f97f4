//! The calendar of the wall clock: buckets, days, months and years as seconds since 1970-01-01 00:00:00 local time.

use nengce_shared::stat_type::StatType;

/// The length of a bucket in seconds.
pub const BUCKET: i64 = 900;
/// The length of a day in seconds: the wall clock of the city knows no summer time.
pub const DAY: i64 = 86_400;

/// The start of the bucket that holds a moment.
pub(crate) fn bucket_of(at: i64) -> i64 {
    at.div_euclid(BUCKET) * BUCKET
}

/// Midnight before a moment.
pub(crate) fn day_of(at: i64) -> i64 {
    at.div_euclid(DAY) * DAY
}

/// The date of a moment: year, month, day.
pub fn civil(at: i64) -> (i64, u32, u32) {
    // Days from a first of March: the leap day is the last of its year.
    let days = at.div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
}

/// Midnight of a date.
pub fn seconds_of(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted = i64::from((month + 9) % 12);
    let of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year + era * 146_097 - 719_468;
    days * DAY
}

/// The start of the period of a kind that holds a moment; of a real-time value, its bucket.
pub(crate) fn start_of(stat: StatType, at: i64) -> i64 {
    let (year, month, _) = civil(at);
    match stat {
        StatType::RealTime => bucket_of(at),
        StatType::Day => day_of(at),
        StatType::Month => seconds_of(year, month, 1),
        StatType::Year => seconds_of(year, 1, 1),
    }
}

/// The end of a period that starts at a moment.
pub(crate) fn end_of(stat: StatType, start: i64) -> i64 {
    let (year, month, _) = civil(start);
    match stat {
        StatType::RealTime => start + BUCKET,
        StatType::Day => start + DAY,
        StatType::Month if month == 12 => seconds_of(year + 1, 1, 1),
        StatType::Month => seconds_of(year, month + 1, 1),
        StatType::Year => seconds_of(year + 1, 1, 1),
    }
}

/// A moment as text: `2026-11-26 10:42:07`.
pub fn stamp(at: i64) -> String {
    let (year, month, day) = civil(at);
    let of_day = at.rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use super::{DAY, StatType, civil, end_of, seconds_of, stamp, start_of};

    #[test]
    fn dates_agree_with_jiff() {
        let first = jiff::civil::date(1970, 1, 1);
        for days in (0_i32..60_000).step_by(13) {
            let date = first + jiff::Span::new().days(days);
            let at = i64::from(days) * DAY;
            let (year, month, day) = civil(at);
            assert_eq!(year, i64::from(date.year()));
            assert_eq!((month, day), (date.month() as u32, date.day() as u32));
            assert_eq!(seconds_of(year, month, day), at);
        }
    }

    #[test]
    fn february_of_a_leap_year_has_29_days() {
        let at = seconds_of(2028, 2, 29) + 86_399;
        assert_eq!(stamp(at), "2028-02-29 23:59:59");
        let start = start_of(StatType::Month, at);
        assert_eq!((end_of(StatType::Month, start) - start) / DAY, 29);
        let year = start_of(StatType::Year, at);
        assert_eq!((end_of(StatType::Year, year) - year) / DAY, 366);
    }
}
