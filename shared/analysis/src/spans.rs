//! The days that a query covers: defaults, the end of the data, the comparison span, and the split into whole months
//! and days of months covered in part (`PartialMonth`).

use jiff::civil::Date;
use nengce_shared::month::Month;
use nengce_shared::period::{DayRange, PeriodError};

/// Before the code of a district to compare with.
const REGION: &str = "region:";

/// The earliest year that can be compared with.
const EARLIEST: i16 = 1980;

/// Before the year to compare with.
const YEAR: &str = "year:";

/// The word for the peers.
const PEERS: &str = "peers";

/// Whom the scope is compared with over the same span, instead of with itself over an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// The code of another district.
    District(String),
    /// The average unit of the same industries outside of the scope, as many times as the scope has units.
    Peers,
}

/// What the comparison span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ComparisonSpan {
    /// The same days a year earlier.
    #[default]
    YearBefore,
    /// The span of equal length just before.
    Previous,
    /// The same days of an earlier year; of the year before where the year named is not earlier.
    BaseYear(i16),
}

impl ComparisonSpan {
    /// Words of the `compare` parameter.
    pub const WORDS: [&'static str; 2] = ["year", "previous"];

    /// Reads the `compare` parameter.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "year" => Some(Self::YearBefore),
            "previous" => Some(Self::Previous),
            _ => {
                let digits = word.strip_prefix(YEAR).filter(|it| it.len() == 4)?;
                digits.parse().ok().filter(|it| *it >= EARLIEST).map(Self::BaseYear)
            }
        }
    }

    /// Reads a comparison that may be with others: `region:120119` and `peers` have the spans of the year before, which
    /// the rules assess by.
    pub fn read(word: &str) -> Option<(Self, Option<Comparison>)> {
        if word == PEERS {
            return Some((Self::YearBefore, Some(Comparison::Peers)));
        }
        let Some(code) = word.strip_prefix(REGION) else {
            return Self::parse(word).map(|it| (it, None));
        };
        let is_code = code.len() == 6 && code.bytes().all(|it| it.is_ascii_digit());
        is_code.then(|| (Self::YearBefore, Some(Comparison::District(code.to_owned()))))
    }

    /// The span compared with. It never overlaps the span itself.
    fn of(self, range: DayRange) -> DayRange {
        match self {
            Self::YearBefore => years_before(range, 1),
            Self::BaseYear(year) => years_before(range, range.from().year() - year),
            Self::Previous if range.is_whole_months() => {
                let count = range.months().count() as i32;
                let first = Month::of(range.from());
                DayRange::between(first.plus(-count).first_day(), first.prev().last_day())
            }
            Self::Previous => {
                let to = range.from().yesterday().unwrap_or(range.from());
                let from = to.checked_sub(jiff::Span::new().days(range.days() - 1)).unwrap_or(to);
                DayRange::between(from, to)
            }
        }
    }
}

/// Days up to which a span that is not whole months is compared with as many days: over a short one, the leap day would
/// look like growth.
const SHORT_SPAN_DAYS: i32 = 92;

/// The same span some years earlier, and as many as it takes not to overlap it: one for all spans up to a year.
fn years_before(range: DayRange, years: i16) -> DayRange {
    let mut before = range.year_before();
    for _ in 1..years {
        before = before.year_before();
    }
    while before.to() >= range.from() && before.from().year() > 1 {
        before = before.year_before();
    }
    let days = range.days();
    if range.is_whole_months() || days > SHORT_SPAN_DAYS {
        return before;
    }
    let to = before.from().checked_add(jiff::Span::new().days(days - 1)).unwrap_or(before.to());
    DayRange::between(before.from(), to)
}

/// The days of a query and of its comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spans {
    /// What was asked, before the end of the data cut it.
    pub asked: DayRange,
    /// The days of the answer, up to the end of the data.
    pub now: DayRange,
    /// The days of the comparison.
    pub before: DayRange,
}

/// A span as whole months and the days of partial ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    /// The months that the span covers completely.
    pub whole: Vec<Month>,
    /// The days of months that the span covers in part.
    pub partial_months: Vec<DayRange>,
}

