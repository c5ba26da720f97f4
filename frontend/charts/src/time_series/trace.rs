//! Values over time against the expected ones: a line with gaps, the expected band, and suspect values marked by shape.

use crate::layout::axis;
use crate::layout::scale::{Band, Linear};
use crate::scene::palette::Ink;
use crate::scene::{Dash, Point, Scene, Shape, Sign, point, rect};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Moment {
    /// Under the axis; thinned out where labels would touch.
    pub label: String,
    pub value: Option<f64>,
    pub expected: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// What the chart is about: drawn as a diamond, a missing one hatched.
    pub suspect: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Trace<'a> {
    pub moments: &'a [Moment],
    /// Each value holds for its period: the line runs in steps.
    pub steps: bool,
    pub unit: &'a str,
}

impl Trace<'_> {
    /// Row of a hit is the moment's index.
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let all = self.moments;
        let (top, bottom) = (24.0, (height - 20.0).max(30.0));
        let figures = all.iter().flat_map(|it| [it.value, it.expected, it.low, it.high]).flatten();
        let y = Linear::nice(figures, 4, bottom, top);
        let left = axis::gutter(&y);
        let plot = rect(left, top, (width - left - 8.0).max(1.0), bottom - top);
        scene.plot = plot;
        let x = Band::new(all.len(), plot.x, plot.right(), 0.0);
        for (row, it) in all.iter().enumerate().filter(|(_, it)| it.value.is_none()) {
            let gap = rect(x.left(row), plot.y, x.width(), plot.h);
            let ink = if it.suspect { Ink::Worse } else { Ink::Line2 };
            scene.push(Some(row), Shape::Hatch { rect: gap, ink, step: 5.0 });
        }
        self.band(&mut scene, x, &y);
        axis::upright(&mut scene, plot, &y, self.unit);
        let line = |of: fn(&Moment) -> Option<f64>| -> Vec<Option<Point>> {
            let at = |(row, it): (usize, &Moment)| {
                let (left, right) = match self.steps {
                    true => (x.left(row), x.left(row) + x.width()),
                    false => (x.mid(row), x.mid(row)),
                };
                let on = |x: f64| of(it).map(|value| point(x, y.at(value)));
                let ends = [on(left), on(right)];
                ends.into_iter().take(if self.steps { 2 } else { 1 })
            };
            all.iter().enumerate().flat_map(at).collect()
        };
        scene.broken_path(&line(|it| it.expected), Ink::Ink2, 1.2, Dash::Dashed);
        scene.broken_path(&line(|it| it.value), Ink::Accent, 1.8, Dash::Solid);
        for (row, it) in all.iter().enumerate() {
            let at = point(x.mid(row), y.at(it.value.unwrap_or(y.min)));
            if it.suspect && it.value.is_some() {
                scene.push(
                    Some(row),
                    Shape::Sign { at, radius: 5.0, kind: Sign::Diamond, ink: Ink::Worse },
                );
            }
            scene.hit_area(row, rect(x.left(row), plot.y, x.width(), plot.h), at);
        }
        let mids: Vec<f64> = (0..all.len()).map(|row| x.mid(row)).collect();
        let names: Vec<String> = all.iter().map(|it| it.label.clone()).collect();
        axis::names(&mut scene, &mids, &names, height - 8.0);
        scene
    }

    /// The bounds as a ground, for each run of moments that has both.
    fn band(&self, scene: &mut Scene, x: Band, y: &Linear) {
        let bounds: Vec<Option<(f64, f64)>> =
            self.moments.iter().map(|it| it.low.zip(it.high)).collect();
        let mut at = 0;
        for run in bounds.split(Option::is_none) {
            let rows = at..at + run.len();
            at += run.len() + 1;
            let edge = |of: fn((f64, f64)) -> f64| {
                let side = |(row, it): (usize, &Option<(f64, f64)>)| {
                    it.map(|it| (x.left(row), x.left(row) + x.width(), y.at(of(it))))
                };
                rows.clone()
                    .zip(run)
                    .filter_map(side)
                    .flat_map(|(from, to, y)| [point(from, y), point(to, y)])
                    .collect::<Vec<_>>()
            };
            let mut points = edge(|it| it.1);
            points.extend(edge(|it| it.0).into_iter().rev());
            if points.len() >= 4 {
                scene.push(None, Shape::Polygon { points, fill: Ink::Surface3 });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(value: Option<f64>, suspect: bool) -> Moment {
        Moment {
            label: "01-02".to_owned(),
            value,
            expected: Some(10.0),
            low: Some(8.0),
            high: Some(12.0),
            suspect,
        }
    }

    #[test]
    fn a_suspect_has_a_shape_and_a_missing_one_a_hatch() {
        let moments = [
            moment(Some(10.0), false),
            moment(Some(100.0), true),
            moment(None, true),
            moment(Some(9.0), false),
        ];
        let trace = Trace { moments: &moments, steps: false, unit: "t" };
        let scene = trace.scene(420.0, 180.0);
        crate::scene::tests::assert_inside(&scene);
        let rows = |wanted: fn(&Shape) -> bool| -> Vec<usize> {
            scene.marks.iter().filter(|it| wanted(&it.shape)).filter_map(|it| it.row).collect()
        };
        assert_eq!(rows(|it| matches!(it, Shape::Sign { .. })), [1]);
        assert_eq!(rows(|it| matches!(it, Shape::Hatch { .. })), [2]);
        assert_eq!(scene.hits.len(), 4);
        assert!(scene.marks.iter().any(|it| matches!(it.shape, Shape::Polygon { .. })));
    }

    #[test]
    fn nothing_at_all_is_still_a_frame() {
        let trace = Trace { moments: &[], steps: true, unit: "" };
        crate::scene::tests::assert_inside(&trace.scene(300.0, 120.0));
    }
}
