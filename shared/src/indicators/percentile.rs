//! Ranks, percentiles and quartiles of a sector. Values must be finite; order does not matter.

use serde::{Deserialize, Serialize};

/// Rank of each value from the smallest (1 … n), ties sharing their average rank; in the order
/// of the input.
pub fn average_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for tie in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = start as f64 + (tie.len() as f64 + 1.0) / 2.0;
        tie.iter().for_each(|at| ranks[*at] = rank);
        start += tie.len();
    }
    ranks
}

/// Percentile rank of each value: average rank / n, so in (0, 1] (the form that reproduces the
/// 2,579 published ranks of Chicago's benchmarking; found). A low rank is a low consumption.
pub fn percentile_ranks(values: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    average_ranks(values).into_iter().map(|rank| rank / n).collect()
}

/// Quantile at `p` in 0–1 by linear interpolation between order statistics (Hyndman–Fan type 7,
/// the default of R and NumPy). `None` for no values.
///
/// ```
/// use nengce_shared::percentile::quantile;
/// assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.25), Some(1.75));
/// ```
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_sorted(&sorted, p)
}

/// Minimum, quartiles and maximum by type 7, and the number of values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quartiles {
    /// How many values there are.
    pub count: u32,
    /// The least value.
    pub min: f64,
    /// A quarter of the values lie below.
    pub q1: f64,
    /// Half of the values lie below.
    pub median: f64,
    /// Three quarters of the values lie below.
    pub q3: f64,
    /// The greatest value.
    pub max: f64,
}

/// The quartiles of the values, `None` for no values.
pub fn quartiles(values: &[f64]) -> Option<Quartiles> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |p| quantile_sorted(&sorted, p);
    Some(Quartiles {
        count: sorted.len() as u32,
        min: at(0.0)?,
        q1: at(0.25)?,
        median: at(0.5)?,
        q3: at(0.75)?,
        max: at(1.0)?,
    })
}

fn quantile_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = p.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    Some(low + (high - low) * (place - below as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ties_share_their_average_rank() {
        assert_eq!(average_ranks(&[30.0, 10.0, 20.0, 20.0]), [4.0, 1.0, 2.5, 2.5]);
        assert_eq!(percentile_ranks(&[30.0, 10.0, 20.0, 20.0]), [1.0, 0.25, 0.625, 0.625]);
        assert!(average_ranks(&[]).is_empty());
    }

    #[test]
    fn zero_and_negative_zero_tie() {
        assert_eq!(average_ranks(&[0.0, -0.0]), [1.5, 1.5]);
    }

    #[test]
    fn quartiles_interpolate_as_type_7() {
        // R: quantile(c(1, 3, 4, 10)) gives 1, 2.5, 3.5, 5.5, 10.
        let it = quartiles(&[10.0, 1.0, 4.0, 3.0]).unwrap();
        assert_eq!((it.min, it.q1, it.median, it.q3, it.max), (1.0, 2.5, 3.5, 5.5, 10.0));
        assert_eq!(it.count, 4);
        assert_eq!(quantile(&[7.0], 0.9), Some(7.0));
        assert_eq!(quartiles(&[]), None);
    }

    proptest! {
        #[test]
        fn ranks_average_to_the_middle(values in proptest::collection::vec(-20i32..20, 1..60)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let n = values.len() as f64;
            let mean = percentile_ranks(&values).iter().sum::<f64>() / n;
            prop_assert!((mean - (n + 1.0) / (2.0 * n)).abs() < 1e-12);
        }

        #[test]
        fn quantiles_rise_and_stay_inside(values in proptest::collection::vec(-1e6..1e6f64, 1..40), p in 0.0..1.0f64, q in 0.0..1.0f64) {
            let (p, q) = (p.min(q), p.max(q));
            let (low, high) = (quantile(&values, p).unwrap(), quantile(&values, q).unwrap());
            prop_assert!(low <= high + 1e-9);
            prop_assert!(quantile(&values, 0.0).unwrap() <= low + 1e-9);
            prop_assert!(high <= quantile(&values, 1.0).unwrap() + 1e-9);
        }
    }
}
