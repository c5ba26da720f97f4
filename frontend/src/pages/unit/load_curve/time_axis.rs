//! Seconds of a span as moments and as names along an axis. No drawing.

use nengce_shared::lang::Lang;

use crate::day::Day;
use crate::format::month_short;

const DAY: u32 = 86_400;

/// Spans of more days than this are named by month.
const BY_MONTH: usize = 62;

fn days(from: &str, to: &str) -> Vec<Day> {
    let Some((from, to)) = Day::read(from).zip(Day::read(to)) else {
        return Vec::new();
    };
    std::iter::successors(Some(from), |it| Some(it.next_day())).take_while(|it| *it <= to).collect()
}

/// How long the days are together.
pub fn seconds(from: &str, to: &str) -> u32 {
    days(from, to).len() as u32 * DAY
}

/// `2025-10-18 01:45`, so many seconds after the start of `from`.
pub fn moment(from: &str, seconds: u32) -> String {
    let Some(first) = Day::read(from) else {
        return String::new();
    };
    let day = (0..seconds / DAY).fold(first, |it, _| it.next_day());
    let (hour, minute) = (seconds % DAY / 3_600, seconds % 3_600 / 60);
    format!("{day} {hour:02}:{minute:02}")
}

/// Where each day, or in a long span each month, begins, and its name.
pub fn names(from: &str, to: &str, lang: Lang) -> Vec<(u32, String)> {
    let days = days(from, to);
    let by_month = days.len() > BY_MONTH;
    let starts = (0u32..).zip(days).filter(|(_, it)| !by_month || it.day == 1);
    starts
        .map(|(at, it)| {
            let name = match (by_month, it.month) {
                (true, 1) => it.year.to_string(),
                (true, month) => month_short(month, lang),
                (false, month) => format!("{month}/{}", it.day),
            };
            (at * DAY, name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_moments_of_the_span() {
        assert_eq!(seconds("2024-02-28", "2024-03-01"), 3 * DAY);
        assert_eq!(moment("2024-02-28", DAY + 2_700), "2024-02-29 00:45");
        assert_eq!(moment("2025-12-31", DAY + DAY - 900), "2026-01-01 23:45");
        let short = names("2025-06-30", "2025-07-01", Lang::Zh);
        assert_eq!(short, [(0, "6/30".to_owned()), (DAY, "7/1".to_owned())]);
        let long = names("2025-12-15", "2026-02-28", Lang::Zh);
        let long: Vec<&str> = long.iter().map(|it| it.1.as_str()).collect();
        assert_eq!(long, ["2026", "2月"]);
    }
}
