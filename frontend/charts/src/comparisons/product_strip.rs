//! Unit product consumption of many products on one axis: benchmark = 0, baseline = 1, a dot per unit,
//! a triangle beyond the baseline.

use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Scene, Shape, Sign, point, rect};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Product {
    pub name: String,
    pub benchmark: f64,
    pub baseline: f64,
    pub levels: Vec<f64>,
    pub values: Vec<f64>,
    /// 「361 – 435 kgce/t」
    pub range: String,
    /// 「1 / 22」
    pub beyond: String,
    pub any_beyond: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    pub name: String,
    pub benchmark: String,
    pub baseline: String,
    pub range: String,
    pub beyond: String,
    pub better: String,
    pub worse: String,
}

#[derive(Debug, Clone, Copy)]
pub struct ProductStrip<'a> {
    pub products: &'a [Product],
    pub words: &'a Words,
}

const HEAD_HEIGHT: f64 = 24.0;
const ROW_HEIGHT: f64 = 30.0;
const FOOT_HEIGHT: f64 = 22.0;
const LOW_END: f64 = -0.6;
const HIGH_END: f64 = 1.6;

/// Where a value stands between benchmark (0) and baseline (1).
pub fn normalised(value: f64, benchmark: f64, baseline: f64) -> Option<f64> {
    (baseline > benchmark).then(|| (value - benchmark) / (baseline - benchmark))
}

/// The product and the value that a hit's row stands for.
pub fn locate(products: &[Product], row: usize) -> Option<(usize, usize)> {
    let mut left = row;
    for (index, product) in products.iter().enumerate() {
        if left < product.values.len() {
            return Some((index, left));
        }
        left -= product.values.len();
    }
    None
}

