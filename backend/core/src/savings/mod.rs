//! Savings of a retrofit by a baseline model (GB/T 28750, IPMVP option C): the months before are explained by what the
//! unit made; the model says what the months after would have used; the difference is the saving, with its interval.
//! `daily` does the same with days.

pub mod daily;
pub mod degree_days;
pub mod regression;

use nalgebra::{DMatrix, DVector};
use nengce_shared::month::Month;
use regression::{Fit, Unfit};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Fewest months of a baseline: a whole year.
pub const LEAST_BASELINE_MONTHS: usize = 12;
/// Months of the baseline for each driver, at least.
const MONTHS_PER_DRIVER: usize = 6;
/// The greatest CV(RMSE) of a monthly model; ASHRAE Guideline 14, recalled.
pub const MOST_CV_RMSE: f64 = 0.15;
/// The greatest half-width of the interval of 68 % as a share of the saving; ASHRAE Guideline 14, recalled.
pub const MOST_UNCERTAINTY: f64 = 0.5;
/// A driver may leave the range of the baseline by this share of the range.
const RANGE_MARGIN: f64 = 0.1;
/// The share of a driver's variance that other drivers must leave unexplained: a variance inflation of 20 at most.
const LEAST_OWN_SHARE: f64 = 0.05;
/// The greatest autocorrelation that is corrected for; beyond it the baseline says next to nothing.
const MOST_AUTOCORRELATION: f64 = 0.9;

/// The share by which two computations of one figure may differ.
const SAME: f64 = 1e-6;

/// The energy of a month and what drives it.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthFacts {
    /// The month.
    pub month: Month,
    /// tce.
    pub energy: f64,
    /// The output of each driver, in one order.
    pub drivers: Vec<f64>,
}

/// What a model and its savings came to.
#[derive(Debug, Clone)]
pub struct Savings {
    /// tce of a month or day without any output.
    pub intercept: Coefficient,
    /// One for each driver: tce per unit of output.
    pub drivers: Vec<Coefficient>,
    /// Degrees of freedom of the model.
    pub degrees_of_freedom: usize,
    /// Root mean square error of the baseline over its mean energy.
    pub cv_rmse: f64,
    /// Net bias of the baseline over its energy.
    pub nmbe: f64,
    /// The correlation of each residual with the one before.
    pub autocorrelation: f64,
    /// The observations of the baseline that are independent of each other: n (1 − ρ) / (1 + ρ).
    pub independent: f64,
    /// The greatest `cv_rmse` at which a conclusion is drawn.
    pub most_cv_rmse: f64,
    /// tce that the model gives each month or day of the baseline, then of the report.
    pub modelled: (Vec<f64>, Vec<f64>),
    /// tce that the report would have used.
    pub adjusted_baseline: f64,
    /// tce that it used.
    pub used: f64,
    /// tce saved; negative where more was used.
    pub saved: f64,
    /// Half of the intervals of 68 % and 90 %, tce.
    pub half_widths: [f64; 2],
    /// Months or days of the report, by place, with a driver beyond what the baseline saw.
    pub beyond_range: Vec<usize>,
}

/// A coefficient of the model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// tce, or tce per unit of output.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// What the figures allow to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A saving, known well enough.
    Saving,
    /// Less than the data can show.
    BelowUncertainty,
    /// More was used than the model expects.
    Increase,
    /// The model does not explain the baseline well enough.
    ModelUnfit,
}

/// Why no saving can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSavings {
    /// The baseline has fewer months than its drivers need; the number needed.
    BaselineTooShort(usize),
    /// No month after the works has data.
    NothingToReport,
    /// So few days of the baseline are independent of each other; the number of coefficients that they have to bear.
    TooFewIndependent(usize),
    /// A driver does not move, or moves as those before it; its place.
    DriverSaysNothing(usize),
}

/// The most drivers that a baseline of so many months bears.
pub fn most_drivers(months: usize) -> usize {
    months / MONTHS_PER_DRIVER
}

/// Which of the outputs of a baseline's months, one list for each, say something that those before them do not: an output
/// that moves with another one leaves no coefficient of its own.
pub fn independent(outputs: &[Vec<f64>]) -> Vec<bool> {
    let mut kept: Vec<&Vec<f64>> = Vec::new();
    let mut says = Vec::new();
    for it in outputs {
        let design = DMatrix::from_fn(it.len(), kept.len() + 1, |row, column| match column {
            0 => 1.0,
            _ => kept[column - 1][row],
        });
        let observed = DVector::from_column_slice(it);
        let spread = observed.add_scalar(-observed.mean()).norm_squared();
        let own = regression::fit(&design, &observed).map_or(0.0, |it| it.residuals.norm_squared());
        let is_new = spread > 0.0 && own >= LEAST_OWN_SHARE * spread;
        if is_new {
            kept.push(it);
        }
        says.push(is_new);
    }
    says
}

