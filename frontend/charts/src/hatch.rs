//! 45° hatching as line segments clipped to a rectangle. No colours.

use crate::scene::{Point, Rect, point};

/// Segments rising to the right, `step` apart along x, phase fixed to the plane so that neighbours line up.
pub fn segments(area: Rect, step: f64) -> Vec<(Point, Point)> {
    if area.w <= 0.0 || area.h <= 0.0 || step <= 0.0 {
        return Vec::new();
    }
    // A line is x + y = c.
    let first = ((area.x + area.y) / step).ceil() as i64;
    let last = ((area.right() + area.bottom()) / step).floor() as i64;
    (first..=last)
        .filter_map(|n| {
            let c = n as f64 * step;
            let x1 = (c - area.bottom()).max(area.x);
            let x2 = (c - area.y).min(area.right());
            (x2 - x1 > 1e-9).then(|| (point(x1, c - x1), point(x2, c - x2)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::rect;
    use proptest::prelude::*;

    #[test]
    fn a_small_square() {
        let lines = segments(rect(0.0, 0.0, 10.0, 10.0), 5.0);
        assert_eq!(lines.len(), 3, "c = 5, 10, 15; the corners have no length");
        assert_eq!(lines[1], (point(0.0, 10.0), point(10.0, 0.0)));
    }

    proptest! {
        #[test]
        fn stays_inside_and_at_45_degrees(
            x in -50.0..50.0f64, y in -50.0..50.0f64, w in 0.0..80.0f64, h in 0.0..80.0f64,
        ) {
            let area = rect(x, y, w, h);
            for (a, b) in segments(area, 4.5) {
                for p in [a, b] {
                    prop_assert!(p.x >= area.x - 1e-6 && p.x <= area.right() + 1e-6);
                    prop_assert!(p.y >= area.y - 1e-6 && p.y <= area.bottom() + 1e-6);
                }
                prop_assert!(((b.x - a.x) + (b.y - a.y)).abs() < 1e-6);
            }
        }
    }
}
