//! The daily model: the energy of a day by what was made on it, by weekday or weekend, and by its mean temperature below and
//! above balance points that are searched (the way of CalTRACK's daily method).

mod search;

use jiff::civil::{Date, Weekday};
use nalgebra::{DMatrix, DVector};

use super::{Interval, NoSavings, Savings, applied, independent};

/// Fewest days of a baseline: a year less 37 days (CalTRACK 2.0, recalled).
pub const LEAST_BASELINE_DAYS: usize = 328;
/// The greatest CV(RMSE) of a daily model (California's rulebook on normalised metered consumption, recalled; ASHRAE
/// Guideline 14 names 15 % for months and 30 % for hours, and none for days).
pub const MOST_CV_RMSE: f64 = 0.25;
/// The most drivers besides the temperature; chosen.
pub const MOST_DRIVERS: usize = 8;
/// Independent days that must remain beyond the coefficients; chosen.
const LEAST_FREEDOM: f64 = 10.0;
/// The greatest autocorrelation of days that is corrected for.
const MOST_AUTOCORRELATION: f64 = 0.99;

/// The energy of a day and what drives it.
#[derive(Debug, Clone, PartialEq)]
pub struct DayFacts {
    /// The day.
    pub day: Date,
    /// tce.
    pub energy: f64,
    /// The figure of each driver but the temperature, in one order.
    pub drivers: Vec<f64>,
    /// The mean of the day, °C; the model needs it where it knows heating or cooling.
    pub mean_celsius: Option<f64>,
}

/// Whether a model may know heating or cooling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// It does not.
    No,
    /// Where it explains the baseline better.
    IfBetter,
    /// It does.
    Yes,
}

/// Which temperatures drive a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weather {
    /// Days below the heating balance point.
    pub heating: Wanted,
    /// Days above the cooling balance point.
    pub cooling: Wanted,
}

/// The daily model and its savings.
#[derive(Debug, Clone)]
pub struct DailySavings {
    /// The figures. The coefficients of `savings.drivers` are those of the drivers, then heating, then cooling, each where
    /// the model has it.
    pub savings: Savings,
    /// The heating and the cooling balance point that were found, °C.
    pub balance: Balance,
}

/// The balance points of a model, °C.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Balance {
    /// Colder days need heating.
    pub heating: Option<f64>,
    /// Hotter days need cooling.
    pub cooling: Option<f64>,
}

impl Balance {
    /// The degree days of a day by each balance point that is known.
    pub fn degree_days(self, mean_celsius: f64) -> impl Iterator<Item = f64> {
        let heating = self.heating.map(|it| (it - mean_celsius).max(0.0));
        let cooling = self.cooling.map(|it| (mean_celsius - it).max(0.0));
        heating.into_iter().chain(cooling)
    }

    /// How many balance points were searched.
    fn count(self) -> usize {
        usize::from(self.heating.is_some()) + usize::from(self.cooling.is_some())
    }
}

/// Whether a day is a Saturday or a Sunday. Holidays and days worked in their place are not known.
pub fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Fits the baseline with the balance points that explain it best, and applies it to the days of the report.
pub fn measure(
    baseline: &[DayFacts],
    report: &[DayFacts],
    weather: Weather,
) -> Result<DailySavings, NoSavings> {
    if baseline.len() < LEAST_BASELINE_DAYS {
        return Err(NoSavings::BaselineTooShort(LEAST_BASELINE_DAYS));
    }
    if report.is_empty() {
        return Err(NoSavings::NothingToReport);
    }
    let drivers = baseline[0].drivers.len();
    let figures = |at: usize| baseline.iter().map(|it| it.drivers[at]).collect();
    let outputs: Vec<Vec<f64>> = (0..drivers).map(figures).collect();
    if let Some(at) = independent(&outputs).iter().position(|it| !it) {
        return Err(NoSavings::DriverSaysNothing(at));
    }
    let (balance, fit) =
        search::best(baseline, weather).ok_or(NoSavings::DriverSaysNothing(drivers))?;
    let (before, after) = (design(baseline, balance), design(report, balance));
    let rho = fit.autocorrelation().clamp(0.0, MOST_AUTOCORRELATION);
    let coefficients = before.ncols() + balance.count();
    let left = baseline.len() as f64 * (1.0 - rho) / (1.0 + rho) - coefficients as f64;
    if left < LEAST_FREEDOM {
        return Err(NoSavings::TooFewIndependent(coefficients));
    }
    let interval = Interval { rho, degrees_of_freedom: left };
    let (observed, used) = (energies(baseline), energies(report));
    let savings = applied(&fit, (&before, &observed), (&after, &used), interval, MOST_CV_RMSE);
    Ok(DailySavings { savings, balance })
}

/// A constant, the drivers, then the degree days.
fn design(days: &[DayFacts], balance: Balance) -> DMatrix<f64> {
    let columns = 1 + days.first().map_or(0, |it| it.drivers.len()) + balance.count();
    let row = |it: &DayFacts| -> Vec<f64> {
        let degree_days = balance.degree_days(it.mean_celsius.unwrap_or(f64::NAN));
        std::iter::once(1.0).chain(it.drivers.iter().copied()).chain(degree_days).collect()
    };
    DMatrix::from_row_iterator(days.len(), columns, days.iter().flat_map(row))
}

fn energies(days: &[DayFacts]) -> DVector<f64> {
    DVector::from_iterator(days.len(), days.iter().map(|it| it.energy))
}

#[cfg(test)]
mod tests;
