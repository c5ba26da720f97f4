//! A unit by month against its peers' P25–P75 and median, with the reference line.

use nengce_shared::number;

use crate::layout::axis;
use crate::layout::label::{self, EndLabel};
use crate::layout::scale::{Band, Linear};
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Dash, Point, Scene, Shape, point, rect};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Month {
    pub name: String,
    pub p25: Option<f64>,
    pub p50: Option<f64>,
    pub p75: Option<f64>,
    pub unit: Option<f64>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    pub axis: String,
    pub unit: String,
    pub reference: String,
    pub median: String,
    pub decimals: usize,
}

#[derive(Debug, Clone, Copy)]
pub struct PeerBand<'a> {
    pub months: &'a [Month],
    pub reference: Option<f64>,
    pub words: &'a Words,
}

impl PeerBand<'_> {
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let (top, bottom) = (26.0, height - 24.0);
        let values =
            self.months.iter().flat_map(|m| [m.p25, m.p75, m.unit]).flatten().chain(self.reference);
        let y = Linear::nice(values, ((bottom - top) / 40.0) as usize, bottom, top);
        let left = axis::gutter(&y).max(36.0);
        let words = [&self.words.unit, &self.words.reference, &self.words.median];
        let figure = self.months.iter().rev().find_map(|m| m.unit);
        let unit_text = figure.map_or_else(String::new, |v| {
            format!("{} {}", self.words.unit, number::grouped(v, self.words.decimals))
        });
        let widest = words
            .into_iter()
            .chain([&unit_text])
            .map(|w| text::width(w, 11.0, true))
            .fold(24.0, f64::max);
        let room = (widest + 12.0).min(width * 0.35);
        let plot = rect(left, top, (width - left - room).max(40.0), bottom - top);
        scene.plot = plot;
        axis::upright(&mut scene, plot, &y, &self.words.axis);
        let x = Band::new(self.months.len(), plot.x, plot.right(), 0.0);
        let line = |pick: fn(&Month) -> Option<f64>| -> Vec<Option<Point>> {
            self.months
                .iter()
                .enumerate()
                .map(|(i, m)| pick(m).map(|v| point(x.mid(i), y.at(v))))
                .collect()
        };
        let (low, high) = (line(|m| m.p25), line(|m| m.p75));
        self.band(&mut scene, &low, &high);
        scene.broken_path(&low, Ink::Line3, 1.0, Dash::Solid);
        scene.broken_path(&high, Ink::Line3, 1.0, Dash::Solid);
        let median = line(|m| m.p50);
        scene.broken_path(&median, Ink::Ink2, 1.2, Dash::Solid);
        if let Some(reference) = self.reference {
            let at = y.at(reference).round();
            scene.line(point(plot.x, at), point(plot.right(), at), Ink::Lv3, 1.5, Dash::Solid);
        }
        let unit = line(|m| m.unit);
        scene.broken_path(&unit, Ink::Accent, 2.4, Dash::Solid);
        let end = |points: &[Option<Point>]| points.iter().rev().flatten().next().map(|p| p.y);
        let label = |y: Option<f64>, text: &str, bold, ink| {
            Some(EndLabel { y: y?, text: text::fit(text, 11.0, room - 6.0), bold, ink })
        };
        let labels: Vec<EndLabel> = [
            label(end(&high), "P75", false, Ink::Ink3),
            label(end(&median), &self.words.median, false, Ink::Ink2),
            label(end(&low), "P25", false, Ink::Ink3),
            label(end(&unit), &unit_text, true, Ink::Accent),
            label(self.reference.map(|r| y.at(r)), &self.words.reference, true, Ink::Lv3),
        ]
        .into_iter()
        .flatten()
        .collect();
        label::end_labels(
            &mut scene,
            &labels,
            plot.right(),
            plot.right() + 6.0,
            plot.y,
            plot.bottom(),
        );
        let mids: Vec<f64> = (0..self.months.len()).map(|i| x.mid(i)).collect();
        let names: Vec<String> = self.months.iter().map(|m| m.name.clone()).collect();
        axis::names(&mut scene, &mids, &names, height - 9.0);
        for (row, month) in self.months.iter().enumerate() {
            let at = month.unit.or(month.p50).map_or(plot.y, |v| y.at(v));
            let area = rect(plot.x + x.pitch() * row as f64, plot.y, x.pitch(), plot.h);
            scene.hit_area(row, area, point(x.mid(row), at));
        }
        scene
    }

    fn band(&self, scene: &mut Scene, low: &[Option<Point>], high: &[Option<Point>]) {
        let pairs: Vec<Option<(Point, Point)>> =
            low.iter().zip(high).map(|(l, h)| Some(((*l)?, (*h)?))).collect();
        for run in pairs.split(Option::is_none) {
            let run: Vec<(Point, Point)> = run.iter().flatten().copied().collect();
            if run.len() > 1 {
                let mut points: Vec<Point> = run.iter().map(|pair| pair.1).collect();
                points.extend(run.iter().rev().map(|pair| pair.0));
                scene.push(None, Shape::Polygon { points, fill: Ink::Surface3 });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_without_peers_opens_the_band() {
        let months: Vec<Month> = (0..24)
            .map(|i| {
                let there = i != 10;
                let v = |x: f64| there.then_some(x);
                Month {
                    name: format!("{}", i % 12 + 1),
                    p25: v(380.0),
                    p50: v(395.0),
                    p75: v(412.0),
                    unit: Some(400.0 + f64::from(i)),
                }
            })
            .collect();
        let words = Words {
            axis: "kgce/t".to_owned(),
            unit: "津澜二号".to_owned(),
            reference: "标杆 361".to_owned(),
            median: "中位".to_owned(),
            decimals: 1,
        };
        let chart = PeerBand { months: &months, reference: Some(361.0), words: &words };
        for width in [330.0, 560.0] {
            let scene = chart.scene(width, 260.0);
            crate::scene::tests::assert_inside(&scene);
            let bands =
                scene.marks.iter().filter(|m| matches!(m.shape, Shape::Polygon { .. })).count();
            assert_eq!(bands, 2);
            assert_eq!(scene.hits.len(), 24);
        }
    }
}