impl ProductStrip<'_> {
    pub fn natural_height(&self) -> f64 {
        HEAD_HEIGHT + ROW_HEIGHT * self.products.len() as f64 + FOOT_HEIGHT
    }

    #[expect(clippy::too_many_lines, reason = "the marks of one row, drawn in their order")]
    pub fn scene(&self, width: f64) -> Scene {
        let height = self.natural_height();
        let mut scene = Scene::new(width, height);
        let widest = |pick: fn(&Product) -> &String| {
            self.products.iter().map(|p| text::width(pick(p), 11.0, false)).fold(0.0, f64::max)
        };
        let name_room = (widest(|p| &p.name) + 12.0).min(width * 0.3);
        let beyond_room =
            widest(|p| &p.beyond).max(text::width(&self.words.beyond, 11.0, false)) + 8.0;
        let range_room = if width >= 520.0 { widest(|p| &p.range) + 16.0 } else { 0.0 };
        let plot = rect(
            name_room,
            HEAD_HEIGHT,
            (width - name_room - range_room - beyond_room).max(60.0),
            ROW_HEIGHT * self.products.len() as f64,
        );
        scene.plot = plot;
        let x = |n: f64| {
            plot.x + (n.clamp(LOW_END, HIGH_END) - LOW_END) / (HIGH_END - LOW_END) * plot.w
        };
        scene.rect(None, rect(plot.x, plot.y, x(0.0) - plot.x, plot.h), Ink::Lv3Soft);
        scene.rect(None, rect(x(1.0), plot.y, plot.right() - x(1.0), plot.h), Ink::Lv1Soft);
        self.head(&mut scene, x(0.0), x(1.0), range_room > 0.0, width - beyond_room);
        let mut row = 0;
        for (index, product) in self.products.iter().enumerate() {
            let y = HEAD_HEIGHT + ROW_HEIGHT * (index as f64 + 0.5);
            scene.line(
                point(0.0, y + ROW_HEIGHT / 2.0),
                point(width, y + ROW_HEIGHT / 2.0),
                Ink::Line,
                1.0,
                Dash::Solid,
            );
            scene.line(point(plot.x, y), point(plot.right(), y), Ink::Line, 1.0, Dash::Solid);
            let name = text::fit(&product.name, 11.0, name_room - 6.0);
            scene.text(point(0.0, y), name, Anchor::Start, Ink::Ink);
            for (level, value) in product.levels.iter().enumerate() {
                if let Some(n) = normalised(*value, product.benchmark, product.baseline)
                    .filter(|n| (LOW_END..HIGH_END).contains(n))
                {
                    let dash = if level == 2 { Dash::Solid } else { Dash::Dotted };
                    scene.line(
                        point(x(n).round(), y - 7.0),
                        point(x(n).round(), y + 7.0),
                        Ink::Ink2,
                        1.2,
                        dash,
                    );
                }
            }
            for value in &product.values {
                if let Some(n) = normalised(*value, product.benchmark, product.baseline) {
                    let at = point(x(n), y);
                    if n > 1.0 {
                        scene.push(
                            Some(row),
                            Shape::Sign { at, radius: 4.5, kind: Sign::Triangle, ink: Ink::Lv1 },
                        );
                    } else {
                        let edge = Some((Ink::Surface, 1.0));
                        scene.push(
                            Some(row),
                            Shape::Circle { at, radius: 3.5, fill: Ink::Seq6, edge },
                        );
                    }
                    scene.hit_spot(row, at);
                }
                row += 1;
            }
            if range_room > 0.0 {
                scene.text(
                    point(plot.right() + range_room - 4.0, y),
                    product.range.clone(),
                    Anchor::End,
                    Ink::Ink,
                );
            }
            let ink = if product.any_beyond { Ink::Lv1 } else { Ink::Ink2 };
            let at = point(width, y);
            scene.text_sized(
                at,
                product.beyond.clone(),
                Anchor::End,
                ink,
                11.0,
                product.any_beyond,
            );
        }
        for (at, ink) in [(x(0.0), Ink::Lv3), (x(1.0), Ink::Lv1)] {
            scene.line(
                point(at.round(), plot.y),
                point(at.round(), plot.bottom()),
                ink,
                1.5,
                Dash::Solid,
            );
        }
        let foot = height - FOOT_HEIGHT / 2.0;
        scene.text(point(plot.x, foot), self.words.better.clone(), Anchor::Start, Ink::Ink2);
        scene.text(point(plot.right(), foot), self.words.worse.clone(), Anchor::End, Ink::Ink2);
        scene
    }

    fn head(&self, scene: &mut Scene, zero: f64, one: f64, range: bool, range_right: f64) {
        let y = HEAD_HEIGHT / 2.0;
        scene.text(point(0.0, y), self.words.name.clone(), Anchor::Start, Ink::Ink3);
        scene.text_bold(point(zero, y), self.words.benchmark.clone(), Anchor::Middle, Ink::Lv3);
        scene.text_bold(point(one, y), self.words.baseline.clone(), Anchor::Middle, Ink::Lv1);
        if range {
            scene.text(
                point(range_right - 4.0, y),
                self.words.range.clone(),
                Anchor::End,
                Ink::Ink3,
            );
        }
        scene.text(point(scene.width, y), self.words.beyond.clone(), Anchor::End, Ink::Ink3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn products() -> Vec<Product> {
        vec![
            Product {
                name: "高炉工序".to_owned(),
                benchmark: 361.0,
                baseline: 435.0,
                levels: vec![361.0, 370.0, 415.0],
                values: vec![352.1, 398.0, 440.0],
                range: "361 – 435 kgce/t".to_owned(),
                beyond: "1 / 3".to_owned(),
                any_beyond: true,
            },
            Product {
                name: "转炉工序".to_owned(),
                benchmark: -30.0,
                baseline: -10.0,
                values: vec![-25.0, 500.0],
                ..Product::default()
            },
        ]
    }

    #[test]
    fn benchmark_is_zero_baseline_one_also_below_zero() {
        assert_eq!(normalised(361.0, 361.0, 435.0), Some(0.0));
        assert_eq!(normalised(435.0, 361.0, 435.0), Some(1.0));
        assert_eq!(normalised(-25.0, -30.0, -10.0), Some(0.25));
        assert_eq!(normalised(1.0, 5.0, 5.0), None);
    }

    #[test]
    fn triangles_stand_beyond_the_baseline_and_rows_are_found_again() {
        let products = products();
        let words = Words::default();
        let chart = ProductStrip { products: &products, words: &words };
        for width in [358.0, 900.0] {
            crate::scene::tests::assert_inside(&chart.scene(width));
        }
        let scene = chart.scene(900.0);
        let triangles = scene
            .marks
            .iter()
            .filter(|m| matches!(m.shape, Shape::Sign { kind: Sign::Triangle, .. }));
        assert_eq!(triangles.filter_map(|m| m.row).collect::<Vec<_>>(), vec![2, 4]);
        assert_eq!(locate(&products, 2), Some((0, 2)));
        assert_eq!(locate(&products, 3), Some((1, 0)));
        assert_eq!(locate(&products, 5), None);
    }
}
