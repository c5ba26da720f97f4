//! A beeswarm of units with the quartile box, the limit lines, and the selected unit's percentile.

use nengce_shared::number;
use nengce_shared::order;

use crate::comparisons::efficiency_curve::{Limit, LimitKind};
use crate::layout::scale::Linear;
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Point, Scene, Shape, Sign, point, rect};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quartiles {
    pub min: f64,
    pub p25: f64,
    pub p50: f64,
    pub p75: f64,
    pub max: f64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    pub selected: String,
    pub median: String,
    pub percentile: String,
    pub decimals: usize,
}

#[derive(Debug, Clone, Copy)]
pub struct Distribution<'a> {
    pub values: &'a [f64],
    /// Beyond the baseline: a triangle.
    pub beyond: &'a [bool],
    pub quartiles: Option<Quartiles>,
    pub limits: &'a [Limit],
    pub selected: Option<usize>,
    /// 0–100.
    pub percentile: Option<f64>,
    pub words: &'a Words,
}

const RADIUS: f64 = 4.0;

impl Distribution<'_> {
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let ends = self.values.iter().copied().chain(self.limits.iter().map(|l| l.value));
        let mut x = Linear::nice(ends.clone(), 5, 12.0, width - 12.0);
        // No axis figures here, so the domain hugs the data.
        if let Some((min, max)) = crate::layout::scale::extent(ends)
            && max > min
        {
            let pad = (max - min) * 0.05;
            (x.min, x.max) = (min - pad, max + pad);
        }
        let foot = if self.percentile.is_some() { 58.0 } else { 0.0 };
        let box_y = height - foot - 46.0;
        let (top, middle) = (48.0, (48.0 + box_y - 14.0) / 2.0);
        scene.plot = rect(12.0, top, width - 24.0, box_y - 14.0 - top);
        self.limits(&mut scene, &x, box_y + 8.0);
        let places =
            swarm(self.values, &x, middle, scene.plot.y + RADIUS, scene.plot.bottom() - RADIUS);
        let order =
            (0..self.values.len()).filter(|row| Some(*row) != self.selected).chain(self.selected);
        for row in order.filter(|row| *row < places.len()) {
            self.dot(&mut scene, row, places[row]);
        }
        self.quartile_box(&mut scene, &x, box_y);
        if let Some(percentile) = self.percentile {
            self.percentile_bar(&mut scene, percentile, height - 30.0);
        }
        scene
    }

    fn dot(&self, scene: &mut Scene, row: usize, at: Point) {
        let edge = Some((Ink::Surface, 1.0));
        if self.selected == Some(row) {
            scene.push(
                Some(row),
                Shape::Circle { at, radius: RADIUS + 2.0, fill: Ink::Accent, edge },
            );
            let half = text::width(&self.words.selected, 11.0, true) / 2.0;
            let x = at.x.clamp(half, (scene.width - half).max(half));
            scene.text_halo(
                point(x, at.y + 14.0),
                self.words.selected.clone(),
                Anchor::Middle,
                Ink::Ink,
                true,
            );
        } else if self.beyond.get(row).copied().unwrap_or(false) {
            scene.push(
                Some(row),
                Shape::Sign { at, radius: RADIUS + 0.5, kind: Sign::Triangle, ink: Ink::Lv1 },
            );
        } else {
            scene.push(Some(row), Shape::Circle { at, radius: RADIUS, fill: Ink::Seq5, edge });
        }
        scene.hit_spot(row, at);
    }

    /// Upright lines; their names step down so that none covers another.
    fn limits(&self, scene: &mut Scene, x: &Linear, bottom: f64) {
        let order = order::by_rising(self.limits.iter().collect(), |it: &&Limit| it.value);
        let mut free = [f64::NEG_INFINITY; 3];
        for limit in order {
            let at = x.at(limit.value).round();
            let bold = limit.kind != LimitKind::Grade;
            let half = text::width(&limit.text, 11.0, bold) / 2.0;
            let mid = at.clamp(half, (scene.width - half).max(half));
            let level = free.iter().position(|end| mid - half > *end).unwrap_or(2);
            free[level] = mid + half + 4.0;
            let name_y = 8.0 + 13.0 * level as f64;
            scene.line(
                point(at, name_y + 8.0),
                point(at, bottom),
                limit.kind.ink(),
                1.2,
                limit.kind.dash(),
            );
            scene.text_halo(
                point(mid, name_y),
                limit.text.clone(),
                Anchor::Middle,
                limit.kind.ink(),
                bold,
            );
        }
    }

    fn quartile_box(&self, scene: &mut Scene, x: &Linear, y: f64) {
        let Some(q) = self.quartiles else { return };
        let mid = y.round();
        scene.line(point(x.at(q.min), mid), point(x.at(q.max), mid), Ink::Ink2, 1.0, Dash::Solid);
        let area = rect(x.at(q.p25), y - 7.0, (x.at(q.p75) - x.at(q.p25)).max(1.0), 14.0);
        scene.rect(None, area, Ink::Surface2);
        scene.push(None, Shape::Frame { rect: area, ink: Ink::Line3, width: 1.0 });
        let median = x.at(q.p50).round();
        scene.line(point(median, y - 7.0), point(median, y + 7.0), Ink::Ink, 2.0, Dash::Solid);
        let labels = [(q.p25, "P25"), (q.p50, self.words.median.as_str()), (q.p75, "P75")];
        let wanted: Vec<f64> = labels.iter().map(|(v, _)| x.at(*v)).collect();
        let widest = labels
            .iter()
            .map(|(v, _)| text::width(&number::grouped(*v, self.words.decimals), 11.0, true))
            .fold(28.0, f64::max);
        let placed = crate::layout::label::spread(
            &wanted,
            widest + 6.0,
            widest / 2.0,
            scene.width - widest / 2.0,
        );
        for ((value, name), at) in labels.into_iter().zip(placed) {
            scene.text_bold(
                point(at, y + 17.0),
                number::grouped(value, self.words.decimals),
                Anchor::Middle,
                Ink::Ink,
            );
            scene.text(point(at, y + 30.0), name, Anchor::Middle, Ink::Ink3);
        }
    }

    fn percentile_bar(&self, scene: &mut Scene, percentile: f64, y: f64) {
        let (left, w) = (12.0, scene.width - 24.0);
        let x = |p: f64| left + p / 100.0 * w;
        scene.text(point(left, y - 16.0), self.words.percentile.clone(), Anchor::Start, Ink::Ink2);
        scene.rect(None, rect(left, y - 3.0, w, 6.0), Ink::Surface2);
        scene.rect(None, rect(x(25.0), y - 3.0, w / 2.0, 6.0), Ink::Line2);
        for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
            let anchor = if tick == 0.0 {
                Anchor::Start
            } else if tick == 100.0 {
                Anchor::End
            } else {
                Anchor::Middle
            };
            scene.text(point(x(tick), y + 15.0), number::grouped(tick, 0), anchor, Ink::Ink2);
        }
        let at = point(x(percentile.clamp(0.0, 100.0)), y);
        let edge = Some((Ink::Surface, 2.0));
        scene.push(self.selected, Shape::Circle { at, radius: 5.0, fill: Ink::Accent, edge });
        let figure = number::grouped(percentile, 1);
        let half = text::width(&figure, 11.0, true) / 2.0;
        let mid = at.x.clamp(half + left, left + w - half);
        scene.text_halo(point(mid, y - 16.0), figure, Anchor::Middle, Ink::Ink, true);
    }
}