impl Spans {
    /// Reads the bounds, with defaults that end at the data: from 1 January of its year to its last
    /// complete month, or to its last day when no month of that year is complete.
    pub fn read(
        from: Option<&str>,
        to: Option<&str>,
        compare: ComparisonSpan,
        data_until: Option<Date>,
        today: Date,
    ) -> Result<Self, PeriodError> {
        let end = data_until.unwrap_or(today);
        let last_complete = match end.last_of_month() == end {
            true => end,
            false => Month::of(end).prev().last_day(),
        };
        let default_to = if last_complete.year() == end.year() { last_complete } else { end };
        let asked = match (from, to) {
            (None, None) => DayRange::between(Month::of(default_to).first_of_year(), default_to),
            (Some(from), Some(to)) => DayRange::parse(from, to)?,
            (Some(from), None) => {
                let named = DayRange::parse(from, from)?;
                DayRange::between(
                    named.from(),
                    named.from().max(default_to.max(named.to().min(end))),
                )
            }
            (None, Some(to)) => {
                let named = DayRange::parse(to, to)?;
                DayRange::between(Month::of(named.to()).first_of_year(), named.to())
            }
        };
        Ok(Self::of(asked, compare, data_until))
    }

    /// Cuts a span at the end of the data and finds its comparison.
    pub fn of(asked: DayRange, compare: ComparisonSpan, data_until: Option<Date>) -> Self {
        let now = match data_until {
            Some(end) if asked.contains(end) => DayRange::between(asked.from(), end),
            _ => asked,
        };
        Self { asked, now, before: compare.of(now) }
    }

    /// The span's parts. The month in which the data end is whole when all of it was asked for: its
    /// roll-up holds the days there are.
    pub fn now_parts(&self) -> Parts {
        split(self.now, self.asked)
    }

    /// The comparison's parts.
    pub fn before_parts(&self) -> Parts {
        split(self.before, self.before)
    }

    /// Every partial_month that must be loaded from days.
    pub fn partial_months(&self) -> Vec<DayRange> {
        let mut all = self.now_parts().partial_months;
        all.extend(self.before_parts().partial_months);
        all
    }

    /// Whole years from the comparison to the span, at least one: what is required of the span is required so often.
    pub fn years_apart(&self) -> i32 {
        (self.months_apart() / 12).max(1)
    }

    /// Months from the comparison to the span, by which a month of the one meets one of the other.
    pub fn months_apart(&self) -> i32 {
        Month::of(self.now.from()).since(Month::of(self.before.from()))
    }
}

fn split(range: DayRange, asked: DayRange) -> Parts {
    let mut parts = Parts::default();
    for month in range.months() {
        let all = month.range();
        if asked.intersect(&all) == Some(all) {
            parts.whole.push(month);
        } else if let Some(days) = range.intersect(&all) {
            parts.partial_months.push(days);
        }
    }
    parts
}

/// January of a month's year.
trait FirstOfYear {
    fn first_of_year(self) -> Date;
}

