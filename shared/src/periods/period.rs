//! Spans of whole local calendar days, and how a query's bounds become one.
//! Civil dates only: no clock and no time zone here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use crate::periods::error::PeriodError;
pub use crate::periods::month::Month;

crate::wire_enum! {
    /// Length of the buckets of a series.
    pub enum Grain {
        Day = 1, "day", "日", "Day";
        Month = 2, "month", "月", "Month";
        Year = 3, "year", "年", "Year";
    }
}

/// Days from `from` to `to`, both included, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bounds")]
pub struct DayRange {
    from: Date,
    to: Date,
}

#[derive(Deserialize)]
struct Bounds {
    from: Date,
    to: Date,
}

impl TryFrom<Bounds> for DayRange {
    type Error = PeriodError;
    fn try_from(Bounds { from, to }: Bounds) -> Result<Self, Self::Error> {
        Self::new(from, to)
    }
}

impl Month {
    /// All days of the month.
    pub fn range(self) -> DayRange {
        DayRange::between(self.first_day(), self.last_day())
    }
}

impl DayRange {
    /// Both days included.
    ///
    /// # Errors
    /// When `from` is after `to`.
    pub fn new(from: Date, to: Date) -> Result<Self, PeriodError> {
        if from > to {
            return Err(PeriodError::Reversed { from, to });
        }
        Ok(Self { from, to })
    }

    /// The days between two days in either order, both included.
    pub fn between(a: Date, b: Date) -> Self {
        Self { from: a.min(b), to: a.max(b) }
    }

    /// Reads a query's bounds, each `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: `from` is the first day of
    /// what it names, `to` the last.
    ///
    /// ```
    /// use nengce_shared::period::DayRange;
    /// assert_eq!(DayRange::parse("2024", "2025-02")?.days(), 366 + 31 + 28);
    /// # Ok::<(), nengce_shared::period::PeriodError>(())
    /// ```
    ///
    /// # Errors
    /// A text of another form, or a reversed span.
    pub fn parse(from: &str, to: &str) -> Result<Self, PeriodError> {
        Self::new(named(from)?.from, named(to)?.to)
    }

    /// All days of a calendar year (1–9999, clamped).
    pub fn year(year: i16) -> Self {
        let year = year.clamp(1, 9999);
        Self::between(Date::constant(year, 1, 1), Date::constant(year, 12, 31))
    }

    /// First day.
    pub fn from(&self) -> Date {
        self.from
    }

    /// Last day, included.
    pub fn to(&self) -> Date {
        self.to
    }

    /// Number of calendar days, at least 1.
    pub fn days(&self) -> i32 {
        self.from.duration_until(self.to).as_hours() as i32 / 24 + 1
    }

    /// Whether the day lies inside.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// The days both ranges have, if any.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        Self::new(self.from.max(other.from), self.to.min(other.to)).ok()
    }

    /// Every day in order.
    pub fn iter(&self) -> impl Iterator<Item = Date> + use<> {
        let to = self.to;
        std::iter::successors(Some(self.from), |day| day.tomorrow().ok())
            .take_while(move |day| *day <= to)
    }

    /// Every month touched, in order, also those only partly inside.
    pub fn months(&self) -> impl Iterator<Item = Month> + use<> {
        let first = Month::of(self.from);
        let count = Month::of(self.to).since(first);
        (0..=count).map(move |n| first.plus(n))
    }

    /// Whether it starts on a 1st and ends on the last day of a month.
    pub fn is_whole_months(&self) -> bool {
        self.from.day() == 1 && self.to == self.to.last_of_month()
    }

    /// The same span one year earlier. Whole months map to whole months (February keeps its last
    /// day); otherwise each bound moves by its date, and 29 February becomes the 28th.
    pub fn year_before(&self) -> Self {
        if self.is_whole_months() {
            let to = Month::of(self.to).year_before().last_day();
            return Self::between(Month::of(self.from).year_before().first_day(), to);
        }
        Self::between(day_year_before(self.from), day_year_before(self.to))
    }

    /// The buckets of the given grain that it touches, cut at its bounds.
    pub fn buckets(&self, grain: Grain) -> Vec<Self> {
        match grain {
            Grain::Day => self.iter().map(|day| Self { from: day, to: day }).collect(),
            Grain::Month => self.cut(self.months().map(Month::range)),
            Grain::Year => self.cut((self.from.year()..=self.to.year()).map(Self::year)),
        }
    }

    fn cut(&self, parts: impl Iterator<Item = Self>) -> Vec<Self> {
        parts.filter_map(|part| self.intersect(&part)).collect()
    }
}

impl Grain {
    /// The label of the bucket a day lies in: `2025-03-01`, `2025-03` or `2025`.
    pub fn label_of(self, day: Date) -> String {
        match self {
            Self::Day => day.to_string(),
            Self::Month => Month::of(day).to_string(),
            Self::Year => format!("{:04}", day.year()),
        }
    }
}

