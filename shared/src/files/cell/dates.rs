//! Reads the moment in a cell: a year, a month, a day or a time, in the forms that workbooks and people write. Nothing
//! in the cell is ignored: a zone, a fraction or a second date makes it unreadable, with the reason.

mod clock;

use jiff::civil::{Date, DateTime};

use clock::clock;

/// The order of the parts of a date that does not begin with the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The year stands first: `2025-03-01`.
    Ymd,
    /// The day stands first: `1/3/2025`.
    Dmy,
    /// The month stands first: `3/1/2025`.
    Mdy,
}

/// How precisely a cell states a moment, from coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A year alone.
    Year,
    /// A month of a year.
    Month,
    /// A day.
    Day,
    /// A day and a time.
    Time,
}

/// The moment that a cell states: its start, and how precisely it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The start of the stated moment, in local time.
    pub at: DateTime,
    /// How precisely the cell states it.
    pub precision: Precision,
    /// The time was written as 24:00: `at` is the midnight that ends the day.
    pub closes_day: bool,
}

impl Moment {
    /// A moment that does not close a day.
    pub fn of(at: DateTime, precision: Precision) -> Self {
        Self { at, precision, closes_day: false }
    }
}

/// The reason why a cell states no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateProblem {
    /// No date in any known form.
    Unreadable,
    /// `2/1/2026` is ambiguous: the day or the month may come first.
    OrderUnknown,
    /// `…Z` and `…+00:00` are not local time.
    Zone,
    /// A fraction of a second that is not zero.
    Fraction,
    /// `45717` and `45717.5` are days since 1899 or 1904, as workbooks count them.
    Serial,
}

/// Reads the moment of a cell; without an order, only an unambiguous one.
///
/// ```
/// use nengce_shared::cell::{Precision, moment};
/// let march = moment("2025年3月", None).unwrap();
/// assert_eq!((march.at.to_string().as_str(), march.precision), ("2025-03-01T00:00:00", Precision::Month));
/// assert!(moment("2/1/2026", None).is_err());
/// ```
///
/// # Errors
/// The reason why the text states no moment, or more than one.
pub fn moment(text: &str, order: Option<Order>) -> Result<Moment, DateProblem> {
    let text = half_width(text);
    let (date, time) = split(&text);
    let (date, precision) = day(date, order).map_err(|it| match it {
        DateProblem::Unreadable if is_serial(&text) => DateProblem::Serial,
        it => it,
    })?;
    let start = date.at(0, 0, 0, 0);
    let time = time.trim();
    if time.is_empty() {
        return Ok(Moment::of(start, precision));
    }
    if precision != Precision::Day {
        return Err(DateProblem::Unreadable);
    }
    let seconds = clock(time)?;
    let at = start
        .checked_add(jiff::SignedDuration::from_secs(seconds))
        .map_err(|_| DateProblem::Unreadable)?;
    Ok(Moment { closes_day: seconds == DAY, ..Moment::of(at, Precision::Time) })
}

const DAY: i64 = 86_400;

/// Whether a text is a day from 2000 to 2099 as a workbook counts it, from a cell that is not formatted as a date.
fn is_serial(text: &str) -> bool {
    let digits = text.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    digits && text.parse::<f64>().is_ok_and(|it| (36_526.0..73_051.0).contains(&it))
}

/// Whether a text looks like a date. It is cheap and never true of a name, so that it separates the header from the
/// data.
pub fn looks_like_date(text: &str) -> bool {
    let starts = |it: char| it.is_ascii_digit() || ('０'..='９').contains(&it);
    let first = text.trim().chars().next();
    first.is_some_and(|it| starts(it) || it.is_ascii_alphabetic())
        && !matches!(moment(text, None), Err(DateProblem::Unreadable))
}

/// The order of dates in a whole column; `None` where no cell shows it although some need it, or where cells contradict
/// each other. A cell that begins with a year of four digits says nothing about the others.
pub fn guess_order<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Order> {
    let (mut open, mut settled) = (false, None);
    for cell in cells {
        let text = half_width(cell);
        let (date, _) = split(&text);
        let numbers: Vec<&str> = date.split(['-', '/', '.']).collect();
        let [first, second, third] = numbers[..] else {
            continue;
        };
        let (Ok(a), Ok(b)) = (first.parse::<u16>(), second.parse::<u16>()) else {
            continue;
        };
        let order = match () {
            () if first.len() == 4 || third.parse::<u16>().is_err() => continue,
            () if a > 31 => Order::Ymd,
            () if a > 12 && third.len() == 4 => Order::Dmy,
            () if b > 12 && third.len() == 4 => Order::Mdy,
            () => {
                open = true;
                continue;
            }
        };
        if settled.is_some_and(|it| it != order) {
            return None;
        }
        settled = Some(order);
    }
    settled.or((!open).then_some(Order::Ymd))
}

fn half_width(text: &str) -> String {
    let half = |it: char| match it {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        '\u{3000}' | '\u{a0}' => ' ',
        it => it,
    };
    let text: String = text.chars().map(half).collect();
    let text = text.trim().trim_start_matches('\'');
    // `2025 年 1 月 5 日`: the blank after the day separates it from the time.
    if text.contains('年') {
        let joined = [" 年", "年 ", " 月", "月 ", " 日"]
            .iter()
            .fold(text.to_owned(), |it, blank| it.replace(blank, blank.trim()));
        return joined;
    }
    // `202503010815` and `20250301081500`.
    match text.len() {
        12 | 14 if text.bytes().all(|it| it.is_ascii_digit()) => {
            let (date, time) = text.split_at(8);
            let (hour, rest) = time.split_at(2);
            let (minute, second) = rest.split_at(2);
            format!("{date} {hour}:{minute}:{}", if second.is_empty() { "00" } else { second })
        }
        _ => text.to_owned(),
    }
}