impl FirstOfYear for Month {
    fn first_of_year(self) -> Date {
        DayRange::year(self.year()).from()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[track_caller]
    fn check(from: Option<&str>, to: Option<&str>, until: Date, now: &str, before: &str) {
        let spans = Spans::read(from, to, ComparisonSpan::YearBefore, Some(until), until).unwrap();
        let text = |it: DayRange| format!("{}..{}", it.from(), it.to());
        assert_eq!((text(spans.now).as_str(), text(spans.before).as_str()), (now, before));
    }

    #[test]
    fn defaults_end_with_the_last_complete_month_of_the_data() {
        let october = date(2025, 10, 18);
        check(None, None, october, "2025-01-01..2025-09-30", "2024-01-01..2024-09-30");
        check(None, None, date(2025, 1, 10), "2025-01-01..2025-01-10", "2024-01-01..2024-01-10");
        check(None, None, date(2025, 12, 31), "2025-01-01..2025-12-31", "2024-01-01..2024-12-31");
        check(None, Some("2024"), october, "2024-01-01..2024-12-31", "2023-01-01..2023-12-31");
        check(Some("2025-03"), None, october, "2025-03-01..2025-09-30", "2024-03-01..2024-09-30");
    }

    #[test]
    fn figures_stop_at_the_end_of_the_data_and_so_does_the_comparison() {
        check(
            Some("2025"),
            Some("2025"),
            date(2025, 10, 18),
            "2025-01-01..2025-10-18",
            "2024-01-01..2024-10-18",
        );
        let spans = Spans::read(
            Some("2025"),
            Some("2025"),
            ComparisonSpan::YearBefore,
            Some(date(2025, 10, 18)),
            date(2025, 10, 19),
        )
        .unwrap();
        assert_eq!(spans.now_parts().whole.len(), 10);
        assert_eq!(spans.before_parts().whole.len(), 9);
        assert_eq!(
            spans.partial_months(),
            [DayRange::between(date(2024, 10, 1), date(2024, 10, 18))]
        );
    }

    #[test]
    fn fringes_are_the_days_of_partial_months() {
        let spans = Spans::read(
            Some("2025-01-15"),
            Some("2025-03-10"),
            ComparisonSpan::YearBefore,
            Some(date(2025, 10, 18)),
            date(2025, 10, 19),
        )
        .unwrap();
        assert_eq!(spans.now_parts().whole, [Month::new(2025, 2).unwrap()]);
        assert_eq!(spans.now_parts().partial_months.len(), 2);
    }

    #[test]
    fn the_leap_day_is_no_growth() {
        let before = |from: &str, to: &str| {
            let it = ComparisonSpan::YearBefore.of(DayRange::parse(from, to).unwrap());
            (it.from().to_string(), it.to().to_string(), it.days())
        };
        let is = |from: &str, to: &str, days| (from.to_owned(), to.to_owned(), days);
        for (from, to, wanted) in [
            ("2024-02-28", "2024-02-29", is("2023-02-28", "2023-03-01", 2)),
            ("2024-02-29", "2024-02-29", is("2023-02-28", "2023-02-28", 1)),
            ("2024-02-28", "2024-03-01", is("2023-02-28", "2023-03-02", 3)),
            ("2025-02-28", "2025-03-01", is("2024-02-28", "2024-02-29", 2)),
            ("2024-02-29", "2024-03-06", is("2023-02-28", "2023-03-06", 7)),
            ("2025-06-11", "2025-06-20", is("2024-06-11", "2024-06-20", 10)),
            // Whole months are compared with whole months, long spans by their dates.
            ("2024-02", "2024-02", is("2023-02-01", "2023-02-28", 28)),
            ("2025-01-01", "2025-10-18", is("2024-01-01", "2024-10-18", 292)),
        ] {
            assert_eq!(before(from, to), wanted, "{from}..{to}");
        }
    }

    #[test]
    fn a_span_of_several_years_is_compared_with_one_that_it_does_not_overlap() {
        let spans = |from: &str, to: &str| {
            let range = DayRange::parse(from, to).unwrap();
            Spans::of(range, ComparisonSpan::YearBefore, Some(date(2025, 12, 31)))
        };
        let two = spans("2024", "2025");
        assert_eq!(two.before, DayRange::parse("2022", "2023").unwrap());
        assert_eq!((two.months_apart(), two.years_apart()), (24, 2));
        let odd = spans("2023-07", "2025-03");
        assert_eq!(odd.before, DayRange::parse("2021-07", "2023-03").unwrap());
        assert_eq!(odd.years_apart(), 2);
        let year = spans("2025", "2025");
        assert_eq!((year.months_apart(), year.years_apart()), (12, 1));
        let days = spans("2023-11-11", "2025-03-10");
        assert!(days.before.to() < days.now.from());
    }

    #[test]
    fn the_previous_span_has_the_same_length() {
        let quarter = DayRange::parse("2025-04", "2025-06").unwrap();
        assert_eq!(
            ComparisonSpan::Previous.of(quarter),
            DayRange::parse("2025-01", "2025-03").unwrap()
        );
        let days = DayRange::parse("2025-04-11", "2025-04-20").unwrap();
        assert_eq!(
            ComparisonSpan::Previous.of(days),
            DayRange::parse("2025-04-01", "2025-04-10").unwrap()
        );
    }
}