fn day_year_before(day: Date) -> Date {
    let month = Month::of(day).year_before();
    Date::constant(month.year(), month.month(), day.day().min(month.days()))
}

fn named(text: &str) -> Result<DayRange, PeriodError> {
    let unreadable = || PeriodError::Unreadable(text.to_owned());
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return Err(unreadable());
    }
    match text.len() {
        4 => match text.parse() {
            Ok(year @ 1..=9999) => Ok(DayRange::year(year)),
            _ => Err(unreadable()),
        },
        7 => text.parse::<Month>().map(Month::range),
        10 => {
            let day: Date = text.parse().map_err(|_| unreadable())?;
            Ok(DayRange { from: day, to: day })
        }
        _ => Err(unreadable()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn range(from: &str, to: &str) -> DayRange {
        DayRange::parse(from, to).unwrap()
    }

    #[test]
    fn bounds_open_to_the_whole_they_name() {
        let it = range("2024", "2025-02");
        assert_eq!((it.from(), it.to()), (date(2024, 1, 1), date(2025, 2, 28)));
        let it = range("2025-03-05", "2025-03-05");
        assert_eq!(it.days(), 1);
        assert_eq!(range("2024", "2024").days(), 366);
        assert!(matches!(DayRange::parse("2025-03", "2025-02"), Err(PeriodError::Reversed { .. })));
        for text in
            ["", "25", "2025-2", "2025-02-30", "2025-0a", "2025-03-01T00", "20250301", "-999"]
        {
            let error = DayRange::parse(text, "2025").unwrap_err();
            assert_eq!(error, PeriodError::Unreadable(text.to_owned()));
        }
    }

    #[test]
    fn a_year_before_keeps_whole_months_whole() {
        for (from, to, before_from, before_to) in [
            ("2025-02", "2025-02", "2024-02-01", "2024-02-29"),
            ("2024-02", "2024-02", "2023-02-01", "2023-02-28"),
            ("2025-01-01", "2025-10-18", "2024-01-01", "2024-10-18"),
            ("2024-02-10", "2024-02-29", "2023-02-10", "2023-02-28"),
            ("2025-02-10", "2025-02-28", "2024-02-10", "2024-02-28"),
            ("2024-02-29", "2024-03-05", "2023-02-28", "2023-03-05"),
            ("2024", "2024", "2023-01-01", "2023-12-31"),
        ] {
            assert_eq!(
                range(from, to).year_before(),
                range(before_from, before_to),
                "{from}..{to}"
            );
        }
    }

    #[test]
    fn serde_refuses_a_reversed_range() {
        let json = r#"{"from":"2025-01-01","to":"2025-01-31"}"#;
        let it: DayRange = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&it).unwrap(), json);
        let json = r#"{"from":"2025-01-31","to":"2025-01-01"}"#;
        assert!(serde_json::from_str::<DayRange>(json).is_err());
    }

    #[test]
    fn buckets_are_cut_at_the_bounds_and_labelled() {
        let it = range("2024-12-30", "2025-02-02");
        let labels = |grain: Grain| -> Vec<String> {
            it.buckets(grain).iter().map(|b| grain.label_of(b.from())).collect()
        };
        assert_eq!(labels(Grain::Month), ["2024-12", "2025-01", "2025-02"]);
        assert_eq!(labels(Grain::Year), ["2024", "2025"]);
        assert_eq!(labels(Grain::Day)[2], "2025-01-01");
        assert_eq!(it.buckets(Grain::Month)[0].days(), 2);
    }

    proptest! {
        #[test]
        fn buckets_part_the_days(start in 0i32..60_000, length in 0i32..1200) {
            let from = date(1900, 1, 1).checked_add(jiff::Span::new().days(start)).unwrap();
            let to = from.checked_add(jiff::Span::new().days(length)).unwrap();
            let range = DayRange::new(from, to).unwrap();
            prop_assert_eq!(range.days(), length + 1);
            prop_assert_eq!(range.iter().count() as i32, range.days());
            for grain in Grain::ALL {
                let buckets = range.buckets(*grain);
                prop_assert_eq!(buckets.iter().map(DayRange::days).sum::<i32>(), range.days());
                prop_assert!(buckets.windows(2).all(|it| it[0].to().tomorrow().unwrap() == it[1].from()));
            }
        }

        #[test]
        fn a_year_before_is_as_long_but_for_leap_days(start in 0i32..60_000, length in 0i32..1200) {
            let from = date(1900, 1, 1).checked_add(jiff::Span::new().days(start)).unwrap();
            let to = from.checked_add(jiff::Span::new().days(length)).unwrap();
            let range = DayRange::new(from, to).unwrap();
            let before = range.year_before();
            prop_assert!((range.days() - before.days()).abs() <= 1);
            prop_assert_eq!(range.is_whole_months(), before.is_whole_months() && range.is_whole_months());
            prop_assert_eq!(before.months().count(), range.months().count());
        }
    }
}
