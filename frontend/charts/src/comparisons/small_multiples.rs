//! One small path per district: cumulative change against the required path, all on one scale.

use nengce_shared::number;

use crate::layout::scale::{Linear, extent};
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Point, Scene, Shape, Sign, point, rect};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Step {
    /// In percent; the base year is 0.
    pub value: Option<f64>,
    pub required: Option<f64>,
    /// The year is not over: dotted, an open end.
    pub partial: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Multiple {
    pub name: String,
    pub sign: Option<(Sign, Ink)>,
    /// Top right: the figure of this period.
    pub figure: String,
    pub path: Vec<Step>,
}

#[derive(Debug, Clone, Copy)]
pub struct SmallMultiples<'a> {
    pub rows: &'a [Multiple],
    /// Under the first and the last year.
    pub first: &'a str,
    pub last: &'a str,
}

const CELL: f64 = 104.0;
const END_WIDTH: f64 = 40.0;

impl SmallMultiples<'_> {
    pub fn columns(&self, width: f64) -> usize {
        ((width / 150.0) as usize).clamp(2, 8).min(self.rows.len().max(1))
    }

    pub fn natural_height(&self, width: f64) -> f64 {
        self.rows.len().div_ceil(self.columns(width)) as f64 * CELL
    }

    pub fn scene(&self, width: f64) -> Scene {
        let columns = self.columns(width);
        let mut scene = Scene::new(width, self.natural_height(width));
        let values = self
            .rows
            .iter()
            .flat_map(|row| row.path.iter().flat_map(|s| [s.value, s.required]))
            .flatten();
        let values: Vec<f64> = values.chain([0.0]).collect();
        let mut y = Linear::nice(values.iter().copied(), 3, CELL - 22.0, 22.0);
        // No axis figures here, so the domain hugs the data.
        if let Some((min, max)) = extent(values)
            && max > min
        {
            let pad = (max - min) * 0.06;
            (y.min, y.max) = (min - pad, max + pad);
        }
        let cell = width / columns as f64;
        for (index, row) in self.rows.iter().enumerate() {
            let left = cell * (index % columns) as f64;
            let top = CELL * (index / columns) as f64;
            (y.start, y.end) = (top + CELL - 26.0, top + 24.0);
            let own = scene.marks.len();
            self.panel(&mut scene, index, row, left, top, cell - 16.0, &y);
            // A panel is one thing: selected or dimmed whole.
            for mark in &mut scene.marks[own..] {
                mark.row = Some(index);
            }
        }
        scene
    }

    #[expect(clippy::too_many_arguments, reason = "a panel is a place, a size, a scale and a row")]
    fn panel(
        &self,
        scene: &mut Scene,
        index: usize,
        row: &Multiple,
        left: f64,
        top: f64,
        width: f64,
        y: &Linear,
    ) {
        let right = left + width - END_WIDTH;
        let mut name_x = left;
        if let Some((kind, ink)) = row.sign {
            scene.push(
                Some(index),
                Shape::Sign { at: point(left + 5.0, top + 9.0), radius: 4.0, kind, ink },
            );
            name_x += 14.0;
        }
        let figure_room = text::width(&row.figure, 11.0, false) + 6.0;
        let name = text::fit(&row.name, 11.0, left + width - name_x - figure_room);
        scene.text_bold(point(name_x, top + 9.0), name, Anchor::Start, Ink::Ink);
        scene.text(point(left + width, top + 9.0), row.figure.clone(), Anchor::End, Ink::Ink2);
        for tick in y.ticks() {
            let at = y.at(tick).round();
            let ink = if tick == 0.0 { Ink::Line2 } else { Ink::Line };
            scene.line(point(left, at), point(right, at), ink, 1.0, Dash::Solid);
        }
        let n = row.path.len();
        let pitch = (right - left) / n.saturating_sub(1).max(1) as f64;
        let place = |i: usize, v: f64| point(left + pitch * i as f64, y.at(v));
        let points = |pick: fn(&Step) -> Option<f64>| -> Vec<Option<Point>> {
            row.path.iter().enumerate().map(|(i, s)| pick(s).map(|v| place(i, v))).collect()
        };
        scene.broken_path(&points(|s| s.required), Ink::Ink2, 1.2, Dash::Dashed);
        scene.broken_path(
            &points(|s| s.value.filter(|_| !s.partial)),
            Ink::Accent,
            2.0,
            Dash::Solid,
        );
        if let Some((i, value)) = last_value(&row.path) {
            let at = place(i, value);
            if row.path[i].partial {
                if let Some(before) =
                    i.checked_sub(1).and_then(|b| row.path[b].value.map(|v| place(b, v)))
                {
                    scene.path(Some(index), vec![before, at], Ink::Accent, 2.0, Dash::Dotted);
                }
                scene.push(
                    Some(index),
                    Shape::Sign { at, radius: 3.5, kind: Sign::Ring, ink: Ink::Accent },
                );
            } else {
                let edge = Some((Ink::Surface, 1.0));
                scene.push(Some(index), Shape::Circle { at, radius: 3.0, fill: Ink::Accent, edge });
            }
            scene.text_bold(
                point(at.x + 7.0, at.y),
                number::signed(value, 1),
                Anchor::Start,
                Ink::Ink,
            );
        }
        let foot = top + CELL - 14.0;
        scene.text(point(left, foot), self.first.to_owned(), Anchor::Start, Ink::Ink3);
        scene.text(point(right, foot), self.last.to_owned(), Anchor::End, Ink::Ink3);
        let area = rect(left, top, width + 16.0, CELL);
        scene.hit_area(index, area, point(right, top + 24.0));
    }
}

fn last_value(path: &[Step]) -> Option<(usize, f64)> {
    path.iter().enumerate().rev().find_map(|(i, s)| s.value.map(|v| (i, v)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_wrap_and_share_one_scale() {
        let step = |value: f64, required: f64, partial| Step {
            value: Some(value),
            required: Some(required),
            partial,
        };
        let row = |fall: f64| Multiple {
            name: "滨海新区".to_owned(),
            sign: Some((Sign::Diamond, Ink::Lv2Fill)),
            figure: "0.95".to_owned(),
            path: vec![
                step(0.0, 0.0, false),
                step(fall / 2.0, -7.0, false),
                step(fall, -14.0, true),
            ],
        };
        let rows: Vec<Multiple> = (0..16).map(|i| row(-10.0 - f64::from(i) * 0.5)).collect();
        let chart = SmallMultiples { rows: &rows, first: "2020", last: "25" };
        assert_eq!((chart.columns(1392.0), chart.columns(358.0)), (8, 2));
        for width in [358.0, 1392.0] {
            let scene = chart.scene(width);
            crate::scene::tests::assert_inside(&scene);
            assert_eq!(scene.hits.len(), 16);
        }
        let scene = chart.scene(1392.0);
        let ring = |row: usize| {
            scene.marks.iter().find_map(|m| match m.shape {
                Shape::Sign { at, kind: Sign::Ring, .. } if m.row == Some(row) => Some(at.y),
                _ => None,
            })
        };
        assert!(ring(0) < ring(1), "a deeper fall ends lower on the same scale");
    }
}
