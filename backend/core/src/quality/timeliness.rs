//! When a day's data is due, and the daily quality figures of an item.

use jiff::civil::Date;
use nengce_shared::working_days::{UnknownYear, WorkingDays};

use nengce_messages::stamp;

/// Working days within which an outage has to be repaired (found).
pub const REPAIR_WORKING_DAYS: u32 = 3;

/// The quality figures of one item on one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemFigures {
    /// The id of the item.
    pub item: i32,
    /// The day, counted from 1970-01-01.
    pub day: i32,
    /// Points that were expected.
    pub expected: u32,
    /// Points that came, no more than were expected.
    pub received: u32,
    /// Whether lateness counts: the unit was connected by this day.
    pub timed: bool,
    /// Hours by which the first value came after the day was due; 0 when it came in time, `None` when nothing came.
    pub late_hours: Option<f64>,
    /// Whether any figure came.
    pub has_data: bool,
    /// Whether the day has data, no value that the sender marks as invalid, and no mark of validity.
    pub valid: bool,
    /// Whether the day has data, no rejected stamp and no mark of conformity.
    pub conforms: bool,
}

/// The moment, in local seconds, from which a day's data is late: it is due by the end of the next day (found).
pub const fn due_end(day: i32) -> i64 {
    (day as i64 + 2) * 86_400
}

/// Days within which the working days for repair end in every year: no public holiday is longer than nine days.
const MOST_DAYS_OF_REPAIR: i32 = 30;

/// The last day on which data that is missing since a day is excused.
///
/// # Errors
/// The working days of this time are not known.
pub fn repaired_by(day: i32, calendar: &WorkingDays) -> Result<Date, UnknownYear> {
    calendar.after(stamp::date_of(day + 1), REPAIR_WORKING_DAYS)
}

/// Whether data that is missing since `day` has exceeded the working days for repair. Where these are not known, it has
/// once they have passed in every possible year.
pub fn is_overdue(day: i32, today: i32, calendar: &WorkingDays) -> bool {
    let last = repaired_by(day, calendar).map_or(day + MOST_DAYS_OF_REPAIR, stamp::day_number);
    today > last
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_outage_may_last_three_working_days() {
        let calendar = WorkingDays::new([(date(2026, 10, 1), date(2026, 10, 7), false)]);
        // 2026-11-20 is a Friday: due on Saturday, repaired by Wednesday.
        let friday = stamp::day_number(date(2026, 11, 20));
        assert_eq!(repaired_by(friday, &calendar), Ok(date(2026, 11, 25)));
        assert!(!is_overdue(friday, friday + 5, &calendar));
        assert!(is_overdue(friday, friday + 6, &calendar));
        // Over a holiday, and in a year that is not known.
        let eve = stamp::day_number(date(2026, 9, 29));
        assert_eq!(repaired_by(eve, &calendar), Ok(date(2026, 10, 12)));
        assert!(!is_overdue(eve, eve + 10, &calendar));
        let unknown = WorkingDays::default();
        assert!(
            !is_overdue(friday, friday + 30, &unknown) && is_overdue(friday, friday + 31, &unknown)
        );
        assert_eq!(due_end(0), 172_800);
    }
}
