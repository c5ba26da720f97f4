//! When a day's data is due, and the daily quality figures of an item.

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

/// The `count`-th working day after a day. Monday to Friday are working days; public holidays are not known here.
pub fn working_days_after(day: i32, count: u32) -> i32 {
    let (mut at, mut left) = (day, count);
    while left > 0 {
        at += 1;
        if !super::scale::is_weekend(at) {
            left -= 1;
        }
    }
    at
}

/// Whether data that is missing since `day` has exceeded the working days for repair.
pub fn is_overdue(day: i32, today: i32) -> bool {
    today > working_days_after(day + 1, REPAIR_WORKING_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_may_last_three_working_days() {
        // 2026-11-20 is a Friday: due on Saturday, repaired by Wednesday.
        let friday = crate::ingest::stamp::day_number(jiff::civil::date(2026, 11, 20));
        assert_eq!(working_days_after(friday + 1, 3), friday + 5);
        assert!(!is_overdue(friday, friday + 5));
        assert!(is_overdue(friday, friday + 6));
        assert_eq!(due_end(0), 172_800);
    }
}
