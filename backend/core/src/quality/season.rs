//! Holds the heating season of each region as data; a region of the south has none.

use std::sync::LazyLock;

use nengce_messages::stamp;

/// The season from a day of one year to a day of the next, both included, as month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeatingSeason {
    from: (i8, i8),
    to: (i8, i8),
}

/// Days by which the weather or the heat supplier may begin or end the season earlier or later.
const BORDER_DAYS: i32 = 30;

static SEASONS: LazyLock<Vec<(&str, HeatingSeason)>> = LazyLock::new(|| {
    let lines = include_str!("../../data/heating_seasons.csv").lines().skip(1);
    let day = |text: &str| -> Option<(i8, i8)> {
        let (month, day) = text.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    };
    let row = |line: &'static str| {
        let mut cells = line.split(',');
        let (region, mut rest) = (cells.next()?, cells.skip(2));
        let (from, to) = (day(rest.next()?)?, day(rest.next()?)?);
        Some((region, HeatingSeason { from, to }))
    };
    lines.filter_map(row).collect()
});

impl HeatingSeason {
    /// The season of a region: that of the most specific row for its code.
    pub fn of_region(code: &str) -> Option<Self> {
        let under = SEASONS.iter().filter(|it| code.starts_with(it.0));
        under.max_by_key(|it| it.0.len()).map(|it| it.1)
    }

    /// Whether a day lies in the season.
    pub fn holds(self, day: i32) -> bool {
        let date = stamp::date_of(day);
        let at = (date.month(), date.day());
        at >= self.from || at <= self.to
    }

    /// Whether a month, given by its first day, is heated whatever the weather.
    pub fn is_core_month(self, first: i32) -> bool {
        self.is_core(first + 14)
    }

    /// Whether a month, given by its first day, is not heated whatever the weather.
    pub fn is_off_month(self, first: i32) -> bool {
        !self.holds(first - BORDER_DAYS) && !self.holds(first + 30 + BORDER_DAYS)
    }

    /// Whether a day is heated whatever the weather.
    pub fn is_core(self, day: i32) -> bool {
        self.holds(day - BORDER_DAYS) && self.holds(day + BORDER_DAYS)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_row_is_read_and_the_most_particular_one_counts() {
        let rows = include_str!("../../data/heating_seasons.csv").lines().count() - 1;
        assert_eq!(SEASONS.len(), rows);
        let season = |code| HeatingSeason::of_region(code).map(|it| (it.from, it.to));
        assert_eq!(season("120112"), Some(((11, 1), (3, 31))));
        assert_eq!(season("130102"), Some(((11, 15), (3, 15))));
        assert_eq!(season("130702"), Some(((11, 1), (3, 31))));
        assert_eq!(season("440100"), None);
    }

    #[test]
    fn its_borders_are_no_core_of_it() {
        let season = HeatingSeason::of_region("120112").unwrap();
        let of = |month, day| {
            let at = stamp::day_number(date(2026, month, day));
            (season.holds(at), season.is_core(at))
        };
        assert_eq!(of(11, 1), (true, false));
        assert_eq!(of(11, 30), (true, false));
        assert_eq!(of(12, 1), (true, true));
        assert_eq!(of(1, 15), (true, true));
        assert_eq!(of(3, 31), (true, false));
        assert_eq!(of(7, 1), (false, false));
    }
}