/// Fits the baseline and applies it to the months of the report.
pub fn measure(baseline: &[MonthFacts], report: &[MonthFacts]) -> Result<Savings, NoSavings> {
    let drivers = baseline.first().map_or(0, |it| it.drivers.len());
    let needed = LEAST_BASELINE_MONTHS.max(drivers * MONTHS_PER_DRIVER);
    if baseline.len() < needed {
        return Err(NoSavings::BaselineTooShort(needed));
    }
    if report.is_empty() {
        return Err(NoSavings::NothingToReport);
    }
    let outputs: Vec<Vec<f64>> =
        (0..drivers).map(|at| baseline.iter().map(|it| it.drivers[at]).collect()).collect();
    if let Some(at) = independent(&outputs).iter().position(|it| !it) {
        return Err(NoSavings::DriverSaysNothing(at));
    }
    let (design, observed) = (design(baseline), energies(baseline));
    let fit = regression::fit(&design, &observed).map_err(|it| match it {
        Unfit::TooFewObservations => NoSavings::BaselineTooShort(needed),
        Unfit::Dependent(column) => NoSavings::DriverSaysNothing(column.saturating_sub(1)),
    })?;
    let rho = fit.autocorrelation().clamp(0.0, MOST_AUTOCORRELATION);
    let interval = Interval { rho, degrees_of_freedom: fit.degrees_of_freedom as f64 };
    let after = (self::design(report), energies(report));
    Ok(applied(&fit, (&design, &observed), (&after.0, &after.1), interval, MOST_CV_RMSE))
}

/// What the intervals are made with.
#[derive(Debug, Clone, Copy)]
struct Interval {
    /// The autocorrelation that widens them, not negative.
    rho: f64,
    /// Of the variance of the errors and of Student's t.
    degrees_of_freedom: f64,
}

/// What a fitted baseline says of a report; each is a design and its energies.
fn applied(
    fit: &Fit,
    (design, observed): (&DMatrix<f64>, &DVector<f64>),
    (after, used): (&DMatrix<f64>, &DVector<f64>),
    interval: Interval,
    most_cv_rmse: f64,
) -> Savings {
    let expected = after * &fit.coefficients;
    let (adjusted_baseline, used) = (expected.sum(), used.sum());
    let modelled = ((design * &fit.coefficients).as_slice().to_vec(), expected.as_slice().to_vec());
    let mean = observed.mean();
    let coefficient = |at: usize| Coefficient {
        value: fit.coefficients[at],
        standard_error: fit.standard_error(at),
    };
    Savings {
        intercept: coefficient(0),
        drivers: (1..design.ncols()).map(coefficient).collect(),
        degrees_of_freedom: fit.degrees_of_freedom,
        cv_rmse: fit.variance().sqrt() / mean,
        nmbe: fit.residuals.sum() / (fit.degrees_of_freedom as f64 * mean),
        autocorrelation: fit.autocorrelation(),
        independent: design.nrows() as f64 * (1.0 - interval.rho) / (1.0 + interval.rho),
        most_cv_rmse,
        modelled,
        adjusted_baseline,
        used,
        saved: adjusted_baseline - used,
        half_widths: [0.68, 0.90].map(|share| half_width(fit, after, interval, share)),
        beyond_range: beyond_range(design, after),
    }
}

/// Whether two computations of one question came to the same saving and the same interval (tce each). The order of a sum
/// moves the last digits.
pub fn is_same_saving(before: Option<(f64, f64)>, now: Option<(f64, f64)>) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= SAME * a.abs().max(b.abs());
    match (before, now) {
        (Some(a), Some(b)) => near(a.0, b.0) && near(a.1, b.1),
        (a, b) => a == b,
    }
}

impl Savings {
    /// What can be said of the saving.
    pub fn verdict(&self) -> Verdict {
        let [narrow, wide] = self.half_widths;
        if self.cv_rmse > self.most_cv_rmse {
            Verdict::ModelUnfit
        } else if -self.saved > wide {
            Verdict::Increase
        } else if self.saved > 0.0 && narrow < MOST_UNCERTAINTY * self.saved {
            Verdict::Saving
        } else {
            Verdict::BelowUncertainty
        }
    }
}

/// A constant, then the drivers.
fn design(months: &[MonthFacts]) -> DMatrix<f64> {
    let columns = 1 + months.first().map_or(0, |it| it.drivers.len());
    DMatrix::from_fn(months.len(), columns, |row, column| match column {
        0 => 1.0,
        _ => months[row].drivers[column - 1],
    })
}

fn energies(months: &[MonthFacts]) -> DVector<f64> {
    DVector::from_iterator(months.len(), months.iter().map(|it| it.energy))
}

/// Half of the interval that holds the sum of the report with this probability. Errors that follow each other count as
/// fewer: n' = n (1 − ρ) / (1 + ρ).
fn half_width(fit: &Fit, report: &DMatrix<f64>, interval: Interval, share: f64) -> f64 {
    let Interval { rho, degrees_of_freedom } = interval;
    let sums = DVector::from_iterator(report.ncols(), report.column_iter().map(|it| it.sum()));
    let of_errors = fit.degrees_of_freedom as f64 / degrees_of_freedom * (1.0 + rho) / (1.0 - rho);
    let variance = fit.variance_of_sum(&sums, report.nrows()) * of_errors;
    let quantile = StudentsT::new(0.0, 1.0, degrees_of_freedom)
        .map_or(f64::NAN, |it| it.inverse_cdf((1.0 + share) / 2.0));
    quantile * variance.sqrt()
}

/// The rows of the report with a driver beyond what the baseline saw; the first column of a design is the constant.
fn beyond_range(design: &DMatrix<f64>, report: &DMatrix<f64>) -> Vec<usize> {
    let ranges: Vec<(f64, f64)> = design
        .column_iter()
        .map(|it| {
            let margin = (it.max() - it.min()) * RANGE_MARGIN;
            (it.min() - margin, it.max() + margin)
        })
        .collect();
    let is_beyond = |row: usize| {
        ranges.iter().enumerate().skip(1).any(|(column, (least, most))| {
            let value = report[(row, column)];
            value < *least || value > *most
        })
    };
    (0..report.nrows()).filter(|row| is_beyond(*row)).collect()
}

#[cfg(test)]
mod tests;
