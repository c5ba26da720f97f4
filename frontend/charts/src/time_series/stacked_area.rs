//! Daily consumption stacked by energy group; a missing day is a hatched gap over the full height.

use nengce_shared::number;

use crate::layout::axis;
use crate::layout::label::{self, EndLabel};
use crate::layout::scale::{Band, Linear};
use crate::layout::stack;
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Point, Scene, Shape, point, rect};
use crate::time_series::composition::ORDER;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Day {
    /// In `composition::ORDER`; all `None` is a day without data.
    pub amounts: [Option<f64>; 6],
    /// Printed under the day: a month's name on its first day.
    pub label: Option<String>,
    /// 「3/12–14 缺报」 over the first day of a gap.
    pub note: Option<String>,
    /// The same day a year earlier, all energies shown together: a thin line.
    pub last: Option<f64>,
}

#[derive(Debug, Clone, Copy)]
pub struct StackedArea<'a> {
    pub days: &'a [Day],
    pub unit: &'a str,
    pub shown: [bool; 6],
    /// Names for the right edge, in `ORDER`.
    pub names: &'a [String; 6],
}

impl StackedArea<'_> {
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let stacks: Vec<[Option<f64>; 6]> = self.days.iter().map(|day| self.visible(day)).collect();
        let (top, bottom) = (26.0, height - 22.0);
        let tops = stacks.iter().flat_map(|s| {
            let (down, up) = stack::reach(s);
            [down, up]
        });
        let tops = tops.chain(self.days.iter().filter_map(|it| it.last));
        let y = Linear::from_zero(tops, ((bottom - top) / 45.0) as usize, bottom, top);
        let left = axis::gutter(&y);
        let room = if width >= 480.0 { self.label_room() } else { 6.0 };
        let plot = rect(left, top, (width - left - room).max(20.0), bottom - top);
        scene.plot = plot;
        axis::upright(&mut scene, plot, &y, self.unit);
        let x = Band::new(self.days.len(), plot.x, plot.right(), 0.0);
        let spans: Vec<Vec<Option<(f64, f64)>>> = stacks.iter().map(|s| stack::spans(s)).collect();
        let present: Vec<bool> =
            self.days.iter().map(|d| d.amounts.iter().any(Option::is_some)).collect();
        for (layer, group) in ORDER.into_iter().enumerate() {
            self.layer(&mut scene, layer, Ink::of_energy(group), &spans, &present, x, &y);
        }
        self.gaps(&mut scene, &present, x);
        let last = |(row, day): (usize, &Day)| day.last.map(|it| point(x.mid(row), y.at(it)));
        let last: Vec<Option<Point>> = self.days.iter().enumerate().map(last).collect();
        scene.broken_path(&last, Ink::Surface, 3.0, Dash::Solid);
        scene.broken_path(&last, Ink::Line3, 1.5, Dash::Solid);
        if width >= 480.0 {
            self.end_labels(&mut scene, &spans, &y);
        }
        self.foot(&mut scene, x, height - 9.0);
        for (row, amounts) in stacks.iter().enumerate() {
            let area = rect(plot.x + x.pitch() * row as f64, plot.y, x.pitch(), plot.h);
            let crest = y.at(stack::reach(amounts).1);
            scene.hit_area(row, area, point(x.mid(row), crest));
        }
        scene
    }

    fn visible(&self, day: &Day) -> [Option<f64>; 6] {
        let mut amounts = day.amounts;
        for (amount, shown) in amounts.iter_mut().zip(self.shown) {
            *amount = amount.filter(|_| shown);
        }
        amounts
    }

    fn label_room(&self) -> f64 {
        let name = self.names.iter().map(|n| text::width(n, 11.0, false)).fold(0.0, f64::max);
        name + text::width("00,000", 11.0, false) + 36.0
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one layer of a stack needs the whole stack and both scales"
    )]
    fn layer(
        &self,
        scene: &mut Scene,
        layer: usize,
        ink: Ink,
        spans: &[Vec<Option<(f64, f64)>>],
        present: &[bool],
        x: Band,
        y: &Linear,
    ) {
        let mut start = 0;
        for run in present.split(|there| !there) {
            let rows = start..start + run.len();
            start += run.len() + 1;
            // A day whose group is absent but whose stack is there is a layer of no height, not a hole.
            let base = |row: usize| -> (f64, f64) {
                let below =
                    spans[row][..layer].iter().rev().flatten().map(|s| s.1).next().unwrap_or(0.0);
                spans[row][layer].unwrap_or((below, below))
            };
            if rows.is_empty() || rows.clone().all(|row| spans[row][layer].is_none()) {
                continue;
            }
            let (first, last) = (rows.start, rows.end - 1);
            let edge = |pick: fn((f64, f64)) -> f64| -> Vec<Point> {
                let mut points =
                    vec![point(x.start + x.pitch() * first as f64, y.at(pick(base(first))))];
                points.extend(rows.clone().map(|row| point(x.mid(row), y.at(pick(base(row))))));
                points.push(point(x.start + x.pitch() * (last + 1) as f64, y.at(pick(base(last)))));
                points
            };
            let upper = edge(|span| span.1);
            let mut around = upper.clone();
            around.extend(edge(|span| span.0).into_iter().rev());
            scene.push(None, Shape::Polygon { points: around, fill: ink });
            scene.path(None, upper, Ink::Surface, 1.0, Dash::Solid);
        }
    }

    fn gaps(&self, scene: &mut Scene, present: &[bool], x: Band) {
        let plot = scene.plot;
        let mut row = 0;
        while row < present.len() {
            if present[row] {
                row += 1;
                continue;
            }
            let end =
                present[row..].iter().position(|there| *there).map_or(present.len(), |n| row + n);
            let width = (x.pitch() * (end - row) as f64).max(3.0);
            let left = (x.start + x.pitch() * row as f64).min(plot.right() - width);
            let area = rect(left, plot.y, width, plot.h);
            scene.push(Some(row), Shape::Hatch { rect: area, ink: Ink::Line3, step: 5.0 });
            if let Some(note) = &self.days[row].note {
                let half = text::width(note, 11.0, false) / 2.0;
                let mid = (left + width / 2.0)
                    .clamp(plot.x + half, (plot.right() - half).max(plot.x + half));
                scene.text_halo(
                    point(mid, plot.y - 8.0),
                    note.clone(),
                    Anchor::Middle,
                    Ink::Ink2,
                    false,
                );
            }
            row = end;
        }
    }

    fn end_labels(&self, scene: &mut Scene, spans: &[Vec<Option<(f64, f64)>>], y: &Linear) {
        let plot = scene.plot;
        let Some(last) = spans.iter().rev().find(|day| day.iter().any(Option::is_some)) else {
            return;
        };
        let labels: Vec<EndLabel> = ORDER
            .into_iter()
            .zip(self.names)
            .zip(last)
            .filter_map(|((_, name), span)| {
                let (from, to) = (*span)?;
                let decimals = if (to - from).abs() < 10.0 { 2 } else { 0 };
                let text = format!("{name}  {}", number::grouped(to - from, decimals));
                Some(EndLabel { y: y.at((from + to) / 2.0), text, bold: false, ink: Ink::Ink })
            })
            .collect();
        let wanted: Vec<f64> = labels.iter().map(|l| l.y).collect();
        let inks = ORDER
            .into_iter()
            .zip(last)
            .filter(|(_, span)| span.is_some())
            .map(|(g, _)| Ink::of_energy(g));
        for (at, ink) in
            label::spread(&wanted, label::GAP, plot.y, plot.bottom()).into_iter().zip(inks)
        {
            scene.rect(None, rect(plot.right() + 6.0, at - 2.0, 8.0, 4.0), ink);
        }
        label::end_labels(scene, &labels, plot.right(), plot.right() + 20.0, plot.y, plot.bottom());
    }

    fn foot(&self, scene: &mut Scene, x: Band, y: f64) {
        let mut free = f64::NEG_INFINITY;
        for (row, day) in self.days.iter().enumerate() {
            let Some(label) = &day.label else { continue };
            let at = x.start + x.pitch() * row as f64;
            let width = text::width(label, 11.0, false);
            if at < free || at + width > scene.width {
                continue;
            }
            let plot = scene.plot;
            scene.line(
                point(at, plot.bottom()),
                point(at, plot.bottom() + 4.0),
                Ink::Line2,
                1.0,
                Dash::Solid,
            );
            scene.text(point(at + 2.0, y), label.clone(), Anchor::Start, Ink::Ink2);
            free = at + width + 10.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days() -> Vec<Day> {
        (0..90)
            .map(|i| Day {
                amounts: if (40..43).contains(&i) {
                    [None; 6]
                } else {
                    [Some(4000.0), Some(70.0), Some(340.0), Some(1600.0), Some(250.0), None]
                },
                label: (i % 30 == 0).then(|| format!("{}月", i / 30 + 1)),
                note: (i == 40).then(|| "2/10–12 缺报".to_owned()),
                last: None,
            })
            .collect()
    }

    fn names() -> [String; 6] {
        ["煤炭", "油品", "天然气", "电力", "热力", "其他"].map(str::to_owned)
    }

    #[test]
    fn missing_days_split_the_area_and_are_hatched_once() {
        let (days, names) = (days(), names());
        let chart = StackedArea { days: &days, unit: "tce / 日", shown: [true; 6], names: &names };
        for width in [360.0, 900.0] {
            let scene = chart.scene(width, 280.0);
            crate::scene::tests::assert_inside(&scene);
            let areas =
                scene.marks.iter().filter(|m| matches!(m.shape, Shape::Polygon { .. })).count();
            assert_eq!(areas, 2 * 5, "two runs of five groups; the sixth never came");
            let hatched =
                scene.marks.iter().filter(|m| matches!(m.shape, Shape::Hatch { .. })).count();
            assert_eq!(hatched, 1);
        }
    }

    #[test]
    fn last_year_is_one_line_that_the_scale_holds() {
        let (mut days, names) = (days(), names());
        days.iter_mut().for_each(|it| it.last = Some(9_000.0));
        let chart = StackedArea { days: &days, unit: "", shown: [true; 6], names: &names };
        let scene = chart.scene(900.0, 280.0);
        crate::scene::tests::assert_inside(&scene);
        let lines =
            scene.marks.iter().filter(|it| matches!(it.shape, Shape::Line { ink: Ink::Line3, .. }));
        assert_eq!(lines.count(), 1, "no gap where this year has one");
    }

    #[test]
    fn the_upper_edge_is_the_total() {
        let (days, names) = (days(), names());
        let chart = StackedArea { days: &days, unit: "", shown: [true; 6], names: &names };
        let scene = chart.scene(900.0, 280.0);
        let total: f64 = days[0].amounts.iter().flatten().sum();
        let y =
            Linear::from_zero([total], ((280.0 - 22.0 - 26.0) / 45.0) as usize, 280.0 - 22.0, 26.0);
        assert!((scene.hits[0].at.y - y.at(total)).abs() < 1e-9);
    }
}
