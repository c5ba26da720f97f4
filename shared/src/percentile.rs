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
    average_ranks(values)
        .into_iter()
        .map(|rank| rank / n)
        .collect()
}

/// Quantile at `p` in 0–1 by linear interpolation between order statistics (Hyndman–Fan type 7,
/// the default of R and NumPy). `None` for no values.
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_sorted(&sorted, p)
}

/// Minimum, quartiles and maximum by type 7, and how many values they stand on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quartiles {
    pub count: u32,
    pub min: f64,
    pub q1: f64,
    pub median: f64,
    pub q3: f64,
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
