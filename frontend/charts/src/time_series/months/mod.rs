//! Months of this year against the control trajectory and last year, the projection's fan, and the strip of differences.
//! Figures come in the unit that is printed; names come translated.

mod strip;
mod target;

use nengce_shared::number;

use crate::layout::axis;
use crate::layout::label::{self, EndLabel};
use crate::layout::scale::{Band, Linear};
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Point, Scene, Shape, point, rect};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Month {
    pub name: String,
    /// The whole month; `None` while it is unfinished, so that half a month is never drawn as a fall.
    pub this: Option<f64>,
    pub target: Option<f64>,
    pub last: Option<f64>,
    pub projected: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Cumulative consumption less cumulative trajectory.
    pub gap: Option<f64>,
    pub gap_projected: bool,
    /// 「10月未完 18/31 天」: the month gets a band and the words.
    pub unfinished: Option<String>,
}

/// Which series the legend leaves on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    pub this: bool,
    pub target: bool,
    pub last: bool,
    pub projected: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self { this: true, target: true, last: true, projected: true }
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    pub unit: String,
    pub this: String,
    pub target: String,
    pub last: String,
    pub gap_title: String,
    /// 「高出 ↑」, beside the strip.
    pub over: String,
}

#[derive(Debug, Clone, Copy)]
pub struct Months<'a> {
    pub months: &'a [Month],
    pub words: &'a Words,
    pub shown: Shown,
    /// Half width of the band about the trajectory, as a fraction (0.01).
    pub band: f64,
}

