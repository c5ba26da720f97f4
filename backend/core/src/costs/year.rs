//! The costs of a span of days: the readings of a unit's items against its tariffs. Of each energy type the unit pays for
//! what it used less what it made itself; what it makes beyond that is no cost.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;
use nengce_shared::tariff::TariffCharge;

use super::day::{Part, parts};
use super::spans::HOURS;
use super::tariff::{ELECTRICITY, Tariff, in_force};

/// Smaller than this share of a month's value, a rest is an error of rounding.
const LEAST_REST: f64 = 1e-6;

/// An item of a unit that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its data code.
    pub data_code: String,
    /// Four digits.
    pub energy_type: String,
    /// +1 what is used, −1 what is made.
    pub sign: f64,
    /// Values of days come; else only values of months.
    pub is_daily: bool,
    /// The first day that has a value.
    pub first_day: Option<Date>,
}

/// The readings of a unit's items, by data code.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    /// Quantities of days.
    pub days: HashMap<(String, Date), f64>,
    /// Quantities of months that came as such.
    pub months: HashMap<(String, Month), f64>,
    /// Quantities of hours, where an item has them; NaN where one is missing.
    pub hours: HashMap<(String, Date), [f64; HOURS]>,
}

/// One energy type on one day, or what a month holds beyond its days.
#[derive(Debug, Clone, PartialEq)]
pub struct EnergyDay {
    /// Four digits.
    pub energy_type: String,
    /// The day; the last counted day of the month for a rest.
    pub day: Date,
    /// The part of a month's value that no day has, or that such a value is missing.
    pub is_rest: bool,
    /// What was used, net; none where no item has a value.
    pub quantity: Option<f64>,
    /// The quantity and its cost; empty without a price.
    pub parts: Vec<Part>,
    /// A value is due and did not come, and no value of the month stands for it.
    pub lacks_reading: bool,
}

impl EnergyDay {
    /// Yuan; none without a price or a quantity.
    pub fn cost(&self) -> Option<f64> {
        (!self.parts.is_empty()).then(|| self.parts.iter().map(|it| it.cost).sum())
    }

    /// Something was used that has no price.
    pub fn lacks_price(&self) -> bool {
        self.quantity.is_some_and(|it| it > 0.0) && self.parts.is_empty()
    }

    /// A day that could not be split over the periods of its tariff.
    pub fn is_at_mean(&self) -> bool {
        self.parts.iter().any(|it| it.period.is_none())
    }
}

/// The days of a span by energy type, and the charges of demand and capacity of each day.
#[derive(Debug, Clone, Default)]
pub struct Costs {
    /// In the order of energy types, then of days.
    pub days: Vec<EnergyDay>,
    /// Yuan of a day for demand and capacity; only days with such a tariff.
    pub fixed: BTreeMap<Date, f64>,
}

/// The costs of the days.
pub fn costs(items: &[Item], readings: &Readings, tariffs: &[Tariff], span: DayRange) -> Costs {
    let mut of_type: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for it in items {
        of_type.entry(&it.energy_type).or_default().push(it);
    }
    let mut days = Vec::new();
    for (energy_type, items) in of_type {
        for month in span.months() {
            let whole = DayRange::between(month.first_day(), month.last_day());
            let Some(part) = whole.intersect(&span) else { continue };
            days.extend(of_month(energy_type, &items, readings, tariffs, month, part));
        }
    }
    Costs { days, fixed: fixed(tariffs, span) }
}

fn of_month(
    energy_type: &str,
    items: &[&Item],
    readings: &Readings,
    tariffs: &[Tariff],
    month: Month,
    span: DayRange,
) -> Vec<EnergyDay> {
    let price = |day: Date, quantity: f64, hours: Option<&[f64; HOURS]>| {
        let tariff = in_force(tariffs, energy_type, TariffCharge::Quantity, day);
        tariff.map_or_else(Vec::new, |it| parts(it, month.month(), quantity, hours))
    };
    let mut days = Vec::new();
    for day in span.iter() {
        let value = |it: &Item| readings.days.get(&(it.data_code.clone(), day)).copied();
        let is_due = |it: &Item| it.is_daily && it.first_day.is_some_and(|from| from <= day);
        let known: Vec<(&Item, f64)> =
            items.iter().filter_map(|it| Some((*it, value(it)?))).collect();
        let lacks_reading = items.iter().any(|it| {
            let has_month = readings.months.contains_key(&(it.data_code.clone(), month));
            is_due(it) && value(it).is_none() && !has_month
        });
        if known.is_empty() && !lacks_reading {
            continue;
        }
        let quantity = (!known.is_empty())
            .then(|| known.iter().map(|(it, value)| it.sign * value).sum::<f64>().max(0.0));
        let hours = hours_of(&known, readings, day);
        days.push(EnergyDay {
            energy_type: energy_type.to_owned(),
            day,
            is_rest: false,
            quantity,
            parts: quantity.map_or_else(Vec::new, |it| price(day, it, hours.as_ref())),
            lacks_reading,
        });
    }
    let quantity = rest(items, readings, month);
    let lacks_reading = span.to() == month.last_day()
        && items.iter().any(|it| {
            let is_due = it.first_day.is_some_and(|from| from <= month.last_day());
            let key = (it.data_code.clone(), month);
            !it.is_daily && is_due && !readings.months.contains_key(&key)
        });
    if quantity.is_some() || lacks_reading {
        days.push(EnergyDay {
            energy_type: energy_type.to_owned(),
            day: span.to(),
            is_rest: true,
            quantity,
            parts: quantity.map_or_else(Vec::new, |it| price(span.to(), it, None)),
            lacks_reading,
        });
    }
    days
}

/// The net quantity of each hour, where every item has all hours of the day.
fn hours_of(known: &[(&Item, f64)], readings: &Readings, day: Date) -> Option<[f64; HOURS]> {
    let mut sums = [0.0; HOURS];
    for (item, _) in known {
        let hours = readings.hours.get(&(item.data_code.clone(), day))?;
        for (sum, value) in sums.iter_mut().zip(hours) {
            *sum += item.sign * value;
        }
    }
    (!known.is_empty() && sums.iter().all(|it| it.is_finite())).then(|| sums.map(|it| it.max(0.0)))
}

/// What the values of a month hold beyond their days; what is less than the days stays unsaid here.
fn rest(items: &[&Item], readings: &Readings, month: Month) -> Option<f64> {
    let mut sum = 0.0;
    let mut all = 0.0;
    for item in items {
        let Some(value) = readings.months.get(&(item.data_code.clone(), month)) else { continue };
        let range = DayRange::between(month.first_day(), month.last_day());
        let days = range.iter().filter_map(|it| readings.days.get(&(item.data_code.clone(), it)));
        sum += item.sign * (value - days.sum::<f64>());
        all += value.abs();
    }
    (sum > LEAST_REST * all).then_some(sum)
}

/// Each day bears its part of the month's charges of the tariffs in force on it.
fn fixed(tariffs: &[Tariff], span: DayRange) -> BTreeMap<Date, f64> {
    let charges = [TariffCharge::Demand, TariffCharge::Capacity];
    let of_day = |day: Date| {
        let month = Month::of(day);
        let lines = charges.iter().filter_map(|charge| {
            in_force(tariffs, ELECTRICITY, *charge, day)?.line(month.month(), 0)
        });
        let prices: Vec<f64> = lines.map(|it| it.price).collect();
        (!prices.is_empty()).then(|| (day, prices.iter().sum::<f64>() / f64::from(month.days())))
    };
    span.iter().filter_map(of_day).collect()
}
