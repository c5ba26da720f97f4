//! The time stamps of a file: the order of day, month and year, and whether a stamp names the start or the end of its
//! interval.

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime::BrokenDownTime;
use nengce_messages::{period, stamp};
use nengce_shared::cell::{self, DateProblem, Moment, Order, Precision};
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;

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
            // Hours of half a day need to say which half.
            it if ["%I", "%l"].iter().any(|hour| it.contains(hour))
                && !["%p", "%P"].iter().any(|half| it.contains(half)) =>
            {
                None
            }
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
            Self::Pattern(pattern) => by_pattern(pattern, text),
        }
    }
}

/// What a pattern reads and local time does not hold is rejected as it is without a pattern.
fn by_pattern(pattern: &str, text: &str) -> Result<Moment, DateProblem> {
    let unreadable = |_| DateProblem::Unreadable;
    let found = BrokenDownTime::parse(pattern, text).map_err(unreadable)?;
    if found.offset().is_some() || found.iana_time_zone().is_some() {
        return Err(DateProblem::Zone);
    }
    if found.subsec_nanosecond().is_some_and(|it| it != 0) {
        return Err(DateProblem::Fraction);
    }
    let of = |at: Date, precision| Ok(Moment::of(at.at(0, 0, 0, 0), precision));
    match (found.year(), found.month(), found.day(), found.hour()) {
        (Some(year), Some(month), None, None) => {
            of(Date::new(year, month, 1).map_err(unreadable)?, Precision::Month)
        }
        (Some(year), None, None, None) if found.day_of_year().is_none() => {
            of(Date::new(year, 1, 1).map_err(unreadable)?, Precision::Year)
        }
        (_, _, _, None) => of(found.to_date().map_err(unreadable)?, Precision::Day),
        _ => Ok(Moment::of(found.to_datetime().map_err(unreadable)?, Precision::Time)),
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
    /// A month or a year where the row's statType wants another period.
    OtherRhythm,
}

impl StampProblem {
    pub fn code(self) -> ProblemCode {
        match self {
            Self::Date(_) | Self::OtherRhythm => ProblemCode::ImportDateUnreadable,
            Self::ClosesDay | Self::NoEnd => ProblemCode::EntryStatDateNotPeriodStart,
        }
    }

    /// What to do, in both languages.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Date(DateProblem::Unreadable) => (
                "写法不符，应写成 2025-03-01 08:00、2025-03、2025 等",
                "does not have the named format; write 2025-03-01 08:00, 2025-03 or 2025",
            ),
            Self::Date(DateProblem::Serial) => (
                "像工作簿的日期序号，请把该列设为日期格式",
                "looks like a workbook's count of days: format the column as dates",
            ),
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
            Self::OtherRhythm => (
                "是月或年，与本行的统计类型不符",
                "names a month or a year, which the row's statType is not",
            ),
            Self::NoEnd => (
                "已声明时间为终点，此值不是统计期的终点",
                "stamps were declared as ends; this ends no period",
            ),
        }
    }
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
    pub fn start(&self, text: &str, stat_type: StatType) -> Result<Moment, StampProblem> {
        let read = self.format.read(text).map_err(StampProblem::Date)?;
        let Moment { mut at, precision, closes_day: rolled } = read;
        if precision <= Precision::Month {
            return Ok(read);
        }
        let midnight = (at.hour(), at.minute(), at.second()) == (0, 0, 0);
        let has_time = precision == Precision::Time;
        // 24:00 is a day's end already; nothing is rolled twice.
        if self.midnight_closes_day && midnight && has_time && !rolled {
            let next = at.date().tomorrow();
            at = next.map_err(|_| StampProblem::Date(DateProblem::Unreadable))?.at(0, 0, 0, 0);
        }
        if !self.ends {
            return match rolled && !self.midnight_closes_day {
                true => Err(StampProblem::ClosesDay),
                false => Ok(Moment { at, ..read }),
            };
        }
        let raw = stamp::seconds(at);
        let found = period::ending(at, raw, stat_type, self.interval_seconds, has_time);
        let at = stamp::date_time(found.ok_or(StampProblem::NoEnd)?.start);
        Ok(Moment { at, ..read })
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
