//! The time stamps of a file: the order of day, month and year, and whether a stamp names the start or the end of its
//! interval.

use jiff::civil::{Date, DateTime};
use nengce_core::ingest::{period, stamp};
use nengce_shared::cell::{self, DateProblem, Moment, Order, Precision};
use nengce_shared::problem::ProblemCode;

/// How a file writes dates.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum DateFormat {
    /// Whatever the column's own cells settle.
    #[default]
    Found,
    Ordered(Order),
    /// A strptime pattern such as `%d.%m.%Y %H:%M`.
    Pattern(String),
}

impl DateFormat {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "ymd" => Some(Self::Ordered(Order::Ymd)),
            "dmy" => Some(Self::Ordered(Order::Dmy)),
            "mdy" => Some(Self::Ordered(Order::Mdy)),
            it if it.contains('%') => Some(Self::Pattern(it.to_owned())),
            _ => None,
        }
    }

    /// With the order that a whole column settles, where none was named.
    pub fn settled<'a>(&self, cells: impl Iterator<Item = &'a str>) -> Self {
        match self {
            Self::Found => cell::guess_order(cells).map_or(Self::Found, Self::Ordered),
            named => named.clone(),
        }
    }

    /// The wall time a text names; a date without a time is its midnight.
    pub fn read(&self, text: &str) -> Result<Moment, DateProblem> {
        match self {
            Self::Found => cell::moment(text, None),
            Self::Ordered(order) => cell::moment(text, Some(*order)),
            Self::Pattern(pattern) => {
                let time = DateTime::strptime(pattern, text)
                    .map(|at| Moment { at, precision: Precision::Time });
                let day = || {
                    Date::strptime(pattern, text)
                        .map(|it| Moment { at: it.at(0, 0, 0, 0), precision: Precision::Day })
                };
                time.or_else(|_| day()).map_err(|_| DateProblem::Unreadable)
            }
        }
    }
}

/// Why a text names no start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampProblem {
    Date(DateProblem),
    /// 24:00 ends a day, and stamps were not said to be ends.
    ClosesDay,
    /// Ends were declared, and this is the end of no period.
    NoEnd,
}

impl StampProblem {
    pub fn code(self) -> ProblemCode {
        match self {
            Self::Date(_) => ProblemCode::ImportDateUnreadable,
            Self::ClosesDay | Self::NoEnd => ProblemCode::EntryStatDateNotPeriodStart,
        }
    }

    /// What to do, in both languages.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Date(DateProblem::Unreadable) => ("写法不符", "does not have the named format"),
            Self::Date(DateProblem::OrderUnknown) => (
                "日、月先后不明，请在「日期写法」中选定",
                "may be day or month first: say which (dates = dmy or mdy)",
            ),
            Self::Date(DateProblem::Zone) => {
                ("带时区，请改为当地时间", "carries a zone: write local time")
            }
            Self::Date(DateProblem::Fraction) => ("含不足一秒的部分", "has a part of a second"),
            Self::ClosesDay => (
                "24:00 是一日的终点；请声明时间为时段结束",
                "24:00 ends a day; say that stamps are ends",
            ),
            Self::NoEnd => (
                "已声明时间为终点，此值不是统计期的终点",
                "stamps were declared as ends; this ends no period",
            ),
        }
    }
}

/// Whether the time of day is written as 24:00.
fn says_24(text: &str) -> bool {
    let time = text.trim().rsplit([' ', 'T']).next();
    time.is_some_and(|it| it.starts_with("24:"))
}

/// What a stamp says of its interval.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stamps {
    pub format: DateFormat,
    /// True: the stamp is the interval's end.
    pub ends: bool,
    /// Seconds of an interval; 0 when only starts are given and no grid is checked.
    pub interval_seconds: i64,
    /// True: 0:00 is printed with the date of the day it closes.
    pub midnight_closes_day: bool,
}

impl Stamps {
    /// The start of the real-time interval, or of the day, month or year that a text names, and how much of it was said.
    /// A month or a year names itself.
    pub fn start(&self, text: &str, stat_type: u8) -> Result<Moment, StampProblem> {
        let Moment { mut at, precision } = self.format.read(text).map_err(StampProblem::Date)?;
        if precision <= Precision::Month {
            return Ok(Moment { at, precision });
        }
        let midnight = (at.hour(), at.minute(), at.second()) == (0, 0, 0);
        let rolled = says_24(text);
        let has_time = precision == Precision::Time;
        // 24:00 is a day's end already; nothing is rolled twice.
        if self.midnight_closes_day && midnight && has_time && !rolled {
            let next = at.date().tomorrow();
            at = next.map_err(|_| StampProblem::Date(DateProblem::Unreadable))?.at(0, 0, 0, 0);
        }
        if !self.ends {
            return match rolled && !self.midnight_closes_day {
                true => Err(StampProblem::ClosesDay),
                false => Ok(Moment { at, precision }),
            };
        }
        let raw = stamp::seconds(at);
        let found = period::ending(at, raw, stat_type, self.interval_seconds, has_time);
        let at = stamp::date_time(found.ok_or(StampProblem::NoEnd)?.start);
        Ok(Moment { at, precision })
    }

    /// Whether a start lies on the grid of intervals of its day.
    pub fn on_grid(&self, start: DateTime) -> bool {
        let seconds = i64::from(start.hour()) * 3600
            + i64::from(start.minute()) * 60
            + i64::from(start.second());
        self.interval_seconds <= 0
            || self.interval_seconds > 86_400
            || seconds % self.interval_seconds == 0
    }
}

/// `15m`, `1h`, `1d`, `30s` in seconds.
pub fn interval(text: &str) -> Option<i64> {
    let text = text.trim();
    let unit = text.chars().last()?;
    let count: i64 = text.strip_suffix(unit)?.parse().ok().filter(|it| *it > 0)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return None,
    };
    count.checked_mul(seconds)
}
