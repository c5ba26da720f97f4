//! The search for the balance points: each pair of whole degrees is fitted; the one with the least variance of its errors
//! stays.

use super::{Balance, DayFacts, Wanted, Weather, design, energies};
use crate::savings::regression::{self, Fit};

/// Heating balance points that are tried, °C; chosen around the 18 °C of JGJ 26.
const HEATING: std::ops::RangeInclusive<i32> = 5..=22;
/// Cooling balance points that are tried, °C; chosen around the 26 °C of JGJ 26.
const COOLING: std::ops::RangeInclusive<i32> = 14..=30;
/// A balance point needs this many days beyond it and this many degree days (CalTRACK 2.0: 10 days and 20 °F·d, recalled;
/// taken as °C·d here, which is stricter).
const LEAST_DAYS: usize = 10;
const LEAST_DEGREE_DAYS: f64 = 20.0;

/// The model with the least variance of its errors, where each balance point costs a degree of freedom. A slope that is not
/// above zero is no heating and no cooling. Nothing, where weather is wanted and the days show none.
pub(super) fn best(baseline: &[DayFacts], weather: Weather) -> Option<(Balance, Fit)> {
    let observed = energies(baseline);
    let (heating, cooling) = (tried(weather.heating, HEATING), tried(weather.cooling, COOLING));
    let pairs = heating.iter().flat_map(|it| cooling.iter().map(|other| (*it, *other)));
    let balances = pairs.map(|(heating, cooling)| Balance { heating, cooling }).filter(|it| {
        it.heating.zip(it.cooling).is_none_or(|(heating, cooling)| heating <= cooling)
    });
    let mut found: Option<(f64, Balance, Fit)> = None;
    for balance in balances.filter(|it| is_seen(baseline, *it)) {
        let Ok(fit) = regression::fit(&design(baseline, balance), &observed) else { continue };
        let slopes = fit.coefficients.len() - balance.count();
        let freedom = fit.degrees_of_freedom.saturating_sub(balance.count());
        let is_heating_or_cooling = fit.coefficients.iter().skip(slopes).all(|it| *it > 0.0);
        let variance = fit.residuals.norm_squared() / freedom as f64;
        if is_heating_or_cooling && found.as_ref().is_none_or(|it| variance < it.0) {
            found = Some((variance, balance, fit));
        }
    }
    found.map(|(_, balance, fit)| (balance, fit))
}

fn tried(wanted: Wanted, degrees: std::ops::RangeInclusive<i32>) -> Vec<Option<f64>> {
    let without = (wanted != Wanted::Yes).then_some(None);
    let with = degrees.map(|it| Some(f64::from(it))).filter(|_| wanted != Wanted::No);
    without.into_iter().chain(with).collect()
}

/// Whether enough days lie beyond each balance point.
fn is_seen(baseline: &[DayFacts], balance: Balance) -> bool {
    let single = [Balance { cooling: None, ..balance }, Balance { heating: None, ..balance }];
    single.into_iter().filter(|it| it.count() > 0).all(|it| {
        let celsius = baseline.iter().filter_map(|day| day.mean_celsius);
        let beyond: Vec<f64> =
            celsius.flat_map(|mean| it.degree_days(mean)).filter(|it| *it > 0.0).collect();
        beyond.len() >= LEAST_DAYS && beyond.iter().sum::<f64>() >= LEAST_DEGREE_DAYS
    })
}
