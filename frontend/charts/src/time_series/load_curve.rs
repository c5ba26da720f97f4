//! Values at moments of a span, thinned or not: each holds until the next, so the line runs in steps. Gaps are hatched,
//! names of days or months stand below.

use crate::layout::axis;
use crate::layout::scale::Linear;
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Scene, Shape, point, rect};

#[derive(Debug, Clone, Copy)]
pub struct LoadCurve<'a> {
    /// Seconds since the start of the span, rising.
    pub seconds: &'a [u32],
    pub values: &'a [f64],
    /// The whole span in seconds.
    pub span: u32,
    /// How long a value holds that no other follows.
    pub period: u32,
    /// The longest time between two values that belong together.
    pub joined: u32,
    /// Where a day or month begins, and its name; thinned out where they would touch.
    pub names: &'a [(u32, String)],
    pub unit: &'a str,
}

/// How long one value stands for: the shortest time between two, since a column of a thinned span ends one period before
/// the next begins.
pub fn period(seconds: &[u32]) -> u32 {
    seconds.windows(2).map(|two| two[1] - two[0]).filter(|it| *it > 0).min().unwrap_or(0)
}

/// The longest time between two neighbours that is no gap, in a span thinned to so many columns.
pub fn joined(seconds: &[u32], span: u32, columns: u32) -> u32 {
    let mut steps: Vec<u32> = seconds.windows(2).map(|two| two[1] - two[0]).collect();
    steps.sort_unstable();
    let usual = steps.get(steps.len() / 2).copied().unwrap_or(0);
    // Neighbours in two columns are at most two columns apart.
    (usual.saturating_mul(3)).max(span / columns.max(1) * 2)
}

impl LoadCurve<'_> {
    /// Row of a hit is the value's index.
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let (top, bottom) = (24.0, (height - 20.0).max(30.0));
        let y = Linear::from_zero(self.values.iter().copied(), 4, bottom, top);
        let left = axis::gutter(&y);
        let plot = rect(left, top, (width - left - 8.0).max(1.0), bottom - top);
        scene.plot = plot;
        let x = |second: u32| plot.x + f64::from(second) / f64::from(self.span.max(1)) * plot.w;
        for (from, to) in self.gaps() {
            let gap = rect(x(from), plot.y, x(to) - x(from), plot.h);
            scene.push(None, Shape::Hatch { rect: gap, ink: Ink::Line3, step: 5.0 });
        }
        axis::upright(&mut scene, plot, &y, self.unit);
        let mut line = Vec::with_capacity(self.seconds.len() * 2);
        for (row, (from, value)) in self.seconds.iter().zip(self.values).enumerate() {
            let to = self.until(row);
            let (start, end) = (point(x(*from), y.at(*value)), point(x(to), y.at(*value)));
            line.extend([Some(start), Some(end)]);
            if self.seconds.get(row + 1) != Some(&to) {
                line.push(None);
            }
            let left = if row == 0 { plot.x } else { start.x };
            let right = self.seconds.get(row + 1).map_or(plot.right(), |it| x(*it));
            scene.hit_area(row, rect(left, plot.y, (right - left).max(0.0), plot.h), start);
        }
        scene.broken_path(&line, Ink::Accent, 1.2, Dash::Solid);
        let mut free = f64::NEG_INFINITY;
        for (second, name) in self.names {
            let start = x(*second);
            let end = start + text::width(name, 11.0, false);
            if start >= free && end <= width {
                let (top, foot) = (point(start, bottom), point(start, bottom + 4.0));
                scene.line(top, foot, Ink::Line2, 1.0, Dash::Solid);
                let under = point(start + 2.0, height - 8.0);
                scene.text(under, name.clone(), Anchor::Start, Ink::Ink2);
                free = end + 10.0;
            }
        }
        scene
    }

    /// When the value of a row gives way: at the next one, or after its period where none follows soon.
    fn until(&self, row: usize) -> u32 {
        let from = self.seconds[row];
        let next = self.seconds.get(row + 1).copied();
        next.filter(|it| it.saturating_sub(from) <= self.joined)
            .unwrap_or_else(|| (from + self.period).min(next.unwrap_or(self.span)))
    }

    /// Where nothing holds for longer than values are apart.
    fn gaps(&self) -> Vec<(u32, u32)> {
        let ends = (0..self.seconds.len()).map(|row| self.until(row));
        let starts = self.seconds.iter().copied().chain([self.span]);
        let gaps = [0].into_iter().chain(ends).zip(starts);
        gaps.filter(|(from, to)| to.saturating_sub(*from) + self.period > self.joined).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_hatched_and_splits_the_line() {
        let seconds: Vec<u32> =
            (0..96).filter(|at| !(40..60).contains(at)).map(|at| at * 900).collect();
        let values: Vec<f64> = seconds.iter().map(|it| f64::from(it % 7)).collect();
        let span = 86_400;
        let curve = LoadCurve {
            seconds: &seconds,
            values: &values,
            span,
            period: period(&seconds),
            joined: joined(&seconds, span, 800),
            names: &[(0, "1/1".to_owned())],
            unit: "kWh",
        };
        let scene = curve.scene(800.0, 200.0);
        crate::scene::tests::assert_inside(&scene);
        let count =
            |wanted: fn(&Shape) -> bool| scene.marks.iter().filter(|it| wanted(&it.shape)).count();
        assert_eq!(count(|it| matches!(it, Shape::Hatch { .. })), 1);
        let accent = |it: &Shape| matches!(it, Shape::Line { ink: Ink::Accent, .. });
        assert_eq!(count(accent), 2);
        assert_eq!(scene.hits.len(), seconds.len());
        let upright_or_level = |it: &Shape| match it {
            Shape::Line { points, ink: Ink::Accent, .. } => {
                points.windows(2).all(|two| two[0].x == two[1].x || two[0].y == two[1].y)
            }
            _ => true,
        };
        assert!(scene.marks.iter().all(|it| upright_or_level(&it.shape)));
    }

    #[test]
    fn thinned_neighbours_are_joined_and_nothing_is_a_frame_only() {
        // First and last of each of four columns of a day.
        let seconds: Vec<u32> = (0..4).flat_map(|at| [at * 21_600, at * 21_600 + 20_700]).collect();
        assert!(joined(&seconds, 86_400, 4) >= 20_700);
        let nothing = LoadCurve {
            seconds: &[],
            values: &[],
            span: 0,
            period: 0,
            joined: 0,
            names: &[],
            unit: "",
        };
        crate::scene::tests::assert_inside(&nothing.scene(300.0, 120.0));
    }
}