/// Dots keep their x; those that would overlap move up and down in turn, never out of `lo..=hi`.
fn swarm(values: &[f64], x: &Linear, middle: f64, lo: f64, hi: f64) -> Vec<Point> {
    let order = order::rising(values);
    let gap = RADIUS * 2.0 + 1.0;
    let mut placed: Vec<Point> = Vec::with_capacity(values.len());
    let mut out = vec![point(0.0, middle); values.len()];
    for row in order {
        let at_x = x.at(values[row]);
        let offsets = (0..40).map(|k| {
            let step = f64::from((k + 1) / 2) * 4.0;
            if k % 2 == 0 { -step } else { step }
        });
        let free = |y: f64| {
            placed
                .iter()
                .rev()
                .take_while(|p| at_x - p.x < gap)
                .all(|p| (p.x - at_x).hypot(p.y - y) >= gap)
        };
        let y = offsets
            .map(|o| middle + o)
            .filter(|y| (lo..=hi).contains(y))
            .find(|y| free(*y))
            .unwrap_or(middle);
        out[row] = point(at_x, y);
        placed.push(out[row]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_keep_their_value_and_do_not_overlap() {
        let values: Vec<f64> = (0..22).map(|i| 380.0 + f64::from(i % 7)).collect();
        let x = Linear::nice(values.clone(), 5, 12.0, 360.0);
        let places = swarm(&values, &x, 100.0, 10.0, 190.0);
        for (i, p) in places.iter().enumerate() {
            assert_eq!(p.x, x.at(values[i]));
            for q in &places[i + 1..] {
                assert!((p.x - q.x).hypot(p.y - q.y) >= RADIUS * 2.0);
            }
        }
    }

    #[test]
    fn stays_inside_with_a_chosen_unit_and_limits() {
        let values: Vec<f64> = (0..22).map(|i| 352.0 + f64::from(i) * 4.0).collect();
        let beyond: Vec<bool> = values.iter().map(|v| *v > 435.0).collect();
        let limit = |value: f64, text: &str, kind| Limit { value, text: text.to_owned(), kind };
        let limits = [
            limit(361.0, "标杆 361", LimitKind::Benchmark),
            limit(370.0, "2级 370", LimitKind::Grade),
            limit(435.0, "基准 435", LimitKind::Baseline),
        ];
        let quartiles =
            Some(Quartiles { min: 352.0, p25: 373.0, p50: 393.0, p75: 410.0, max: 436.0 });
        let words = Words {
            selected: "津澜二号".to_owned(),
            median: "中位".to_owned(),
            percentile: "百分位".to_owned(),
            decimals: 0,
        };
        let chart = Distribution {
            values: &values,
            beyond: &beyond,
            quartiles,
            limits: &limits,
            selected: Some(14),
            percentile: Some(68.2),
            words: &words,
        };
        for width in [340.0, 460.0] {
            let scene = chart.scene(width, 270.0);
            crate::scene::tests::assert_inside(&scene);
            assert_eq!(scene.hits.len(), 22);
            let triangles =
                scene.marks.iter().filter(|m| matches!(m.shape, Shape::Sign { .. })).count();
            assert_eq!(triangles, 1);
        }
    }
}
