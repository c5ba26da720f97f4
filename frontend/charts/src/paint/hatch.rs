//! Hatching as line segments and dots cut to a polygon, so that any backend can draw it. No colours.
//! The phase is fixed to the plane: neighbours line up.

use crate::scene::{Point, Rect, point};

/// Which way the lines run on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slope {
    /// 45°, rising to the right.
    Rising,
    /// 135°, falling to the right.
    Falling,
    Level,
}

impl Slope {
    /// What all points of a line have in common.
    fn height(self, at: Point) -> f64 {
        match self {
            Self::Rising => at.x + at.y,
            Self::Falling => at.y - at.x,
            Self::Level => at.y,
        }
    }
}

/// The corners of a rectangle, around.
pub(super) fn corners(area: Rect) -> [Point; 4] {
    let Rect { x, y, .. } = area;
    let (right, bottom) = (area.right(), area.bottom());
    [point(x, y), point(right, y), point(right, bottom), point(x, bottom)]
}

/// Lines `step` apart along an axis, as far as they lie inside the polygon (even-odd), from left to right.
pub(super) fn segments(polygon: &[Point], slope: Slope, step: f64) -> Vec<(Point, Point)> {
    let heights = || polygon.iter().map(|it| slope.height(*it));
    let (low, high) = heights()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)));
    if step <= 0.0 || !(high - low).is_finite() {
        return Vec::new();
    }
    let numbers = (low / step).ceil() as i64..=(high / step).floor() as i64;
    numbers.flat_map(|n| cut(polygon, slope, n as f64 * step)).collect()
}

/// One line against every edge: it is inside from each odd crossing to the next.
fn cut(polygon: &[Point], slope: Slope, line: f64) -> Vec<(Point, Point)> {
    let next = polygon.iter().cycle().skip(1);
    let mut crossings: Vec<Point> = polygon
        .iter()
        .zip(next)
        .filter_map(|(a, b)| {
            let (from, to) = (slope.height(*a) - line, slope.height(*b) - line);
            // An end on the line belongs to one side, so that a corner counts once.
            ((from <= 0.0) != (to <= 0.0)).then(|| {
                let part = from / (from - to);
                point(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)
            })
        })
        .collect();
    crossings.sort_by(|a, b| a.x.total_cmp(&b.x));
    crossings
        .chunks_exact(2)
        .filter(|pair| pair[1].x - pair[0].x > 1e-9)
        .map(|pair| (pair[0], pair[1]))
        .collect()
}

/// Middles of dots in staggered rows, `step` apart, that lie inside the polygon.
pub(super) fn dots(polygon: &[Point], step: f64) -> Vec<Point> {
    let rows = segments(polygon, Slope::Level, step);
    let mut out = Vec::new();
    for (a, b) in rows {
        let shift = if (a.y / step).round() as i64 % 2 == 0 { 0.0 } else { 0.5 };
        let first = (a.x / step - shift).ceil() as i64;
        let last = (b.x / step - shift).floor() as i64;
        out.extend((first..=last).map(|n| point((n as f64 + shift) * step, a.y)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::rect;
    use proptest::prelude::*;

    #[test]
    fn a_small_square() {
        let square = corners(rect(0.0, 0.0, 10.0, 10.0));
        let lines = segments(&square, Slope::Rising, 5.0);
        assert_eq!(lines.len(), 3, "c = 5, 10, 15; the corners have no length");
        assert_eq!(lines[1], (point(0.0, 10.0), point(10.0, 0.0)));
        let falling = segments(&square, Slope::Falling, 5.0);
        assert_eq!(falling[1], (point(0.0, 0.0), point(10.0, 10.0)));
        assert!(segments(&square, Slope::Rising, 0.0).is_empty());
        assert!(segments(&[], Slope::Rising, 5.0).is_empty());
    }

    #[test]
    fn a_line_leaves_and_enters_again() {
        // A U: two towers over a floor.
        let u = [
            (0.0, 0.0),
            (2.0, 0.0),
            (2.0, 8.0),
            (8.0, 8.0),
            (8.0, 0.0),
            (10.0, 0.0),
            (10.0, 10.0),
            (0.0, 10.0),
        ]
        .map(|(x, y)| point(x, y));
        let lines = segments(&u, Slope::Level, 5.0);
        let towers = [(point(0.0, 5.0), point(2.0, 5.0)), (point(8.0, 5.0), point(10.0, 5.0))];
        assert_eq!(lines[lines.len() - 2..], towers);
    }

    #[test]
    fn dots_are_staggered() {
        let dots = dots(&corners(rect(0.5, 0.5, 8.0, 8.0)), 4.0);
        let places: Vec<(f64, f64)> = dots.iter().map(|it| (it.x, it.y)).collect();
        assert_eq!(places, [(2.0, 4.0), (6.0, 4.0), (4.0, 8.0), (8.0, 8.0)]);
    }

    /// A band as stacks and flows draw them: an upper edge there, a lower edge back.
    fn band() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
        proptest::collection::vec((-40.0..40.0f64, 0.0..30.0f64), 2..9)
            .prop_map(|it| it.into_iter().map(|(top, h)| (top, top + h)).unzip())
    }

    const PITCH: f64 = 7.0;

    /// An edge's height at x.
    fn edge(heights: &[f64], x: f64) -> f64 {
        let at = (x / PITCH).clamp(0.0, (heights.len() - 1) as f64);
        let left = (at as usize).min(heights.len() - 2);
        heights[left] + (heights[left + 1] - heights[left]) * (at - left as f64)
    }

    proptest! {
        #[test]
        fn everything_stays_inside_the_polygon((tops, bottoms) in band(), step in 1.0..9.0f64) {
            let along = |heights: &[f64]| -> Vec<Point> {
                heights.iter().enumerate().map(|(at, y)| point(at as f64 * PITCH, *y)).collect()
            };
            let mut polygon = along(&tops);
            polygon.extend(along(&bottoms).into_iter().rev());
            let inside = |p: Point| {
                (-1e-6..=PITCH * (tops.len() - 1) as f64 + 1e-6).contains(&p.x)
                    && p.y >= edge(&tops, p.x) - 1e-6
                    && p.y <= edge(&bottoms, p.x) + 1e-6
            };
            for slope in [Slope::Rising, Slope::Falling, Slope::Level] {
                for (a, b) in segments(&polygon, slope, step) {
                    prop_assert!((slope.height(a) - slope.height(b)).abs() < 1e-6);
                    for part in 0..=8 {
                        let part = f64::from(part) / 8.0;
                        let p = point(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part);
                        prop_assert!(inside(p), "{slope:?} {p:?}");
                    }
                }
            }
            for p in dots(&polygon, step) {
                prop_assert!(inside(p), "{p:?}");
            }
        }
    }
}
