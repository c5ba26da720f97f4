//! A line cut into dashes.

use crate::scene::Point;

/// A polyline cut into dashes of `on` with gaps of `off`; the pattern runs on across corners.
pub(super) fn dashes(points: &[Point], (on, off): (f64, f64)) -> Vec<(Point, Point)> {
    let mut out = Vec::new();
    let mut phase = 0.0;
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = (b.x - a.x).hypot(b.y - a.y);
        let along =
            |d: f64| Point { x: a.x + (b.x - a.x) * d / length, y: a.y + (b.y - a.y) * d / length };
        let mut done = 0.0;
        while length - done > 1e-9 {
            let (drawn, left) =
                if phase < on { (true, on - phase) } else { (false, on + off - phase) };
            let end = (done + left).min(length);
            if drawn {
                out.push((along(done), along(end)));
            }
            phase = if end - done < left - 1e-9 {
                phase + end - done
            } else if drawn {
                on
            } else {
                0.0
            };
            done = end;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::point;

    #[test]
    fn dashes_keep_their_rhythm_across_a_corner() {
        let path = [point(0.0, 0.0), point(5.0, 0.0), point(5.0, 20.0)];
        let cut = dashes(&path, (4.0, 3.0));
        assert_eq!(cut[0], (point(0.0, 0.0), point(4.0, 0.0)));
        assert_eq!(cut[1], (point(5.0, 2.0), point(5.0, 6.0)));
        assert_eq!(cut[2], (point(5.0, 9.0), point(5.0, 13.0)));
        assert!(dashes(&[point(1.0, 1.0), point(1.0, 1.0)], (4.0, 3.0)).is_empty());
    }
}