impl Months<'_> {
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let wide = width >= 480.0;
        let strip = if self.months.iter().any(|m| m.gap.is_some()) {
            (height * 0.3).clamp(70.0, 110.0)
        } else {
            0.0
        };
        let labels_room = if wide { self.label_room() } else { 8.0 };
        let values = self.values();
        let (top, bottom) = (24.0, height - strip - 22.0);
        let y = Linear::nice(values, ((bottom - top) / 45.0) as usize, bottom, top);
        let left = axis::gutter(&y).max(40.0);
        let plot = rect(left, top, (width - left - labels_room).max(40.0), bottom - top);
        let x = Band::new(self.months.len(), plot.x, plot.right(), 0.0);
        scene.plot = rect(plot.x, plot.y, plot.w, height - 22.0 - plot.y);

        self.unfinished(&mut scene, x, plot.y, plot.bottom());
        axis::upright(&mut scene, plot, &y, &self.words.unit);
        let line = |pick: fn(&Month) -> Option<f64>| -> Vec<Option<Point>> {
            let at = |(i, m): (usize, &Month)| pick(m).map(|v| point(x.mid(i), y.at(v)));
            self.months.iter().enumerate().map(at).collect()
        };
        if self.shown.target {
            self.band_about_target(&mut scene, x, &y);
        }
        if self.shown.last {
            scene.broken_path(&line(|m| m.last), Ink::Line3, 1.5, Dash::Solid);
        }
        if self.shown.projected {
            self.fan(&mut scene, x, &y);
        }
        if self.shown.target {
            scene.broken_path(&line(|m| m.target), Ink::Ink2, 1.2, Dash::Dashed);
        }
        if self.shown.this {
            let points = line(|m| m.this);
            scene.broken_path(&points, Ink::Accent, 2.4, Dash::Solid);
            for (row, at) in points.iter().enumerate() {
                if let Some(at) = at {
                    let edge = Some((Ink::Surface, 1.0));
                    scene.push(
                        Some(row),
                        Shape::Circle { at: *at, radius: 3.0, fill: Ink::Accent, edge },
                    );
                }
            }
            self.extremes(&mut scene, &points, plot.y);
        }
        if wide {
            self.names(&mut scene, &line, x, plot.right(), plot.y, plot.bottom());
        }
        if strip > 0.0 {
            self.strip(&mut scene, x, bottom + 22.0, height - 24.0, plot.right());
        }
        let mids: Vec<f64> = (0..self.months.len()).map(|i| x.mid(i)).collect();
        let names: Vec<String> = self.months.iter().map(|m| m.name.clone()).collect();
        axis::names(&mut scene, &mids, &names, height - 9.0);
        self.hits(&mut scene, x, &y);
        scene
    }

    fn values(&self) -> Vec<f64> {
        let s = self.shown;
        self.months
            .iter()
            .flat_map(|m| {
                [
                    m.this.filter(|_| s.this),
                    m.target.filter(|_| s.target).map(|t| t * (1.0 - self.band)),
                    m.target.filter(|_| s.target).map(|t| t * (1.0 + self.band)),
                    m.last.filter(|_| s.last),
                    m.low.filter(|_| s.projected),
                    m.high.filter(|_| s.projected),
                    m.projected.filter(|_| s.projected),
                ]
            })
            .flatten()
            .collect()
    }

    fn label_room(&self) -> f64 {
        let words = [&self.words.this, &self.words.target, &self.words.last, &self.words.over];
        words.iter().map(|w| text::width(w, 11.0, true)).fold(0.0, f64::max) + 16.0
    }

    fn unfinished(&self, scene: &mut Scene, x: Band, top: f64, bottom: f64) {
        for (row, month) in self.months.iter().enumerate() {
            if let Some(note) = &month.unfinished {
                let left = x.start + x.pitch() * row as f64;
                scene.rect(None, rect(left, top, x.pitch(), bottom - top), Ink::Surface2);
                let half = text::width(note, 11.0, false) / 2.0;
                let mid = x.mid(row).clamp(x.start + half, (x.end - half).max(x.start + half));
                scene.text_halo(
                    point(mid, bottom - 9.0),
                    note.clone(),
                    Anchor::Middle,
                    Ink::Ink2,
                    false,
                );
            }
        }
    }

    /// The largest and the last whole month carry their figure.
    fn extremes(&self, scene: &mut Scene, points: &[Option<Point>], top: f64) {
        let largest = self
            .months
            .iter()
            .enumerate()
            .filter_map(|(i, m)| m.this.map(|v| (i, v)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let last = self.months.iter().rposition(|m| m.this.is_some());
        let mut rows: Vec<usize> = largest.map(|l| l.0).into_iter().chain(last).collect();
        rows.dedup();
        for row in rows {
            if let (Some(at), Some(value)) = (points[row], self.months[row].this) {
                let at = point(at.x, (at.y - 13.0).max(top - 8.0));
                scene.text_halo(at, number::grouped(value, 1), Anchor::Middle, Ink::Ink, true);
            }
        }
    }

    fn names(
        &self,
        scene: &mut Scene,
        line: &impl Fn(fn(&Month) -> Option<f64>) -> Vec<Option<Point>>,
        x: Band,
        right: f64,
        top: f64,
        bottom: f64,
    ) {
        let end = |pick: fn(&Month) -> Option<f64>| {
            line(pick).into_iter().flatten().next_back().map(|p| p.y)
        };
        let s = self.shown;
        let this = end(if s.projected { |m| m.projected.or(m.this) } else { |m| m.this });
        let rows = [
            (s.this || s.projected, this, &self.words.this, true, Ink::Accent),
            (s.target, end(|m| m.target), &self.words.target, false, Ink::Ink2),
            (s.last, end(|m| m.last), &self.words.last, false, Ink::Ink3),
        ];
        let labels: Vec<EndLabel> = rows
            .into_iter()
            .filter(|row| row.0)
            .filter_map(|(_, y, words, bold, ink)| {
                Some(EndLabel { y: y?, text: words.clone(), bold, ink })
            })
            .collect();
        label::end_labels(
            scene,
            &labels,
            x.mid(self.months.len().saturating_sub(1)),
            right + 4.0,
            top,
            bottom,
        );
    }

    fn hits(&self, scene: &mut Scene, x: Band, y: &Linear) {
        let plot = scene.plot;
        for (row, month) in self.months.iter().enumerate() {
            let known = month.this.or(month.projected).or(month.last).or(month.target);
            let at = point(x.mid(row), known.map_or(plot.y, |v| y.at(v)));
            let left = x.start + x.pitch() * row as f64;
            scene.hit_area(row, rect(left, plot.y, x.pitch(), plot.h), at);
        }
    }
}

#[cfg(test)]
mod tests;
