//! A waterfall from one total to another over signed effects; the totals are broken, and the break is drawn.

use nengce_shared::number;

use crate::layout::scale::{Band, extent};
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Point, Rect, Scene, Shape, point, rect};

#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub name: String,
    pub note: String,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// The comparison span's total.
    Before(f64),
    Effect(f64),
    After(f64),
}

#[derive(Debug, Clone, Copy)]
pub struct Waterfall<'a> {
    pub steps: &'a [Step],
    pub unit: &'a str,
    pub decimals: usize,
}

impl Waterfall<'_> {
    /// Level before and after each step.
    fn levels(&self) -> Vec<(f64, f64)> {
        let mut level = 0.0;
        self.steps
            .iter()
            .map(|step| {
                let from = match step.kind {
                    Kind::Before(_) | Kind::After(_) => 0.0,
                    Kind::Effect(_) => level,
                };
                level = match step.kind {
                    Kind::Before(total) | Kind::After(total) => total,
                    Kind::Effect(delta) => level + delta,
                };
                (from, level)
            })
            .collect()
    }

    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let levels = self.levels();
        let (top, bottom) = (34.0, height - 38.0);
        scene.plot = rect(0.0, top, width, bottom - top);
        let x = Band::new(self.steps.len(), 0.0, width, 0.44);
        let ends = levels.iter().zip(self.steps).flat_map(|((from, to), step)| match step.kind {
            Kind::Effect(_) => vec![*from, *to],
            _ => vec![*to],
        });
        let (low, high) = extent(ends).unwrap_or((0.0, 1.0));
        // The lowest level keeps a quarter of the height under it: a stump with its break.
        let broken = low > 0.0 && high - low < low * 0.8;
        let floor = if broken { low - (high - low).max(high * 1e-6) / 3.0 } else { low.min(0.0) };
        let span = (high - floor).max(f64::MIN_POSITIVE);
        let y = |value: f64| bottom - (value - floor) / span * (bottom - top);
        scene.text(point(0.0, 8.0), self.unit.to_owned(), Anchor::Start, Ink::Ink2);
        let zero = if broken { bottom } else { y(0.0) };
        for (row, (step, (from, to))) in self.steps.iter().zip(&levels).enumerate() {
            let area =
                |a: f64, b: f64| rect(x.left(row), a.min(b), x.width(), (a - b).abs().max(1.0));
            let (bar, ink, figure) = match step.kind {
                Kind::Before(total) => {
                    (area(y(total), zero), Ink::Line3, number::grouped(total, self.decimals))
                }
                Kind::After(total) => {
                    (area(y(total), zero), Ink::Accent, number::grouped(total, self.decimals))
                }
                Kind::Effect(delta) => (
                    area(y(*from), y(*to)),
                    Ink::of_sign(delta),
                    number::signed(delta, self.decimals),
                ),
            };
            scene.rect(Some(row), bar, ink);
            if broken && !matches!(step.kind, Kind::Effect(_)) {
                zigzag(&mut scene, row, bar, bottom);
            }
            let figure_ink = if matches!(step.kind, Kind::Effect(_)) { ink } else { Ink::Ink };
            scene.text_halo(
                point(x.mid(row), bar.y - 10.0),
                figure,
                Anchor::Middle,
                figure_ink,
                true,
            );
            if row + 1 < self.steps.len() {
                let level = y(*to).round();
                let (a, b) = (x.left(row) + x.width(), x.left(row + 1));
                scene.line(point(a, level), point(b, level), Ink::Line3, 1.0, Dash::Solid);
            }
            let name = text::fit(&step.name, 11.0, x.pitch());
            scene.text(point(x.mid(row), height - 26.0), name, Anchor::Middle, Ink::Ink);
            let note = text::fit(&step.note, 11.0, x.pitch());
            scene.text(point(x.mid(row), height - 11.0), note, Anchor::Middle, Ink::Ink3);
            let area = rect(x.start + x.pitch() * row as f64, top, x.pitch(), bottom - top);
            scene.hit_area(row, area, point(x.mid(row), bar.y));
        }
        scene.line(
            point(0.0, zero.round()),
            point(width, zero.round()),
            Ink::Line2,
            1.0,
            Dash::Solid,
        );
        scene
    }
}

/// A zigzag of ground colour across a bar: the axis does not start at zero here.
fn zigzag(scene: &mut Scene, row: usize, bar: Rect, bottom: f64) {
    let y = bottom - (bar.h / 3.0).min(12.0);
    let teeth = 4;
    let step = bar.w / f64::from(teeth);
    let points: Vec<Point> = (0..=teeth)
        .map(|i| point(bar.x + step * f64::from(i), if i % 2 == 0 { y + 3.0 } else { y - 3.0 }))
        .collect();
    scene.push(Some(row), Shape::Line { points, ink: Ink::Surface, width: 3.0, dash: Dash::Solid });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(kinds: [Kind; 5]) -> Vec<Step> {
        let step =
            |kind| Step { name: "规模".to_owned(), note: "增加值 +5.1%".to_owned(), kind };
        kinds.map(step).into()
    }

    fn bars(scene: &Scene) -> Vec<Rect> {
        let of = |m: &crate::scene::Mark| match m.shape {
            Shape::Rect { rect, .. } if m.row.is_some() => Some(rect),
            _ => None,
        };
        scene.marks.iter().filter_map(of).collect()
    }

    #[test]
    fn effects_bridge_the_totals_and_the_break_is_drawn() {
        let steps = steps([
            Kind::Before(4121.0),
            Kind::Effect(205.3),
            Kind::Effect(-69.8),
            Kind::Effect(-42.6),
            Kind::After(4213.9),
        ]);
        let scene = Waterfall { steps: &steps, unit: "万tce", decimals: 1 }.scene(520.0, 240.0);
        crate::scene::tests::assert_inside(&scene);
        let bars = bars(&scene);
        assert!((bars[0].y - bars[1].bottom()).abs() < 1e-6, "the rise starts at the first total");
        assert!((bars[1].y - bars[2].y).abs() < 1e-6, "the fall starts where the rise ended");
        assert!(
            (bars[3].bottom() - bars[4].y).abs() < 1e-6,
            "the last effect ends at the second total"
        );
        assert!((bars[1].h / bars[2].h - 205.3 / 69.8).abs() < 1e-6);
        let breaks =
            scene.marks.iter().filter(|m| matches!(m.shape, Shape::Line { ink: Ink::Surface, .. }));
        assert_eq!(breaks.filter_map(|m| m.row).collect::<Vec<_>>(), vec![0, 4]);
    }

    #[test]
    fn large_effects_need_no_break() {
        let steps = steps([
            Kind::Before(10.0),
            Kind::Effect(30.0),
            Kind::Effect(-15.0),
            Kind::Effect(5.0),
            Kind::After(30.0),
        ]);
        let scene = Waterfall { steps: &steps, unit: "", decimals: 0 }.scene(520.0, 240.0);
        assert!(
            !scene.marks.iter().any(|m| matches!(m.shape, Shape::Line { ink: Ink::Surface, .. }))
        );
        let bars = bars(&scene);
        assert!((bars[4].h / bars[0].h - 3.0).abs() < 1e-6, "bars from zero");
    }
}
