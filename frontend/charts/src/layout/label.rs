//! Direct labels: kept apart, with a leader when one had to move. No text shaping.

use crate::scene::palette::Ink;
use crate::scene::{Anchor, Dash, Scene, point};

/// The least distance between two labels, baseline to baseline.
pub const GAP: f64 = 14.0;

/// Places each wanted position at least `gap` from its neighbours, as near as it can stay, inside `lo..=hi`
/// when there is room. The answer keeps the input's order.
pub fn spread(wanted: &[f64], gap: f64, lo: f64, hi: f64) -> Vec<f64> {
    let order = nengce_shared::order::rising(wanted);
    // Clusters of labels that touch move as one about the mean of what they want.
    let mut clusters: Vec<(f64, usize)> = Vec::new();
    for index in &order {
        clusters.push((wanted[*index], 1));
        while let [.., (upper, n), (lower, m)] = clusters.as_slice() {
            let half = gap * (*n + *m) as f64 / 2.0;
            if lower - upper >= half - 1e-9 {
                break;
            }
            let merged = (upper * *n as f64 + lower * *m as f64) / (*n + *m) as f64;
            let count = n + m;
            clusters.truncate(clusters.len() - 2);
            clusters.push((merged, count));
        }
    }
    let mut placed = Vec::with_capacity(wanted.len());
    for (centre, n) in clusters {
        let top = centre - gap * (n as f64 - 1.0) / 2.0;
        placed.extend((0..n).map(|i| top + gap * i as f64));
    }
    let mut floor = lo;
    for y in &mut placed {
        *y = y.max(floor);
        floor = *y + gap;
    }
    let mut ceiling = hi;
    for y in placed.iter_mut().rev() {
        *y = y.min(ceiling);
        ceiling = *y - gap;
    }
    let mut out = vec![0.0; wanted.len()];
    for (y, index) in placed.into_iter().zip(order) {
        out[index] = y;
    }
    out
}

/// A label at the end of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct EndLabel {
    pub y: f64,
    pub text: String,
    pub bold: bool,
    pub ink: Ink,
}

/// Writes labels in a column that starts at `x`; `from` is where the lines end.
pub fn end_labels(scene: &mut Scene, labels: &[EndLabel], from: f64, x: f64, lo: f64, hi: f64) {
    let wanted: Vec<f64> = labels.iter().map(|label| label.y).collect();
    for (label, y) in labels.iter().zip(spread(&wanted, GAP, lo, hi)) {
        if (y - label.y).abs() > 3.0 && x - from > 6.0 {
            scene.line(point(from + 2.0, label.y), point(x - 3.0, y), Ink::Line2, 1.0, Dash::Solid);
        }
        let at = point(x, y);
        scene.text_sized(at, label.text.clone(), Anchor::Start, label.ink, 11.0, label.bold);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn free_labels_stay_and_touching_ones_part_evenly() {
        assert_eq!(spread(&[10.0, 50.0], 14.0, 0.0, 100.0), vec![10.0, 50.0]);
        assert_eq!(spread(&[50.0, 50.0], 14.0, 0.0, 100.0), vec![43.0, 57.0]);
        assert_eq!(spread(&[52.0, 48.0], 14.0, 0.0, 100.0), vec![57.0, 43.0], "order is kept");
        assert_eq!(spread(&[98.0, 99.0], 14.0, 0.0, 100.0), vec![86.0, 100.0]);
    }

    proptest! {
        #[test]
        fn never_nearer_than_the_gap(wanted in proptest::collection::vec(0.0..300.0f64, 0..15)) {
            let mut placed = spread(&wanted, GAP, 0.0, 300.0);
            placed.sort_by(f64::total_cmp);
            for pair in placed.windows(2) {
                prop_assert!(pair[1] - pair[0] >= GAP - 1e-6);
            }
            for y in placed {
                prop_assert!((-1e-6..=300.0 + 1e-6).contains(&y));
            }
        }
    }
}
