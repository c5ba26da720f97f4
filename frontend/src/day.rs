//! Calendar days as the API writes them, for stepping and weekdays. Uses no clock, no time zone, and no date library,
//! which would enlarge the download.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

impl Day {
    /// Reads `YYYY-MM-DD`; a shorter `YYYY` or `YYYY-MM` is its first day.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part = |absent: u32| parts.next().map_or(Some(absent), |it| it.parse().ok());
        let (year, month, day) = (part(0)?, part(1)?, part(1)?);
        let it = Self {
            year: i32::try_from(year).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        };
        let fits = parts.next().is_none()
            && (1..=12).contains(&it.month)
            && (1..=it.days_in_month()).contains(&it.day);
        fits.then_some(it)
    }

    pub fn days_in_month(self) -> u8 {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    pub fn is_month_end(self) -> bool {
        self.day == self.days_in_month()
    }

    pub fn next_day(self) -> Self {
        if self.is_month_end() { self.next_month() } else { Self { day: self.day + 1, ..self } }
    }

    pub fn previous_day(self) -> Self {
        if self.day > 1 {
            return Self { day: self.day - 1, ..self };
        }
        let before = match self.month {
            1 => Self { year: self.year - 1, month: 12, day: 1 },
            month => Self { month: month - 1, day: 1, ..self },
        };
        Self { day: before.days_in_month(), ..before }
    }

    pub fn first_of_month(self) -> Self {
        Self { day: 1, ..self }
    }

    /// The first day of the month after.
    pub fn next_month(self) -> Self {
        match self.month {
            12 => self.next_year(),
            month => Self { month: month + 1, day: 1, ..self },
        }
    }

    /// The first day of the year after.
    pub fn next_year(self) -> Self {
        Self { year: self.year + 1, month: 1, day: 1 }
    }

    /// The same day a year earlier; 29 February becomes the 28th.
    pub fn year_before(self) -> Self {
        let year = self.year - 1;
        let day = self.day.min(Self { year, ..self }.days_in_month());
        Self { year, day, ..self }
    }

    /// 0 is Monday (Sakamoto's method).
    pub fn weekday(self) -> usize {
        const SHIFT: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = self.year - i32::from(self.month < 3);
        let shift = SHIFT[usize::from(self.month).saturating_sub(1) % 12];
        let sunday_zero = year + year / 4 - year / 100 + year / 400 + shift + i32::from(self.day);
        (sunday_zero + 6).rem_euclid(7) as usize
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_stepped_and_named() {
        let day = |text| Day::read(text).expect("a day");
        assert_eq!(day("2024-02-28").next_day().to_string(), "2024-02-29");
        assert_eq!(day("2023-02-28").next_day().to_string(), "2023-03-01");
        assert_eq!(day("2025-12-31").next_day().to_string(), "2026-01-01");
        for text in ["2024-02-28", "2023-02-28", "2025-12-31", "2025-07-31"] {
            assert_eq!(day(text).next_day().previous_day(), day(text));
        }
        assert_eq!(day("2025-07-31").first_of_month().to_string(), "2025-07-01");
        assert_eq!(day("2025"), day("2025-01-01"));
        assert_eq!(day("2025-06").next_month().to_string(), "2025-07-01");
        assert_eq!(day("2024-02-29").year_before().to_string(), "2023-02-28");
        assert_eq!(day("2025-02-28").year_before().to_string(), "2024-02-28");
        for wrong in ["2025-02-29", "2025-13", "2025-00-01", "x", "2025-1-1-1"] {
            assert_eq!(Day::read(wrong), None, "{wrong}");
        }
        // 18 October 2025 was a Saturday, 1 January 2024 a Monday, 29 February 2024 a Thursday.
        assert_eq!(day("2025-10-18").weekday(), 5);
        assert_eq!(day("2024-01-01").weekday(), 0);
        assert_eq!(day("2024-02-29").weekday(), 3);
    }
}
