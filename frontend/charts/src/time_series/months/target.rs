//! The band about the trajectory, and the fan of the projection.

use super::{Month, Months};
use crate::layout::scale::{Band, Linear};
use crate::scene::palette::Ink;
use crate::scene::{Dash, Point, Scene, Shape, point};

impl Months<'_> {
    pub(super) fn band_about_target(&self, scene: &mut Scene, x: Band, y: &Linear) {
        let indexed: Vec<(usize, Option<f64>)> =
            self.months.iter().map(|m| m.target).enumerate().collect();
        for run in indexed.split(|(_, target)| target.is_none()) {
            let edge = |factor: f64| {
                run.iter()
                    .filter_map(move |(i, t)| t.map(|t| point(x.mid(*i), y.at(t * factor))))
                    .collect::<Vec<_>>()
            };
            let mut points = edge(1.0 + self.band);
            points.extend(edge(1.0 - self.band).into_iter().rev());
            if points.len() > 3 {
                scene.push(None, Shape::Polygon { points, fill: Ink::Surface3 });
            }
        }
    }

    /// From the last whole month on: the interval at 14 % and the middle dotted.
    pub(super) fn fan(&self, scene: &mut Scene, x: Band, y: &Linear) {
        let Some(first) =
            self.months.iter().position(|m| m.projected.is_some() && m.this.is_none())
        else {
            return;
        };
        let start = first
            .checked_sub(1)
            .and_then(|i| self.months[i].this.map(|v| point(x.mid(i), y.at(v))));
        let ahead = self.months.iter().enumerate().skip(first);
        let edge = |pick: fn(&Month) -> Option<f64>| -> Vec<Point> {
            let rest = ahead.clone().filter_map(|(i, m)| pick(m).map(|v| point(x.mid(i), y.at(v))));
            start.into_iter().chain(rest).collect()
        };
        let mut around = edge(|m| m.high);
        around.extend(edge(|m| m.low).into_iter().rev());
        if around.len() > 3 {
            scene.push_alpha(None, 0.14, Shape::Polygon { points: around, fill: Ink::Accent });
        }
        scene.path(None, edge(|m| m.projected), Ink::Accent, 2.0, Dash::Dotted);
    }
}
