//! Units from best to worst, as wide as their output: the area above the benchmark is the saving potential.

use crate::layout::axis;
use crate::layout::label::{self, EndLabel};
use crate::layout::scale::Linear;
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Scene, Shape, point, rect};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bar {
    pub value: f64,
    pub output: f64,
    pub beyond_baseline: bool,
}

/// A horizontal line with its name at the right edge.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    pub value: f64,
    pub text: String,
    pub kind: LimitKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitKind {
    Benchmark,
    Baseline,
    Grade,
}

impl LimitKind {
    pub fn ink(self) -> Ink {
        match self {
            Self::Benchmark => Ink::Lv3,
            Self::Baseline => Ink::Lv1,
            Self::Grade => Ink::Ink2,
        }
    }

    pub fn dash(self) -> Dash {
        if self == Self::Grade { Dash::Dashed } else { Dash::Solid }
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    pub unit: String,
    pub foot: String,
    /// Two lines over the selected bar.
    pub selected: String,
    pub chosen_note: String,
    pub better: String,
}

#[derive(Debug, Clone, Copy)]
pub struct EfficiencyCurve<'a> {
    /// Best first.
    pub bars: &'a [Bar],
    pub limits: &'a [Limit],
    /// What the potential is measured against.
    pub reference: Option<f64>,
    pub selected: Option<usize>,
    pub words: &'a Words,
}

