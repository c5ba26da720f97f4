//! Working days: Monday to Friday, without the public holidays and with the weekends that are worked instead. Of a year whose
//! arrangement is not known nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

/// The arrangement of this year is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownYear(pub i16);

/// The public holidays and the worked weekends of some years.
#[derive(Debug, Clone, Default)]
pub struct WorkingDays {
    years: BTreeSet<i16>,
    /// Whether a day is worked, where its weekday says otherwise.
    exceptions: BTreeMap<Date, bool>,
}

impl WorkingDays {
    /// A calendar of spans, ends included, each worked or free. Every year that a span touches counts as known.
    pub fn new(spans: impl IntoIterator<Item = (Date, Date, bool)>) -> Self {
        let mut it = Self::default();
        for (from, to, is_worked) in spans {
            let mut day = from;
            while day <= to {
                it.years.insert(day.year());
                it.exceptions.insert(day, is_worked);
                let Ok(next) = day.tomorrow() else { break };
                day = next;
            }
        }
        it
    }

    /// Whether a day is worked.
    ///
    /// # Errors
    /// The year of the day is not known.
    pub fn is_worked(&self, day: Date) -> Result<bool, UnknownYear> {
        if !self.years.contains(&day.year()) {
            return Err(UnknownYear(day.year()));
        }
        let is_weekday = !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        Ok(self.exceptions.get(&day).copied().unwrap_or(is_weekday))
    }

    /// The `count`-th working day after a day.
    ///
    /// # Errors
    /// The count reaches into a year that is not known.
    pub fn after(&self, day: Date, count: u32) -> Result<Date, UnknownYear> {
        let (mut at, mut left) = (day, count);
        while left > 0 {
            at = at.tomorrow().map_err(|_| UnknownYear(at.year()))?;
            left -= u32::from(self.is_worked(at)?);
        }
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// The Spring Festival of 2026 and its two worked weekend days.
    fn calendar() -> WorkingDays {
        let worked = |day| (day, day, true);
        WorkingDays::new([
            (date(2026, 2, 15), date(2026, 2, 23), false),
            worked(date(2026, 2, 14)),
            worked(date(2026, 2, 28)),
        ])
    }

    #[test]
    fn holidays_are_passed_over_and_worked_weekends_count() {
        let it = calendar();
        assert_eq!(it.after(date(2026, 2, 12), 2), Ok(date(2026, 2, 14)), "a worked Saturday");
        assert_eq!(it.after(date(2026, 2, 13), 3), Ok(date(2026, 2, 25)));
        assert_eq!(it.after(date(2026, 3, 6), 1), Ok(date(2026, 3, 9)), "a usual weekend");
        assert_eq!(it.after(date(2026, 2, 15), 0), Ok(date(2026, 2, 15)));
    }

    #[test]
    fn an_unknown_year_is_said() {
        let it = calendar();
        assert_eq!(it.after(date(2026, 12, 30), 3), Err(UnknownYear(2027)));
        assert_eq!(it.is_worked(date(2025, 12, 31)), Err(UnknownYear(2025)));
        assert_eq!(WorkingDays::default().after(date(2026, 1, 1), 1), Err(UnknownYear(2026)));
    }

    proptest! {
        /// As many days are worked between a day and the answer as were asked for, and the answer is one of them.
        #[test]
        fn the_answer_is_as_many_working_days_later(offset in 0..300i32, count in 1..20u32) {
            let it = calendar();
            let from = date(2026, 1, 1).saturating_add(offset.days());
            if let Ok(to) = it.after(from, count) {
                let days = from.series(1.day()).skip(1).take_while(|day| *day <= to);
                let worked = days.filter(|day| it.is_worked(*day) == Ok(true)).count();
                prop_assert_eq!(worked, count as usize);
                prop_assert_eq!(it.is_worked(to), Ok(true));
            }
        }
    }
}
