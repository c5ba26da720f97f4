//! The load duration curve: values from highest to lowest over the share of time in which they were reached. The caller
//! may thin them.

use crate::layout::axis;
use crate::layout::scale::Linear;
use crate::scene::palette::Ink;
use crate::scene::{Anchor, Dash, Scene, Shape, point, rect};

#[derive(Debug, Clone, Copy)]
pub struct LoadDuration<'a> {
    /// Share of the time, 0 to 1, rising.
    pub shares: &'a [f64],
    /// Falling.
    pub values: &'a [f64],
    pub unit: &'a str,
    /// Under the horizontal axis, at its end.
    pub along: &'a str,
}

impl LoadDuration<'_> {
    /// Row of a hit is the point's index.
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let (top, bottom) = (24.0, (height - 34.0).max(30.0));
        let y = Linear::from_zero(self.values.iter().copied(), 4, bottom, top);
        let left = axis::gutter(&y);
        let plot = rect(left, top, (width - left - 16.0).max(1.0), bottom - top);
        scene.plot = plot;
        let x = |share: f64| plot.x + share.clamp(0.0, 1.0) * plot.w;
        let n = self.shares.len().min(self.values.len());
        let line: Vec<_> =
            (0..n).map(|at| point(x(self.shares[at]), y.at(self.values[at]))).collect();
        if let [first, .., last] = line.as_slice() {
            let mut ground = vec![point(first.x, y.at(0.0))];
            ground.extend(&line);
            ground.push(point(last.x, y.at(0.0)));
            scene.push(None, Shape::Polygon { points: ground, fill: Ink::AccentSoft });
        }
        axis::upright(&mut scene, plot, &y, self.unit);
        for quarter in 0..=4 {
            let share = f64::from(quarter) / 4.0;
            let anchor = match quarter {
                0 => Anchor::Start,
                4 => Anchor::End,
                _ => Anchor::Middle,
            };
            let name = format!("{:.0}%", share * 100.0);
            scene.text(point(x(share), plot.bottom() + 10.0), name, anchor, Ink::Ink2);
        }
        let end = point(plot.right(), height - 7.0);
        scene.text(end, self.along, Anchor::End, Ink::Ink3);
        scene.path(None, line.clone(), Ink::Accent, 1.8, Dash::Solid);
        for (row, at) in line.iter().enumerate() {
            let before = row.checked_sub(1).map_or(plot.x, |it| (line[it].x + at.x) / 2.0);
            let after = line.get(row + 1).map_or(plot.right(), |it| (it.x + at.x) / 2.0);
            let area = rect(before, plot.y, (after - before).max(0.0), plot.h);
            scene.hit_area(row, area, *at);
        }
        scene
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve<'a>(shares: &'a [f64], values: &'a [f64]) -> Scene {
        LoadDuration { shares, values, unit: "kWh", along: "share" }.scene(400.0, 200.0)
    }

    #[test]
    fn it_falls_from_the_left_edge_to_the_right_one() {
        let scene = curve(&[0.0, 0.25, 1.0], &[10.0, 4.0, 1.0]);
        let ats: Vec<_> = scene.hits.iter().map(|it| it.at).collect();
        assert_eq!((ats[0].x, ats[2].x), (scene.plot.x, scene.plot.right()));
        assert!(ats.windows(2).all(|two| two[0].y < two[1].y), "{ats:?}");
        assert_eq!(ats[1].x, scene.plot.x + scene.plot.w / 4.0);
    }

    #[test]
    fn every_place_under_the_pointer_answers_once() {
        let shares: Vec<f64> = (0..1000).map(|at| f64::from(at) / 999.0).collect();
        let values: Vec<f64> = shares.iter().map(|it| 100.0 - it * 90.0).collect();
        let scene = curve(&shares, &values);
        let mut last = 0;
        for pixel in 0..scene.plot.w as usize {
            let at = point(scene.plot.x + pixel as f64 + 0.5, scene.plot.y + 5.0);
            let row = scene.hit(at).expect("a row").row;
            assert!(row >= last, "{row} after {last}");
            last = row;
        }
        assert!(last > 990, "{last}");
    }

    #[test]
    fn negative_load_is_under_the_zero_line_and_nothing_is_a_frame_only() {
        let scene = curve(&[0.0, 1.0], &[5.0, -5.0]);
        assert!(scene.hits[1].at.y <= scene.plot.bottom());
        assert!(curve(&[], &[]).hits.is_empty());
    }
}
