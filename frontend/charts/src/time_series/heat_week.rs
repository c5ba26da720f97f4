//! Hour × weekday heat map with the scale beside it; Monday first. A cell without data is a hatched hole.

use nengce_shared::number;

use crate::layout::scale::extent;
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Scene, Shape, point, rect};

#[derive(Debug, Clone, Copy)]
pub struct HeatWeek<'a> {
    /// 7 rows × 24.
    pub hours: &'a [Vec<Option<f64>>],
    pub weekdays: &'a [String; 7],
    pub unit: &'a str,
}

/// The step of the seven that a value falls in.
pub fn step(value: f64, min: f64, max: f64) -> usize {
    if max <= min {
        return 3;
    }
    (((value - min) / (max - min) * 7.0) as usize).min(6)
}

impl HeatWeek<'_> {
    /// Row of a hit is weekday × 24 + hour.
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let left =
            self.weekdays.iter().map(|d| text::width(d, 11.0, false)).fold(0.0, f64::max) + 8.0;
        let legend = (text::width(self.unit, 11.0, false) + 16.0).max(60.0);
        let foot = 18.0;
        let (cw, ch) = ((width - left - legend) / 24.0, (height - foot) / 7.0);
        scene.plot = rect(left, 0.0, cw * 24.0, ch * 7.0);
        let (min, max) =
            extent(self.hours.iter().flatten().flatten().copied()).unwrap_or((0.0, 0.0));
        for (day, name) in self.weekdays.iter().enumerate() {
            let y = ch * day as f64;
            if day % 2 == 0 || ch >= 16.0 {
                scene.text(point(left - 6.0, y + ch / 2.0), name.clone(), Anchor::End, Ink::Ink2);
            }
            for hour in 0..24 {
                let row = day * 24 + hour;
                let cell = rect(left + cw * hour as f64, y, cw - 1.0, ch - 1.0);
                match self.hours.get(day).and_then(|hours| hours.get(hour)).copied().flatten() {
                    Some(value) => scene.rect(Some(row), cell, Ink::SEQ[step(value, min, max)]),
                    None => scene
                        .push(Some(row), Shape::Hatch { rect: cell, ink: Ink::Line2, step: 5.0 }),
                }
                scene.hit_area(row, rect(cell.x, cell.y, cw, ch), cell.centre());
            }
        }
        for hour in [0, 6, 12, 18, 24] {
            let x = left + cw * f64::from(hour);
            let anchor = if hour == 0 { Anchor::Start } else { Anchor::Middle };
            scene.text(point(x, height - 7.0), format!("{hour}"), anchor, Ink::Ink2);
        }
        let x = left + cw * 24.0 + 10.0;
        for (index, ink) in Ink::SEQ.iter().rev().enumerate() {
            scene.rect(None, rect(x, ch * index as f64, 8.0, ch), *ink);
        }
        let decimals = match max.abs() {
            it if it >= 100.0 => 0,
            it if it >= 10.0 => 1,
            it if it >= 1.0 => 2,
            _ => 3,
        };
        scene.text(point(x + 13.0, 7.0), number::grouped(max, decimals), Anchor::Start, Ink::Ink2);
        scene.text(
            point(x + 13.0, ch * 7.0 - 7.0),
            number::grouped(min, decimals),
            Anchor::Start,
            Ink::Ink2,
        );
        scene.text(point(x, height - 7.0), self.unit.to_owned(), Anchor::Start, Ink::Ink3);
        scene
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hour_is_a_cell_and_a_hole_is_not_the_lowest_step() {
        let mut hours = vec![(0..24).map(|h| Some(f64::from(h))).collect::<Vec<_>>(); 7];
        hours[2][5] = None;
        let weekdays = ["一", "二", "三", "四", "五", "六", "日"].map(str::to_owned);
        let scene = HeatWeek { hours: &hours, weekdays: &weekdays, unit: "MW" }.scene(460.0, 160.0);
        crate::scene::tests::assert_inside(&scene);
        assert_eq!(scene.hits.len(), 168);
        let hatched = scene.marks.iter().filter(|m| matches!(m.shape, Shape::Hatch { .. }));
        assert_eq!(hatched.filter_map(|m| m.row).collect::<Vec<_>>(), vec![53]);
        assert_eq!((step(0.0, 0.0, 23.0), step(23.0, 0.0, 23.0), step(5.0, 5.0, 5.0)), (0, 6, 3));
    }
}
