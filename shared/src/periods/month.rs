//! A calendar month: the period of targets, trajectories and brushes.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::periods::error::PeriodError;

/// A month of a year 1–9999; `"YYYY-MM"` on the wire. Steps past the ends stop there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "2025-10"))]
pub struct Month(i32);

const FIRST_MONTH: i32 = 12;
const LAST_MONTH: i32 = 9999 * 12 + 11;

impl Month {
    /// Year 1–9999 and month 1–12.
    pub fn new(year: i16, month: i8) -> Option<Self> {
        let valid = (1..=9999).contains(&year) && (1..=12).contains(&month);
        valid.then(|| Self(i32::from(year) * 12 + i32::from(month) - 1))
    }

    /// The month a day lies in; days before the year 1 count as its January.
    pub fn of(date: Date) -> Self {
        let ordinal = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        Self(ordinal.clamp(FIRST_MONTH, LAST_MONTH))
    }

    /// The calendar year.
    pub fn year(self) -> i16 {
        (self.0 / 12) as i16
    }

    /// 1 = January … 12 = December.
    pub fn month(self) -> i8 {
        (self.0 % 12 + 1) as i8
    }

    /// The month `months` later (earlier when negative).
    pub fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months).clamp(FIRST_MONTH, LAST_MONTH))
    }

    /// The following month.
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The preceding month.
    pub fn prev(self) -> Self {
        self.plus(-1)
    }

    /// The same month one year earlier.
    pub fn year_before(self) -> Self {
        self.plus(-12)
    }

    /// Months from `earlier` to this one; negative when `earlier` is later.
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Calendar days: 28–31.
    pub fn days(self) -> i8 {
        self.first_day().days_in_month()
    }

    /// The 1st of the month.
    pub fn first_day(self) -> Date {
        Date::constant(self.year(), self.month(), 1)
    }

    /// The last calendar day of the month.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year(), self.month()))
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Month({self})")
    }
}

impl FromStr for Month {
    type Err = PeriodError;
    /// Reads exactly `YYYY-MM`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unreadable = || PeriodError::Unreadable(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(unreadable)?;
        let digits =
            |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(unreadable());
        }
        let year = year.parse().map_err(|_| unreadable())?;
        let month = month.parse().map_err(|_| unreadable())?;
        Self::new(year, month).ok_or_else(unreadable)
    }
}

crate::string_serde!(Month, str::parse::<Month>);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn february_knows_leap_years() {
        for (text, days) in [("2024-02", 29), ("2025-02", 28), ("1900-02", 28), ("2000-02", 29)] {
            assert_eq!(text.parse::<Month>().unwrap().days(), days, "{text}");
        }
    }

    #[test]
    fn steps_cross_the_year_and_stop_at_the_ends() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        assert_eq!(month("2025-12").next(), month("2026-01"));
        assert_eq!(month("2025-01").prev(), month("2024-12"));
        assert_eq!(month("0001-01").prev(), month("0001-01"));
        assert_eq!(month("9999-12").next(), month("9999-12"));
        for text in ["2025-13", "2025-00", "2025-1", "25-01", "+025-01", "2025/01", "0000-01"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn stepping_is_counted(year in 1900i16..2100, month in 1i8..=12, step in -600i32..600) {
            let start = Month::new(year, month).unwrap();
            let there = start.plus(step);
            prop_assert_eq!(there.since(start), step);
            prop_assert_eq!(there.plus(-step), start);
            prop_assert_eq!(there > start, step > 0);
            prop_assert_eq!(start.to_string().parse::<Month>().unwrap(), start);
            prop_assert_eq!((start.year(), start.month()), (year, month));
            prop_assert_eq!(start.last_day().tomorrow().unwrap(), start.next().first_day());
            prop_assert_eq!(start.range().days(), i32::from(start.days()));
        }
    }
}