/// The date and what follows it.
fn split(text: &str) -> (&str, &str) {
    if let Some(at) = text.find('日').or_else(|| text.find('号')) {
        let end = at + '日'.len_utf8();
        return (&text[..at], &text[end..]);
    }
    let lower = text.to_ascii_lowercase();
    // `Jan 2026` and `2 Oct 2026` are dates with blanks.
    if MONTHS.iter().any(|it| lower.contains(&it[..3])) {
        return match text.rsplit_once(' ').filter(|it| it.1.contains(':')) {
            Some((date, time)) => (date, time),
            None => (text, ""),
        };
    }
    text.split_once(['T', 't', ' ']).unwrap_or((text, ""))
}

fn day(text: &str, order: Option<Order>) -> Result<(Date, Precision), DateProblem> {
    let unreadable = DateProblem::Unreadable;
    if text.contains('年') {
        return chinese(text).ok_or(unreadable);
    }
    if text.chars().any(|it| it.is_ascii_alphabetic()) {
        return named_month(text).ok_or(unreadable);
    }
    if text.bytes().all(|it| it.is_ascii_digit()) {
        return compact(text).ok_or(unreadable);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).map(str::trim).collect();
    let signs: Vec<char> = text.chars().filter(|it| matches!(it, '-' | '/' | '.')).collect();
    if signs.windows(2).any(|it| it[0] != it[1]) {
        return Err(unreadable);
    }
    match parts[..] {
        // A decimal number is not a month.
        [year, month] if year.len() == 4 && (signs != ['.'] || month.len() == 2) => {
            of(number(year), number(month), Some(1), Precision::Month).ok_or(unreadable)
        }
        [month, year] if year.len() == 4 && signs != ['.'] => {
            of(number(year), number(month), Some(1), Precision::Month).ok_or(unreadable)
        }
        [a, b, c] => {
            let four = a.len() == 4;
            let (year, month, day) = match order {
                _ if four => (number(a), number(b), number(c)),
                Some(Order::Ymd) => (short_year(a), number(b), number(c)),
                Some(Order::Dmy) => (short_year(c), number(b), number(a)),
                Some(Order::Mdy) => (short_year(c), number(a), number(b)),
                None => match (number(a), number(b)) {
                    (Some(first), Some(second)) if c.len() == 4 && first > 12 && second <= 12 => {
                        (number(c), number(b), number(a))
                    }
                    (Some(first), Some(second)) if c.len() == 4 && second > 12 && first <= 12 => {
                        (number(c), number(a), number(b))
                    }
                    (Some(_), Some(_)) if number(c).is_some() => {
                        return Err(DateProblem::OrderUnknown);
                    }
                    _ => return Err(unreadable),
                },
            };
            of(year, month, day, Precision::Day).ok_or(unreadable)
        }
        _ => Err(unreadable),
    }
}

fn of(
    year: Option<i16>,
    month: Option<i16>,
    day: Option<i16>,
    precision: Precision,
) -> Option<(Date, Precision)> {
    let (month, day) = (i8::try_from(month?).ok()?, i8::try_from(day?).ok()?);
    let date = Date::new(year.filter(|it| *it >= 100)?, month, day).ok()?;
    Some((date, precision))
}

fn number(text: &str) -> Option<i16> {
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|it| it.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// A year of four digits, or of two digits in this century.
fn short_year(text: &str) -> Option<i16> {
    match text.len() {
        2 => Some(2_000 + number(text)?),
        4 => number(text),
        _ => None,
    }
}

/// `2026年`, `2026年3月`, `2026年3月1`, the day's sign cut off before.
fn chinese(text: &str) -> Option<(Date, Precision)> {
    let (year, rest) = text.split_once('年')?;
    let year = short_year(year.trim());
    let rest = rest.trim();
    if matches!(rest, "" | "度" | "全年") {
        return of(year, Some(1), Some(1), Precision::Year);
    }
    let (month, rest) = rest.split_once('月')?;
    let month = number(month.trim());
    match rest.trim() {
        "" | "份" => of(year, month, Some(1), Precision::Month),
        day => of(year, month, number(day), Precision::Day),
    }
}

/// `2026`, `202603`, `20260301`.
fn compact(text: &str) -> Option<(Date, Precision)> {
    let part = |from: usize, to: usize| number(text.get(from..to)?);
    let year = part(0, 4).filter(|it| (1900..=2200).contains(it));
    match text.len() {
        4 => of(year, Some(1), Some(1), Precision::Year),
        6 => of(year, part(4, 6), Some(1), Precision::Month),
        8 => of(year, part(4, 6), part(6, 8), Precision::Day),
        _ => None,
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `Jan-26`, `Jan 2026`, `2-Jan-2026`.
fn named_month(text: &str) -> Option<(Date, Precision)> {
    let parts: Vec<&str> =
        text.split(['-', ' ', '/', '.', ',']).filter(|it| !it.is_empty()).collect();
    let month = |it: &str| {
        let it = it.to_ascii_lowercase();
        let fits = |name: &&'static str| it.len() >= 3 && name.starts_with(it.as_str());
        let at = MONTHS.iter().position(fits)?;
        i16::try_from(at + 1).ok()
    };
    match parts[..] {
        [name, year] => of(short_year(year), month(name), Some(1), Precision::Month),
        [day, name, year] if number(day).is_some() => {
            of(short_year(year), month(name), number(day), Precision::Day)
        }
        [name, day, year] => of(short_year(year), month(name), number(day), Precision::Day),
        _ => None,
    }
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
