//! The first few and the quantiles of a measure over groups. A group without the measure takes no part.

use super::group::{Grouped, Row};
use super::measure::Measure;
use nengce_shared::percentile;

/// The `count` groups with the largest value, largest first; ties by key.
pub fn top(grouped: &Grouped, measure: Measure, count: usize) -> Vec<(&Row, f64)> {
    let mut found: Vec<(&Row, f64)> = values(grouped, measure).collect();
    let order =
        |a: &(&Row, f64), b: &(&Row, f64)| b.1.total_cmp(&a.1).then_with(|| a.0.key.cmp(&b.0.key));
    if count < found.len() && count > 0 {
        found.select_nth_unstable_by(count - 1, order);
    }
    found.truncate(count);
    found.sort_unstable_by(order);
    found
}

/// The quantile at `p` in 0–1 of the groups' values, type 7.
pub fn quantile(grouped: &Grouped, measure: Measure, p: f64) -> Option<f64> {
    let found: Vec<f64> = values(grouped, measure).map(|it| it.1).collect();
    percentile::quantile(&found, p)
}

fn values(grouped: &Grouped, measure: Measure) -> impl Iterator<Item = (&Row, f64)> {
    let rows = grouped.rows.iter();
    rows.filter_map(move |row| Some((row, measure.of(&row.totals)?)))
}