impl EfficiencyCurve<'_> {
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let wide = width >= 480.0;
        let room = if wide {
            self.limits.iter().map(|l| text::width(&l.text, 11.0, true)).fold(0.0, f64::max) + 14.0
        } else {
            6.0
        };
        let head =
            if self.selected.is_some() && !self.words.selected.is_empty() { 50.0 } else { 26.0 };
        let (top, bottom) = (head, height - 42.0);
        let values = self
            .bars
            .iter()
            .map(|b| b.value)
            .chain(self.limits.iter().map(|l| l.value))
            .chain(self.reference);
        // The lowest bar keeps some height: the axis starts one step below it.
        let y = Linear::nice(values.clone(), ((bottom - top) / 40.0) as usize, bottom, top);
        let lowest = values.fold(f64::INFINITY, f64::min);
        let y = if lowest - y.min < y.step * 0.5 {
            // A step below, but not below zero when nothing is.
            let floor = if lowest >= 0.0 { 0.0 } else { f64::MIN };
            Linear { min: (y.min - y.step).max(floor), ..y }
        } else {
            y
        };
        let left = axis::gutter(&y).max(40.0);
        let plot = rect(left, top, (width - left - room).max(40.0), bottom - top);
        scene.plot = plot;
        axis::upright(
            &mut scene,
            rect(plot.x, plot.y.max(26.0), plot.w, plot.h),
            &y,
            &self.words.unit,
        );
        let total: f64 = self.bars.iter().map(|b| b.output.max(0.0)).sum();
        let per = if total > 0.0 { plot.w / total } else { 0.0 };
        let floor = self.reference.map(|r| y.at(r));
        let mut x = plot.x;
        for (row, bar) in self.bars.iter().enumerate() {
            let w = bar.output.max(0.0) * per;
            self.bar(&mut scene, row, bar, x, w, y.at(bar.value), floor);
            scene.hit_area(
                row,
                rect(x, plot.y, w.max(1.0), plot.h),
                point(x + w / 2.0, y.at(bar.value)),
            );
            x += w;
        }
        for limit in self.limits {
            let at = y.at(limit.value).round();
            let line = if limit.kind == LimitKind::Grade { 1.2 } else { 1.5 };
            scene.line(
                point(plot.x, at),
                point(plot.right(), at),
                limit.kind.ink(),
                line,
                limit.kind.dash(),
            );
        }
        if wide {
            self.names(&mut scene, &y, per);
        }
        self.foot(&mut scene, total, per);
        self.callout(&mut scene);
        scene
    }

    #[expect(clippy::too_many_arguments, reason = "a bar is a row, a place and a floor")]
    fn bar(
        &self,
        scene: &mut Scene,
        row: usize,
        bar: &Bar,
        x: f64,
        w: f64,
        top: f64,
        floor: Option<f64>,
    ) {
        let bottom = scene.plot.bottom();
        // One pixel of ground parts neighbours when they are wide enough for it.
        let w = if w > 3.0 { w - 1.0 } else { w };
        let ink = if self.selected == Some(row) {
            Ink::Accent
        } else if bar.beyond_baseline {
            Ink::Lv1
        } else {
            Ink::Seq5
        };
        let whole = rect(x, top, w, bottom - top);
        match floor {
            // Above the floor is potential; under it is what even the benchmark uses.
            Some(floor) if self.selected != Some(row) => {
                let under = rect(x, top.max(floor), w, bottom - top.max(floor));
                scene.rect(Some(row), under, Ink::Surface3);
                scene.push(Some(row), Shape::Frame { rect: under, ink: Ink::Line3, width: 1.0 });
                scene.rect(Some(row), rect(x, top, w, (floor - top).max(0.0)), ink);
            }
            _ => scene.rect(Some(row), whole, ink),
        }
    }

    fn names(&self, scene: &mut Scene, y: &Linear, per: f64) {
        let plot = scene.plot;
        let labels: Vec<EndLabel> = self
            .limits
            .iter()
            .map(|limit| EndLabel {
                y: y.at(limit.value),
                text: limit.text.clone(),
                bold: limit.kind != LimitKind::Grade,
                ink: limit.kind.ink(),
            })
            .collect();
        label::end_labels(scene, &labels, plot.right(), plot.right() + 8.0, plot.y, plot.bottom());
        let Some(reference) = self.reference else { return };
        // The words stand over the bars below the line, and only where they reach no bar above it.
        let below = self.bars.iter().take_while(|it| it.value < reference);
        let room = below.map(|it| it.output * per).sum::<f64>() - 8.0;
        if text::width(&self.words.better, 11.0, false) <= room {
            let at = point(plot.x + 4.0, y.at(reference) - 10.0);
            scene.text_halo(at, self.words.better.clone(), Anchor::Start, Ink::Lv3, false);
        }
    }

    fn foot(&self, scene: &mut Scene, total: f64, per: f64) {
        let plot = scene.plot;
        if total > 0.0 {
            let ticks = Linear::from_zero([total], 5, 0.0, 1.0);
            for tick in ticks.ticks().into_iter().filter(|tick| *tick <= total) {
                let figure = text::tick(tick, ticks.step);
                let at = point(plot.x + tick * per, plot.bottom() + 12.0);
                scene.text(at, figure, Anchor::Middle, Ink::Ink2);
            }
        }
        let at = point(plot.right(), scene.height - 10.0);
        let words = text::fit(&self.words.foot, 11.0, plot.right());
        scene.text(at, words, Anchor::End, Ink::Ink2);
    }

    fn callout(&self, scene: &mut Scene) {
        let Some(at) = self.selected.and_then(|row| scene.hit_of(row)).map(|hit| hit.at) else {
            return;
        };
        if self.words.selected.is_empty() {
            return;
        }
        scene.line(point(at.x.round(), 8.0), point(at.x.round(), at.y), Ink::Ink, 1.0, Dash::Solid);
        let room = text::width(&self.words.selected, 11.0, true).max(text::width(
            &self.words.chosen_note,
            11.0,
            false,
        ));
        let (x, anchor) = if at.x - room - 8.0 > 60.0 {
            (at.x - 6.0, Anchor::End)
        } else {
            (at.x + 6.0, Anchor::Start)
        };
        scene.text_halo(point(x, 12.0), self.words.selected.clone(), anchor, Ink::Ink, true);
        scene.text_halo(point(x, 27.0), self.words.chosen_note.clone(), anchor, Ink::Ink2, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars() -> Vec<Bar> {
        (0..22)
            .map(|i| Bar {
                value: 352.0 + f64::from(i) * 4.0,
                output: 100.0 + f64::from(i % 5) * 60.0,
                beyond_baseline: i == 21,
            })
            .collect()
    }

    fn limits() -> Vec<Limit> {
        let limit = |value: f64, text: &str, kind| Limit { value, text: text.to_owned(), kind };
        vec![
            limit(361.0, "标杆 361", LimitKind::Benchmark),
            limit(370.0, "2级 370", LimitKind::Grade),
            limit(435.0, "基准 435", LimitKind::Baseline),
        ]
    }

    #[test]
    fn widths_are_outputs_and_the_area_above_is_the_potential() {
        let (bars, limits) = (bars(), limits());
        let words = Words::default();
        let chart = EfficiencyCurve {
            bars: &bars,
            limits: &limits,
            reference: Some(361.0),
            selected: None,
            words: &words,
        };
        let scene = chart.scene(800.0, 300.0);
        crate::scene::tests::assert_inside(&scene);
        let width = |row: usize| {
            scene.hits.iter().find_map(|h| match h.region {
                crate::scene::Region::Area(area) if h.row == row => Some(area.w),
                _ => None,
            })
        };
        let (a, b) = (width(0).expect("bar"), width(1).expect("bar"));
        assert!((b / a - 1.6).abs() < 1e-6);
        let above: Vec<usize> = scene
            .marks
            .iter()
            .filter(|m| matches!(m.shape, Shape::Rect { fill: Ink::Seq5, .. }))
            .filter_map(|m| m.row)
            .collect();
        assert_eq!(above.first(), Some(&3), "352, 356 and 360 are below 361");
        assert!(scene.marks.iter().any(|m| matches!(m.shape, Shape::Rect { fill: Ink::Lv1, .. }) && m.row == Some(21)));
    }

    #[test]
    fn one_unit_and_none_still_draw() {
        let words = Words { selected: "津澜二号 398.6".to_owned(), ..Words::default() };
        let one = [Bar { value: -20.0, output: 5.0, beyond_baseline: false }];
        let chart = EfficiencyCurve {
            bars: &one,
            limits: &[],
            reference: None,
            selected: Some(0),
            words: &words,
        };
        crate::scene::tests::assert_inside(&chart.scene(400.0, 260.0));
        let chart = EfficiencyCurve { bars: &[], selected: None, ..chart };
        assert!(chart.scene(400.0, 260.0).hits.is_empty());
    }
}
