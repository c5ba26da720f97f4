//! The control target's path through the year: how a yearly ceiling spreads over months and how
//! far the months so far lie from it.

use serde::{Deserialize, Serialize};

use crate::periods::month::Month;

crate::wire_enum! {
    /// How the target was spread over the months.
    pub enum SpreadMethod {
        LastYearShares = 1, "last_year_shares", "按上年各月占比", "By last year's monthly shares";
        EqualDays = 2, "equal_days", "按日均分", "By days of the month";
    }
}

/// A yearly target spread over its months.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Trajectory {
    /// How it was spread.
    pub method: SpreadMethod,
    /// tce of January … December; they add up to the target.
    pub months: [f64; 12],
}

/// Spreads an annual target in tce over the months of `year` by last year's seasonal shares, or
/// evenly by days when a month of last year is missing or negative. `None` for a target that is
/// not a positive number. The method is this product's choice: the documents only set the year.
pub fn monthly_trajectory(
    target_tce: f64,
    year: i16,
    last_year: &[Option<f64>; 12],
) -> Option<Trajectory> {
    if !(target_tce.is_finite() && target_tce > 0.0) {
        return None;
    }
    let (method, weights) = match seasonal(last_year) {
        Some(weights) => (SpreadMethod::LastYearShares, weights),
        None => (SpreadMethod::EqualDays, days_of(year)?),
    };
    let sum: f64 = weights.iter().sum();
    Some(Trajectory { method, months: weights.map(|weight| target_tce * weight / sum) })
}

/// actual / trajectory − 1, both cumulated from January to each month, up to the first month without an actual value;
/// in the order of the months, as long as `actual`.
pub fn cumulative_gap(actual: &[Option<f64>], trajectory: &[f64; 12]) -> Vec<Option<f64>> {
    let mut sums = Some((0.0, 0.0));
    actual
        .iter()
        .zip(trajectory)
        .map(|(actual, planned)| {
            sums = sums.zip(*actual).map(|((a, p), actual)| (a + actual, p + planned));
            sums.filter(|(_, planned)| *planned > 0.0)
                .map(|(actual, planned)| actual / planned - 1.0)
        })
        .collect()
}

fn seasonal(months: &[Option<f64>; 12]) -> Option<[f64; 12]> {
    let mut weights = [0.0; 12];
    for (weight, month) in weights.iter_mut().zip(months) {
        *weight = month.filter(|it| it.is_finite() && *it >= 0.0)?;
    }
    (weights.iter().sum::<f64>() > 0.0).then_some(weights)
}

fn days_of(year: i16) -> Option<[f64; 12]> {
    let january = Month::new(year, 1)?;
    Some(std::array::from_fn(|at| f64::from(january.plus(at as i32).days())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_years_seasons_shape_the_path() {
        let last_year = std::array::from_fn(|at| Some(if at == 0 { 300.0 } else { 100.0 }));
        let it = monthly_trajectory(2800.0, 2025, &last_year).unwrap();
        assert_eq!(it.method, SpreadMethod::LastYearShares);
        assert_eq!((it.months[0], it.months[11]), (600.0, 200.0));
    }

    #[test]
    fn without_a_full_last_year_days_share_evenly() {
        let mut last_year = [Some(100.0); 12];
        last_year[5] = None;
        let it = monthly_trajectory(366.0, 2024, &last_year).unwrap();
        assert_eq!(it.method, SpreadMethod::EqualDays);
        assert!((it.months[1] - 29.0).abs() < 1e-12);
        assert!((it.months.iter().sum::<f64>() - 366.0).abs() < 1e-9);
        assert_eq!(monthly_trajectory(0.0, 2024, &last_year), None);
        assert_eq!(monthly_trajectory(f64::NAN, 2024, &last_year), None);
    }

    #[test]
    fn the_gap_is_cumulative_and_ends_with_the_data() {
        let gap = cumulative_gap(&[Some(110.0), Some(90.0), None, Some(120.0)], &[100.0; 12]);
        assert_eq!(gap.len(), 4);
        assert!((gap[0].unwrap() - 0.1).abs() < 1e-12);
        assert!(gap[1].unwrap().abs() < 1e-12);
        assert_eq!((gap[2], gap[3]), (None, None));
    }
}
