//! Log–log scatter of energy against value added with lines of equal intensity.

use crate::layout::scale::Log;
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Point, Rect, Scene, Shape, point, rect};
use nengce_shared::order;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dot {
    pub x: f64,
    pub y: f64,
    pub name: String,
    /// Of the selected group: accent; all others grey.
    pub highlighted: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Iso {
    /// y / x along the line.
    pub ratio: f64,
    pub label: String,
}

#[derive(Debug, Clone, Copy)]
pub struct Scatter<'a> {
    pub dots: &'a [Dot],
    pub isos: &'a [Iso],
    pub x_title: &'a str,
    pub y_title: &'a str,
    /// How many of the largest are named.
    pub named: usize,
}

impl Scatter<'_> {
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let plot = rect(48.0, 24.0, (width - 60.0).max(40.0), (height - 66.0).max(40.0));
        scene.plot = plot;
        let x = Log::around(self.dots.iter().map(|d| d.x), plot.x, plot.right());
        let y = Log::around(self.dots.iter().map(|d| d.y), plot.bottom(), plot.y);
        self.frame(&mut scene, &x, &y);
        let ends = self.isos(&mut scene, &x, &y);
        for pass in [false, true] {
            for (row, dot) in self.dots.iter().enumerate().filter(|(_, d)| d.highlighted == pass) {
                if dot.x <= 0.0 || dot.y <= 0.0 {
                    continue;
                }
                let at = point(x.at(dot.x), y.at(dot.y));
                let (fill, radius) = if pass { (Ink::Accent, 3.5) } else { (Ink::Line3, 2.5) };
                scene.push(
                    Some(row),
                    Shape::Circle { at, radius, fill, edge: Some((Ink::Surface, 1.0)) },
                );
                scene.hit_spot(row, at);
            }
        }
        let mut taken = self.iso_labels(&mut scene, &ends);
        self.names(&mut scene, &x, &y, &mut taken);
        scene
    }

    fn frame(&self, scene: &mut Scene, x: &Log, y: &Log) {
        let plot = scene.plot;
        for decade in y.decades() {
            let at = y.at(decade).round();
            scene.line(point(plot.x, at), point(plot.right(), at), Ink::Line, 1.0, Dash::Solid);
            scene.text(point(plot.x - 8.0, at), figure(decade), Anchor::End, Ink::Ink2);
        }
        for decade in x.decades() {
            let at = x.at(decade).round();
            scene.line(point(at, plot.y), point(at, plot.bottom()), Ink::Line, 1.0, Dash::Solid);
            scene.text(point(at, plot.bottom() + 12.0), figure(decade), Anchor::Middle, Ink::Ink2);
        }
        let base = plot.bottom().round();
        scene.line(point(plot.x, base), point(plot.right(), base), Ink::Line2, 1.0, Dash::Solid);
        scene.text(point(0.0, 8.0), self.y_title.to_owned(), Anchor::Start, Ink::Ink2);
        let foot = point(plot.right(), scene.height - 10.0);
        scene.text(foot, self.x_title.to_owned(), Anchor::End, Ink::Ink2);
    }

    /// Lines y = ratio · x clipped to the plot; gives their upper ends.
    fn isos(&self, scene: &mut Scene, x: &Log, y: &Log) -> Vec<(Point, String)> {
        let mut ends = Vec::new();
        for iso in self.isos {
            let from = x.min.max(y.min / iso.ratio);
            let to = x.max.min(y.max / iso.ratio);
            if from >= to {
                continue;
            }
            let a = point(x.at(from), y.at(from * iso.ratio));
            let b = point(x.at(to), y.at(to * iso.ratio));
            scene.line(a, b, Ink::Line3, 1.0, Dash::Dashed);
            ends.push((b, iso.label.clone()));
        }
        ends
    }

    /// Each label sits inside the upper end of its line, over the dots; one that would cover another is left out.
    fn iso_labels(&self, scene: &mut Scene, ends: &[(Point, String)]) -> Vec<Rect> {
        let mut taken = Vec::new();
        for (b, label) in ends {
            let w = text::width(label, 11.0, false);
            let plot = scene.plot;
            let at = if b.y <= plot.y + 1.0 {
                point((b.x - 4.0).min(plot.right()), plot.y + 8.0)
            } else {
                point(plot.right() - 2.0, b.y + 10.0)
            };
            let place = rect(at.x - w, at.y - 7.0, w, 14.0);
            let free = !taken.iter().any(|other| overlap(*other, place));
            if free && place.x > plot.x && place.bottom() < plot.bottom() {
                scene.text_halo(at, label.clone(), Anchor::End, Ink::Ink3, false);
                taken.push(place);
            }
        }
        taken
    }

    /// The largest are named where there is room: right, left, above or below their dot.
    fn names(&self, scene: &mut Scene, x: &Log, y: &Log, taken: &mut Vec<Rect>) {
        let falling: Vec<f64> = self.dots.iter().map(|it| -it.y).collect();
        let order = order::rising(&falling);
        let plot = scene.plot;
        let mut left = self.named;
        // A name that finds no room is left out; the next largest may have it.
        let drawn = |row: &usize| self.dots[*row].x > 0.0 && self.dots[*row].y > 0.0;
        for row in order.into_iter().filter(drawn).take(self.named * 4) {
            if left == 0 {
                break;
            }
            let dot = &self.dots[row];
            let at = point(x.at(dot.x), y.at(dot.y));
            let w = text::width(&dot.name, 11.0, dot.highlighted);
            let places = [
                (point(at.x + 7.0, at.y), Anchor::Start, at.x + 7.0),
                (point(at.x - 7.0, at.y), Anchor::End, at.x - 7.0 - w),
                (point(at.x, at.y - 12.0), Anchor::Middle, at.x - w / 2.0),
                (point(at.x, at.y + 12.0), Anchor::Middle, at.x - w / 2.0),
            ];
            let fitting = places.into_iter().find(|(p, _, start)| {
                let place = rect(*start, p.y - 7.0, w, 14.0);
                place.x >= plot.x
                    && place.right() <= scene.width
                    && place.y >= plot.y - 6.0
                    && place.bottom() <= plot.bottom()
                    && !taken.iter().any(|other| overlap(*other, place))
            });
            if let Some((p, anchor, start)) = fitting {
                scene.text_halo(p, dot.name.clone(), anchor, Ink::Ink, dot.highlighted);
                taken.push(rect(start, p.y - 7.0, w, 14.0));
                left -= 1;
            }
        }
    }
}

