//! The calendar of the invented city: weekdays, Spring Festival, holidays, temperature. Dates are facts, the weather is
//! invented.

use jiff::civil::{Date, Weekday, date};

use super::noise;

/// First day of the lunar year, 2019–2035.
const SPRING_FESTIVALS: [Date; 17] = [
    date(2019, 2, 5),
    date(2020, 1, 25),
    date(2021, 2, 12),
    date(2022, 2, 1),
    date(2023, 1, 22),
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 3),
    date(2031, 1, 23),
    date(2032, 2, 11),
    date(2033, 1, 31),
    date(2034, 2, 19),
    date(2035, 2, 8),
];

/// The day from which growth is counted; the level of every series is 1 on it.
pub const EPOCH: Date = date(2024, 1, 1);

/// A day with the conditions that affect consumption.
#[derive(Debug, Clone, Copy)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// Days since the epoch; negative before it.
    pub index: i32,
    /// Years since the epoch.
    pub years: f64,
    /// Saturday or Sunday.
    pub weekend: bool,
    /// 0 on ordinary days, 1 at the heart of Spring Festival.
    pub festival: f64,
    /// First days of May and October.
    pub holiday: bool,
    /// The need for heating, with mean 1 over a usual year.
    pub heating: f64,
    /// The need for cooling, with mean 1 over a usual year.
    pub cooling: f64,
    /// Mean temperature, °C.
    pub warmth: f64,
    /// School and university term.
    pub term: bool,
}

/// Days since the epoch.
pub fn index_of(date: Date) -> i32 {
    (date - EPOCH).get_days()
}

/// The date of a number of days after the epoch.
pub fn date_of(index: i32) -> Date {
    EPOCH.saturating_add(jiff::Span::new().days(index))
}

impl Day {
    /// A date with the weather of a seed.
    pub fn new(seed: u64, date: Date) -> Self {
        let index = index_of(date);
        let warmth = warmth(seed, date, index);
        let (month, day) = (date.month(), date.day());
        Self {
            date,
            index,
            years: f64::from(index) / 365.25,
            weekend: matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
            festival: festival(date),
            holiday: matches!((month, day), (5, 1..=4) | (10, 1..=7) | (1, 1)),
            heating: heating(date, warmth),
            warmth,
            cooling: (warmth - 21.0).max(0.0) / COOLING_MEAN,
            term: !matches!((month, day), (7, 10..) | (8, 1..=24) | (1, 15..) | (2, 1..=20)),
        }
    }
}

const COOLING_MEAN: f64 = 1.757;
const HEATING_MEAN: f64 = 5.9;

/// Mean temperature of the day in °C.
fn warmth(seed: u64, date: Date, index: i32) -> f64 {
    let angle = std::f64::consts::TAU * (f64::from(date.day_of_year()) - 20.0) / 365.25;
    13.2 - 15.8 * angle.cos() + 1.2 * noise::smooth(seed, 0xC1, 1, index, 6)
}

/// Heat is supplied from 15 November to 15 March, more of it the colder the day.
fn heating(date: Date, warmth: f64) -> f64 {
    let season = matches!((date.month(), date.day()), (11, 15..) | (12 | 1 | 2, _) | (3, 1..=15));
    if season { (18.0 - warmth).max(2.0) / HEATING_MEAN } else { 0.0 }
}

fn festival(date: Date) -> f64 {
    let Some(first) = SPRING_FESTIVALS.iter().find(|it| it.year() == date.year()) else {
        return 0.0;
    };
    match (date - *first).get_days() {
        -9..=-1 => f64::from(10 + (date - *first).get_days()) / 10.0,
        0..=6 => 1.0,
        offset @ 7..=18 => 1.0 - f64::from(offset - 6) / 13.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Day, date_of, index_of};

    #[test]
    fn needs_average_to_one() {
        let (mut heating, mut cooling) = (0.0, 0.0);
        for index in 0..3653 {
            let day = Day::new(1, date_of(index));
            heating += day.heating / 3653.0;
            cooling += day.cooling / 3653.0;
        }
        let near = |it: f64| (it - 1.0).abs() < 0.05;
        assert!(near(heating) && near(cooling), "{heating} {cooling}");
    }

    #[test]
    fn the_festival_moves_with_the_moon() {
        assert_eq!(Day::new(1, date(2025, 1, 30)).festival, 1.0);
        assert_eq!(Day::new(1, date(2026, 1, 30)).festival, 0.0);
        assert_eq!(Day::new(1, date(2026, 2, 18)).festival, 1.0);
        assert_eq!(date_of(index_of(date(2026, 11, 23))), date(2026, 11, 23));
    }
}
