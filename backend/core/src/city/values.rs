//! The true values of a unit's series on any day, hour or month: activity, weather, trend, noise. `fault_effects` adds
//! the faults.

use nengce_shared::month::Month;

use super::calendar::{Day, date_of, index_of};
use super::kinds::{Hours, Season};
use super::noise;
use super::unit::{CityUnit, Item, Line, Role};

/// Reads the true values of a city's units.
#[derive(Debug, Clone, Copy)]
pub struct Truth {
    /// The seed of the city.
    pub seed: u64,
}

impl Truth {
    /// A day with its weather, by its index since the epoch.
    pub fn day(&self, index: i32) -> Day {
        Day::new(self.seed, date_of(index))
    }

    /// The level of a unit's business on a day; 1 on an ordinary day of the epoch.
    pub fn activity(&self, unit: &CityUnit, day: &Day) -> f64 {
        let kind = unit.kind;
        if let Some((from, to)) = unit.shutdown
            && (from..=to).contains(&day.index)
        {
            return unit.standstill;
        }
        let week = if day.weekend { kind.weekend } else { 1.0 + (1.0 - kind.weekend) * 0.4 };
        let festival = 1.0 - day.festival * (1.0 - kind.festival);
        let holiday = if day.holiday { 1.0 - 0.25 * (1.0 - kind.festival) } else { 1.0 };
        let term = match kind.season {
            Season::Campus if !day.term => 0.55,
            Season::Campus => 1.12,
            Season::Weather => 1.0,
        };
        let key = unit.index as u64;
        let wander = 1.0
            + 0.016 * noise::smooth(self.seed, key, 11, day.index, 23)
            + 0.010 * noise::smooth(self.seed, key, 12, day.index, 5);
        (1.0 + unit.growth).powf(day.years) * week * festival * holiday * term * wander
    }

    /// The quantity of a whole-plant energy item on a day with the given activity.
    pub fn energy(&self, unit: &CityUnit, item: &Item, at: usize, day: &Day, activity: f64) -> f64 {
        let weather = (1.0 - item.heating - item.cooling)
            + item.heating * day.heating
            + item.cooling * day.cooling;
        let efficiency = (1.0 + unit.efficiency).powf(day.years);
        // Inputs and outputs of a conversion unit move together.
        let spread = if unit.kind.outputs.is_empty() { 0.018 } else { 0.0015 };
        let noise = 1.0
            + spread
                * noise::normal(
                    self.seed,
                    unit.index as u64,
                    100 + at as u64,
                    day.index as u32 as u64,
                );
        let pattern = item.pattern.factor(self.seed, (unit.index * 64 + at) as u64, day);
        (item.base * activity * efficiency * weather.max(0.0) * noise * pattern).max(0.0)
    }

    /// The quantity of an item that comes by day, whether of the whole plant or of a sub-unit; none of other items.
    pub fn daily(&self, unit: &CityUnit, at: usize, day: &Day, activity: f64) -> Option<f64> {
        let item = &unit.items[at];
        match item.role {
            Role::Energy { .. } => Some(self.energy(unit, item, at, day, activity)),
            Role::SubUnit { plant, share } => {
                let key = (unit.index as u64, 200 + at as u64);
                let noise = noise::normal(self.seed, key.0, key.1, day.index as u32 as u64);
                let plant = self.energy(unit, &unit.items[plant], plant, day, activity);
                Some(plant * share * (1.0 + 0.01 * noise))
            }
            _ => None,
        }
    }

    /// Shares of the day's 24 hours; they add to 1.
    pub fn hours(&self, unit: &CityUnit, at: usize, day: &Day) -> [f64; 24] {
        let mut shares = [0.0; 24];
        for (hour, share) in shares.iter_mut().enumerate() {
            let key = (day.index as u32 as u64) * 24 + hour as u64;
            let noise =
                1.0 + 0.02 * noise::normal(self.seed, unit.index as u64, 500 + at as u64, key);
            *share = shape(unit.kind.hours, hour) * noise;
        }
        let sum: f64 = shares.iter().sum();
        shares.map(|it| it / sum)
    }

    /// The value of a monthly item, once the month is over.
    pub fn month(&self, unit: &CityUnit, item: &Item, month: Month) -> f64 {
        let key = unit.index as u64;
        let first = index_of(month.first_day());
        let ordinal = (first / 28) as u32 as u64;
        let years = f64::from(first) / 365.25;
        let efficiency = (1.0 + unit.efficiency).powf(years);
        let business = || -> f64 {
            let days = i32::from(month.days());
            (first..first + days).map(|it| self.activity(unit, &self.day(it))).sum()
        };
        let consumption = |product: usize| -> f64 {
            let line = &unit.products[product];
            let gain = (efficiency - 1.0) * line.kgce_per_output.abs().max(20.0);
            let noise = 0.008 * noise::normal(self.seed, key, 40 + product as u64, ordinal);
            line.kgce_per_output + gain + noise * line.kgce_per_output.abs()
        };
        match item.role {
            Role::Output => {
                let noise = 1.0 + 0.006 * noise::normal(self.seed, key, 30, ordinal);
                item.base * business() * noise
            }
            Role::Process { product } => {
                let output = unit.products[product].output
                    * business()
                    * (1.0 + 0.006 * noise::normal(self.seed, key, 30, ordinal));
                let value = consumption(product);
                let kgce = match item.line {
                    Line::None => 0.0,
                    Line::Share(share) => value * share,
                    Line::Fixed(kgce) => kgce,
                    Line::Recovered(sum) => (sum - value).max(0.0),
                };
                item.base * kgce * output
            }
            Role::Indicator { product } => {
                consumption(product) / unit.products[product].per_value_unit
            }
            Role::ValueAdded | Role::OutputValue => {
                let noise = 1.0 + 0.008 * noise::normal(self.seed, key, 31, ordinal);
                item.base * business() * (1.0 + unit.upgrade).powf(years) * noise
            }
            Role::Energy { .. } | Role::SubUnit { .. } => {
                let at =
                    unit.items.iter().position(|it| it.data_code == item.data_code).unwrap_or(0);
                (first..first + i32::from(month.days()))
                    .filter_map(|day_number| {
                        let day = self.day(day_number);
                        self.daily(unit, at, &day, self.activity(unit, &day)).map(round)
                    })
                    .sum()
            }
        }
    }
}

/// Rounds a value as an instrument prints it: to four decimals, large values to fewer.
pub(super) fn round(value: f64) -> f64 {
    let scale = if value.abs() >= 10_000.0 { 10.0 } else { 10_000.0 };
    (value * scale).round() / scale
}

fn shape(hours: Hours, hour: usize) -> f64 {
    let bump = |centre: f64, width: f64| (-((hour as f64 - centre) / width).powi(2)).exp();
    match hours {
        Hours::Continuous => 1.0 + 0.04 * bump(14.0, 6.0),
        Hours::TwoShifts => 0.45 + if (8..24).contains(&hour) { 0.75 } else { 0.0 },
        Hours::Office => 0.55 + 0.9 * bump(13.0, 5.0),
        Hours::Evening => 0.45 + 0.5 * bump(12.0, 4.0) + 0.75 * bump(19.5, 3.0),
        Hours::Traffic => {
            0.35 + 0.8 * bump(8.0, 2.2) + 0.75 * bump(18.0, 2.4) + 0.4 * bump(13.0, 4.0)
        }
    }
}
