//! Bars by month stacked by energy group; a month that is not finished is hatched in the groups' own colours.

use nengce_shared::energy_group::EnergyGroup;

use crate::layout::axis;
use crate::layout::scale::{Band, Linear};
use crate::layout::stack;
use crate::scene::palette::Ink;
use crate::scene::{Anchor, Scene, Shape, point, rect};

/// Stack order from the bottom.
pub const ORDER: [EnergyGroup; 6] = [
    EnergyGroup::Coal,
    EnergyGroup::Oil,
    EnergyGroup::Gas,
    EnergyGroup::Electricity,
    EnergyGroup::Heat,
    EnergyGroup::Other,
];

#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub name: String,
    /// In `ORDER`; all `None` is a missing month.
    pub amounts: [Option<f64>; 6],
    /// What the whole bar is compared with; a line across it.
    pub compared_district: Option<f64>,
    /// 「未完」 over the bar.
    pub unfinished: Option<String>,
    /// Fewer of the expected points came than the least completeness.
    pub incomplete: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Composition<'a> {
    pub bars: &'a [Bar],
    pub unit: &'a str,
    /// In `ORDER`; what the legend leaves on.
    pub shown: [bool; 6],
}

impl Composition<'_> {
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let stacks: Vec<[Option<f64>; 6]> = self.bars.iter().map(|bar| self.visible(bar)).collect();
        let reach = stacks.iter().map(|s| stack::reach(s));
        let (top, bottom) = (24.0, height - 24.0);
        let compared = self.bars.iter().filter_map(|bar| self.compared_district(bar));
        let ends = reach.flat_map(|(down, up)| [down, up]).chain(compared);
        let y = Linear::from_zero(ends, ((bottom - top) / 38.0) as usize, bottom, top);
        let left = axis::gutter(&y);
        let plot = rect(left, top, (width - left - 4.0).max(20.0), bottom - top);
        scene.plot = plot;
        axis::upright(&mut scene, plot, &y, self.unit);
        let x = Band::new(self.bars.len(), plot.x, plot.right(), 0.28);
        for (row, (bar, amounts)) in self.bars.iter().zip(&stacks).enumerate() {
            if bar.amounts.iter().all(Option::is_none) {
                let area = rect(x.left(row), plot.y, x.width(), plot.h);
                if bar.unfinished.is_none() {
                    scene.push(Some(row), Shape::Hatch { rect: area, ink: Ink::Line2, step: 5.0 });
                }
            }
            self.bar(&mut scene, row, bar, amounts, x, &y);
            self.rival_line(&mut scene, row, bar, x, &y);
            let area = rect(x.start + x.pitch() * row as f64, plot.y, x.pitch(), plot.h);
            let crest = y.at(stack::reach(amounts).1);
            scene.hit_area(row, area, point(x.mid(row), crest));
        }
        let mids: Vec<f64> = (0..self.bars.len()).map(|row| x.mid(row)).collect();
        let names: Vec<String> = self.bars.iter().map(|bar| bar.name.clone()).collect();
        axis::names(&mut scene, &mids, &names, height - 10.0);
        scene
    }

    /// A whole is compared with a whole: not while a group is hidden.
    fn compared_district(&self, bar: &Bar) -> Option<f64> {
        bar.compared_district.filter(|_| self.shown == [true; 6])
    }

    fn rival_line(&self, scene: &mut Scene, row: usize, bar: &Bar, x: Band, y: &Linear) {
        let Some(compared_district) = self.compared_district(bar) else { return };
        let (left, right, at) =
            (x.left(row) - 3.0, x.left(row) + x.width() + 3.0, y.at(compared_district));
        // The ground on both sides parts it from the segments it crosses.
        for (dy, h, ink) in [(-2.0, 4.0, Ink::Surface), (-1.0, 2.0, Ink::Ink2)] {
            scene.rect(Some(row), rect(left, at + dy, right - left, h), ink);
        }
    }

    fn visible(&self, bar: &Bar) -> [Option<f64>; 6] {
        let mut amounts = bar.amounts;
        for (amount, shown) in amounts.iter_mut().zip(self.shown) {
            *amount = amount.filter(|_| shown);
        }
        amounts
    }

    fn bar(
        &self,
        scene: &mut Scene,
        row: usize,
        bar: &Bar,
        amounts: &[Option<f64>; 6],
        x: Band,
        y: &Linear,
    ) {
        let mut crest = y.at(0.0);
        for (group, span) in ORDER.into_iter().zip(stack::spans(amounts)) {
            let Some((from, to)) = span else { continue };
            let (bottom, top) = (y.at(from), y.at(to));
            crest = crest.min(top);
            // One pixel of ground between segments, taken from the upper end.
            let gap = if bottom - top > 2.0 { 1.0 } else { 0.0 };
            let area = rect(x.left(row), top + gap, x.width(), bottom - top - gap);
            if area.h <= 0.0 {
                continue;
            }
            let ink = Ink::of_energy(group);
            if bar.unfinished.is_some() {
                scene.push(Some(row), Shape::Hatch { rect: area, ink, step: 4.5 });
            } else {
                scene.rect(Some(row), area, ink);
            }
        }
        let foot = y.at(0.0);
        if bar.incomplete && foot - crest > 2.0 {
            let area = rect(x.left(row) - 1.0, crest - 1.0, x.width() + 2.0, foot - crest + 2.0);
            scene.push(Some(row), Shape::Frame { rect: area, ink: Ink::Worse, width: 1.4 });
        }
        if let Some(note) = &bar.unfinished {
            let at = point(x.mid(row), (crest - 9.0).max(10.0));
            scene.text_halo(at, note.clone(), Anchor::Middle, Ink::Ink2, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars() -> Vec<Bar> {
        (0..10)
            .map(|i| Bar {
                name: format!("{}月", i + 1),
                amounts: [Some(230.0), Some(43.0), Some(60.0), Some(115.0), Some(9.0), Some(8.0)]
                    .map(|a| a.map(|a: f64| if i == 9 { a * 0.5 } else { a })),
                compared_district: (i == 3).then_some(600.0),
                unfinished: (i == 9).then(|| "未完".to_owned()),
                incomplete: i == 3,
            })
            .collect()
    }

    fn heights(scene: &Scene, row: usize) -> f64 {
        let of_row = scene.marks.iter().filter(|m| m.row == Some(row));
        of_row
            .filter_map(|m| match &m.shape {
                Shape::Rect { rect, .. } | Shape::Hatch { rect, .. } => Some(rect.h),
                _ => None,
            })
            .sum()
    }

    #[test]
    fn heights_are_in_proportion_and_the_unfinished_is_hatched() {
        let bars = bars();
        let chart = Composition { bars: &bars, unit: "万tce / 月", shown: [true; 6] };
        let scene = chart.scene(420.0, 900.0);
        crate::scene::tests::assert_inside(&scene);
        // Each segment gives one pixel to the gap above it.
        let (whole, half) = (heights(&scene, 0) + 6.0, heights(&scene, 9) + 6.0);
        assert!((whole / half - 2.0).abs() < 0.02, "{whole} {half}");
        let hatched = scene.marks.iter().filter(|m| matches!(m.shape, Shape::Hatch { .. }));
        assert!(hatched.clone().count() >= 5 && hatched.clone().all(|m| m.row == Some(9)));
    }

    #[test]
    fn the_rival_of_a_whole_is_in_reach_and_gone_beside_a_part() {
        let bars = bars();
        let lines = |shown| {
            let chart = Composition { bars: &bars, unit: "", shown };
            let scene = chart.scene(420.0, 240.0);
            crate::scene::tests::assert_inside(&scene);
            let of_rival = |shape: &Shape| matches!(shape, Shape::Rect { fill: Ink::Ink2, .. });
            scene.marks.iter().filter(|m| of_rival(&m.shape)).count()
        };
        assert_eq!(lines([true; 6]), 1);
        assert_eq!(lines([true, true, true, true, true, false]), 0);
    }

    #[test]
    fn a_hidden_group_leaves_no_hole_and_a_missing_month_is_no_zero() {
        let mut bars = bars();
        bars[2].amounts = [None; 6];
        let shown = [true, true, true, false, true, true];
        let scene = Composition { bars: &bars, unit: "", shown }.scene(420.0, 240.0);
        assert!(
            !scene
                .marks
                .iter()
                .any(|m| matches!(m.shape, Shape::Rect { fill: Ink::Electricity, .. }))
        );
        assert!(heights(&scene, 2) > 150.0, "hatched over the full height");
    }
}
