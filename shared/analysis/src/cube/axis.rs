//! The time axis of a cube: months or days without a gap.

use std::ops::Range;

use jiff::civil::Date;

use nengce_shared::month::Month;
use nengce_shared::period::{DayRange, Grain};

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Consecutive months or days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    grain: Grain,
    /// Month: year × 12 + month − 1; day: days since 1970-01-01.
    first: i32,
    count: usize,
}

impl Axis {
    /// An axis of consecutive months.
    pub fn months(first: Month, count: usize) -> Self {
        Self {
            grain: Grain::Month,
            first: i32::from(first.year()) * 12 + i32::from(first.month()) - 1,
            count,
        }
    }

    /// An axis of consecutive days.
    pub fn days(range: DayRange) -> Self {
        Self {
            grain: Grain::Day,
            first: days_since(EPOCH, range.from()),
            count: range.days().unsigned_abs() as usize,
        }
    }

    /// As the wire says it; `None` for a span outside the calendar.
    pub(super) fn of(grain: Grain, first: i32, count: usize) -> Option<Self> {
        let it = Self { grain, first, count };
        let last = i32::try_from(count.max(1) - 1).ok()?.checked_add(first)?;
        (grain != Grain::Year && it.day_at(first).is_some() && it.day_at(last).is_some())
            .then_some(it)
    }

    pub(super) fn first(&self) -> i32 {
        self.first
    }

    /// The length of the periods.
    pub fn grain(&self) -> Grain {
        self.grain
    }

    /// The number of periods.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no period.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The first day of an ordinal.
    fn day_at(&self, ordinal: i32) -> Option<Date> {
        if self.grain == Grain::Month {
            let (year, month) = (ordinal.div_euclid(12), ordinal.rem_euclid(12) + 1);
            let month = Month::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?)?;
            return Some(month.first_day());
        }
        EPOCH.checked_add(jiff::Span::new().try_days(ordinal).ok()?).ok()
    }

    /// The first day of a period.
    pub fn day(&self, at: usize) -> Date {
        let ordinal = self.first.saturating_add(at as i32);
        self.day_at(ordinal).unwrap_or(EPOCH)
    }

    /// The place of a day's period, also outside the axis.
    pub fn place(&self, day: Date) -> i64 {
        let ordinal = match self.grain {
            Grain::Month => i32::from(day.year()) * 12 + i32::from(day.month()) - 1,
            _ => days_since(EPOCH, day),
        };
        i64::from(ordinal) - i64::from(self.first)
    }

    /// The place of a month as year × 12 + month − 1, or a day since 1970-01-01; none outside the axis.
    pub fn place_of_ordinal(&self, ordinal: i32) -> Option<usize> {
        let at = usize::try_from(i64::from(ordinal) - i64::from(self.first)).ok()?;
        (at < self.count).then_some(at)
    }

    /// The periods that a span of days touches.
    pub fn within(&self, span: DayRange) -> Range<usize> {
        let clamp = |at: i64| at.clamp(0, self.count as i64) as usize;
        let from = clamp(self.place(span.from()));
        from..clamp(self.place(span.to()) + 1).max(from)
    }
}

fn days_since(from: Date, to: Date) -> i32 {
    (from.duration_until(to).as_hours() / 24) as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_and_days_find_their_places() {
        let months = Axis::months(Month::new(2024, 11).unwrap(), 4);
        assert_eq!((months.day(0), months.day(3)), (date(2024, 11, 1), date(2025, 2, 1)));
        let span = DayRange::between(date(2024, 12, 5), date(2025, 1, 1));
        assert_eq!(months.within(span), 1..3);
        let days = Axis::days(DayRange::between(date(2024, 2, 28), date(2024, 3, 1)));
        assert_eq!((days.len(), days.day(1)), (3, date(2024, 2, 29)));
        assert_eq!(days.within(DayRange::year(2024)), 0..3);
        assert!(days.within(DayRange::year(2023)).is_empty());
        assert_eq!(Axis::of(Grain::Day, i32::MAX, 1), None);
    }
}
