//! A file's time stamps: which order the date has, whether they close or open the interval.

use jiff::civil::{Date, DateTime};
use nengce_core::ingest::{period, stamp};

/// How a file writes dates.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum DateFormat {
    /// Year, month, day.
    #[default]
    Ymd,
    Dmy,
    Mdy,
    /// A strptime pattern such as `%d.%m.%Y %H:%M`.
    Pattern(String),
}

impl DateFormat {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "ymd" => Some(Self::Ymd),
            "dmy" => Some(Self::Dmy),
            "mdy" => Some(Self::Mdy),
            it if it.contains('%') => Some(Self::Pattern(it.to_owned())),
            _ => None,
        }
    }

    /// Whether a text of this form names a time of day; a bare date names the whole day.
    fn has_time(&self, text: &str) -> bool {
        match self {
            Self::Pattern(it) => ["%H", "%I", "%k", "%l", "%T", "%R", "%c", "%s"]
                .iter()
                .any(|part| it.contains(part)),
            _ => text.contains(':'),
        }
    }

    /// The wall time a text names; a date without a time is its midnight.
    pub fn read(&self, text: &str) -> Option<DateTime> {
        if let Self::Pattern(pattern) = self {
            return DateTime::strptime(pattern, text)
                .ok()
                .or_else(|| Some(Date::strptime(pattern, text).ok()?.at(0, 0, 0, 0)));
        }
        let text = text.trim();
        let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
        let parts: Vec<i16> = date
            .split(['-', '/', '.'])
            .map(number)
            .collect::<Option<_>>()?;
        let [a, b, c] = parts[..] else { return None };
        let (year, month, day) = match self {
            Self::Dmy => (c, b, a),
            Self::Mdy => (c, a, b),
            _ => (a, b, c),
        };
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        if year < 100 {
            return None;
        }
        let time = time.trim();
        if time.is_empty() {
            return Some(date.at(0, 0, 0, 0));
        }
        let time = time.split_once('.').map_or(time, |it| it.0);
        let parts: Vec<i16> = time.split(':').map(number).collect::<Option<_>>()?;
        let (hour, minute, second) = match parts[..] {
            [h, m] => (h, m, 0),
            [h, m, s] => (h, m, s),
            _ => return None,
        };
        if (hour, minute, second) == (24, 0, 0) {
            return Some(date.tomorrow().ok()?.at(0, 0, 0, 0));
        }
        if !(0..24).contains(&hour) || !(0..60).contains(&minute) || !(0..60).contains(&second) {
            return None;
        }
        Some(date.at(hour as i8, minute as i8, second as i8, 0))
    }
}

/// Why a text names no start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampProblem {
    Unreadable,
    /// 24:00 ends a day, and stamps were not said to be ends.
    ClosesDay,
    /// Ends were declared, and this is the end of no period.
    NoEnd,
}

/// Whether the time of day is written as 24:00.
fn says_24(text: &str) -> bool {
    let time = text.trim().rsplit([' ', 'T']).next();
    time.is_some_and(|it| it.starts_with("24:"))
}

fn number(text: &str) -> Option<i16> {
    let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    digits.then(|| text.parse().ok())?
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
    /// The start of the real-time interval, or of the day, month or year that a text names.
    pub fn start(&self, text: &str, stat_type: u8) -> Result<DateTime, StampProblem> {
        let mut at = self.format.read(text).ok_or(StampProblem::Unreadable)?;
        let midnight = (at.hour(), at.minute(), at.second()) == (0, 0, 0);
        let rolled = says_24(text);
        let has_time = self.format.has_time(text);
        // 24:00 is a day's end already; nothing is rolled twice.
        if self.midnight_closes_day && midnight && has_time && !rolled {
            let next = at.date().tomorrow().map_err(|_| StampProblem::Unreadable)?;
            at = next.at(0, 0, 0, 0);
        }
        if !self.ends {
            return match rolled && !self.midnight_closes_day {
                true => Err(StampProblem::ClosesDay),
                false => Ok(at),
            };
        }
        period::ending(
            at,
            stamp::seconds(at),
            stat_type,
            self.interval_seconds,
            has_time,
        )
        .map(|it| stamp::date_time(it.start))
        .ok_or(StampProblem::NoEnd)
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