fn figure(decade: f64) -> String {
    text::tick(decade, decade.min(1.0))
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dots() -> Vec<Dot> {
        (0..60)
            .map(|i| {
                let x = 0.5 * 1.12f64.powi(i);
                let wobble = 1.0 + 0.8 * f64::from(i * 7 % 11 - 5) / 5.0;
                Dot {
                    x,
                    y: x * 0.8 * wobble.max(0.1),
                    name: format!("单位{i}"),
                    highlighted: i % 9 == 0,
                }
            })
            .collect()
    }

    #[test]
    fn dots_lie_on_the_iso_line_of_their_ratio() {
        let mut dots = dots();
        dots.push(Dot { x: 10.0, y: 10.0, name: "一".to_owned(), highlighted: true });
        let isos = [Iso { ratio: 1.0, label: "1 tce/万元".to_owned() }];
        let chart = Scatter { dots: &dots, isos: &isos, x_title: "x", y_title: "y", named: 5 };
        let scene = chart.scene(640.0, 360.0);
        crate::scene::tests::assert_inside(&scene);
        let line = scene.marks.iter().find_map(|m| match &m.shape {
            Shape::Line { points, dash: Dash::Dashed, .. } => Some((points[0], points[1])),
            _ => None,
        });
        let (a, b) = line.expect("the line is drawn");
        let at = scene.hit_of(60).expect("a spot").at;
        let on_line = a.y + (b.y - a.y) * (at.x - a.x) / (b.x - a.x);
        assert!((on_line - at.y).abs() < 1e-6);
    }

    #[test]
    fn names_never_cover_each_other() {
        let dots = dots();
        let chart = Scatter { dots: &dots, isos: &[], x_title: "", y_title: "", named: 20 };
        let scene = chart.scene(640.0, 360.0);
        let boxes: Vec<Rect> = scene
            .marks
            .iter()
            .filter_map(|m| match &m.shape {
                Shape::Text { at, text, anchor, halo: true, bold, .. } => {
                    let w = text::width(text, 11.0, *bold);
                    let left = match anchor {
                        Anchor::Start => at.x,
                        Anchor::Middle => at.x - w / 2.0,
                        Anchor::End => at.x - w,
                    };
                    Some(rect(left, at.y - 7.0, w, 14.0))
                }
                _ => None,
            })
            .collect();
        assert!(boxes.len() > 5);
        for (i, a) in boxes.iter().enumerate() {
            assert!(boxes[i + 1..].iter().all(|b| !overlap(*a, *b)));
        }
    }

    #[test]
    fn what_has_no_logarithm_is_left_out() {
        let dots =
            [Dot { x: 0.0, y: 5.0, ..Dot::default() }, Dot { x: 2.0, y: 5.0, ..Dot::default() }];
        let scene = Scatter { dots: &dots, isos: &[], x_title: "", y_title: "", named: 2 }
            .scene(300.0, 200.0);
        assert_eq!(scene.hits.iter().map(|h| h.row).collect::<Vec<_>>(), vec![1]);
    }
}
