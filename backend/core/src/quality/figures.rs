//! Daily quality figures and the index made of them. Sums over sums; a part without anything to judge is `None`.

/// Working days within which an outage is to be repaired (found).
pub const REPAIR_WORKING_DAYS: u32 = 3;

/// One item's day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemFigures {
    pub item: i32,
    pub day: i32,
    pub expected: u32,
    pub received: u32,
    /// Whether lateness is judged: the unit was connected by then.
    pub timed: bool,
    /// Hours after the day was due; 0 in time, `None` when nothing came.
    pub late_hours: Option<f64>,
    pub has_data: bool,
    pub valid: bool,
    pub conforms: bool,
}

/// A day's data is due by the end of the next day (found): the moment its lateness starts.
pub const fn due_end(day: i32) -> i64 {
    (day as i64 + 2) * 86_400
}

/// The end of the `count`-th working day after a day; Monday to Friday, holidays are not known here.
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

/// Whether data missing since `day` is beyond the days for repair.
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
