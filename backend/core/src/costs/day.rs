//! What the quantity of one day costs: split over the periods by the hours of the day where all of them are known, else at
//! the mean price of the day's hours.

use nengce_shared::tariff::TariffPeriod;

use super::spans::HOURS;
use super::tariff::Tariff;

/// A part of a day, and its cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The period; none for a quantity at the mean price.
    pub period: Option<TariffPeriod>,
    /// In the dictionary unit.
    pub quantity: f64,
    /// Yuan.
    pub cost: f64,
}

/// The parts of a day's quantity in a month (from 1). The hours say how it is spread; its sum is the quantity itself, since
/// the value of the day may differ from the sum of its hours.
pub fn parts(tariff: &Tariff, month: i8, quantity: f64, hours: Option<&[f64; HOURS]>) -> Vec<Part> {
    if let Some(line) = tariff.only_line(month) {
        let period = Some(line.period);
        return vec![Part { period, quantity, cost: quantity * line.price }];
    }
    let sum: f64 = hours.map_or(0.0, |it| it.iter().sum());
    let Some(hours) = hours.filter(|_| sum > 0.0) else {
        let cost = quantity * tariff.mean_price(month);
        return vec![Part { period: None, quantity, cost }];
    };
    let mut parts: Vec<Part> = Vec::new();
    for (hour, used) in hours.iter().enumerate() {
        let Some(line) = tariff.line(month, hour) else { continue };
        let quantity = quantity * used / sum;
        let cost = quantity * line.price;
        match parts.iter_mut().find(|it| it.period == Some(line.period)) {
            Some(part) => {
                part.quantity += quantity;
                part.cost += cost;
            }
            None => parts.push(Part { period: Some(line.period), quantity, cost }),
        }
    }
    parts
}
