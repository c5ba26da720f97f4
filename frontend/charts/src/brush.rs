//! The time brush: one bar per month of all years, the chosen span in accent with two handles.
//! Only geometry; dragging is the page's.

use crate::palette::Ink;
use crate::scale::{Band, Linear};
use crate::scene::{Anchor, Dash, Scene, Shape, point, rect};
use crate::text;

const FOOT: f64 = 16.0;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct BrushMonth {
    /// Printed under the bar: the year in January, a month's name in April, July, October; else empty.
    pub label: String,
    pub year_start: bool,
    pub value: Option<f64>,
    pub unfinished: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Brush<'a> {
    pub months: &'a [BrushMonth],
    /// First and last chosen month, both included.
    pub chosen: Option<(usize, usize)>,
}

impl Brush<'_> {
    pub fn band(&self, width: f64) -> Band {
        Band::new(self.months.len(), 0.0, width, 0.07)
    }

    /// Pixels of the two handles.
    pub fn handles(&self, width: f64) -> Option<(f64, f64)> {
        let (from, to) = self.chosen?;
        let band = self.band(width);
        Some((band.pitch() * from as f64, band.pitch() * (to + 1) as f64))
    }

    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let bottom = height - FOOT;
        let band = self.band(width);
        let y = Linear::from_zero(self.months.iter().filter_map(|m| m.value), 2, bottom, 4.0);
        let tallest = self
            .months
            .iter()
            .filter_map(|m| m.value)
            .fold(0.0, f64::max);
        // The tallest bar fills the height: the brush shows a shape, not an axis.
        let scale = if tallest > 0.0 {
            (bottom - 4.0) / (bottom - y.at(tallest))
        } else {
            1.0
        };
        scene.plot = rect(0.0, 0.0, width, bottom);
        let inside = |row: usize| {
            self.chosen
                .is_some_and(|(from, to)| (from..=to).contains(&row))
        };
        if let Some((left, right)) = self.handles(width) {
            scene.rect(None, rect(left, 0.0, right - left, bottom), Ink::AccentSoft);
        }
        for (row, month) in self.months.iter().enumerate() {
            let ink = if inside(row) { Ink::Accent } else { Ink::Line3 };
            match month.value {
                Some(value) => {
                    let h = (bottom - y.at(value)) * scale;
                    let area = rect(band.left(row), bottom - h, band.width(), h);
                    if month.unfinished {
                        scene.push(
                            Some(row),
                            Shape::Hatch {
                                rect: area,
                                ink,
                                step: 4.5,
                            },
                        );
                    } else {
                        scene.rect(Some(row), area, ink);
                    }
                }
                None => {
                    let area = rect(band.left(row), 4.0, band.width(), bottom - 4.0);
                    scene.push(
                        Some(row),
                        Shape::Hatch {
                            rect: area,
                            ink: Ink::Line2,
                            step: 5.0,
                        },
                    );
                }
            }
            let area = rect(band.pitch() * row as f64, 0.0, band.pitch(), height);
            scene.hit_area(row, area, point(band.mid(row), 4.0));
        }
        scene.line(
            point(0.0, bottom),
            point(width, bottom),
            Ink::Line2,
            1.0,
            Dash::Solid,
        );
        self.labels(&mut scene, band, height - 6.0);
        for x in self.handles(width).into_iter().flat_map(|(a, b)| [a, b]) {
            let x = x.clamp(1.0, width - 1.0);
            scene.rect(None, rect(x - 1.0, 0.0, 2.0, bottom), Ink::Accent);
            let grip = rect(
                (x - 4.0).clamp(0.0, width - 8.0),
                bottom / 2.0 - 7.0,
                8.0,
                14.0,
            );
            scene.rect(None, grip, Ink::Surface);
            scene.push(
                None,
                Shape::Frame {
                    rect: grip,
                    ink: Ink::Accent,
                    width: 1.0,
                },
            );
            for dx in [3.0, 5.0] {
                scene.rect(
                    None,
                    rect(grip.x + dx - 0.5, grip.y + 4.0, 1.0, 6.0),
                    Ink::Accent,
                );
            }
        }
        scene
    }

    /// Years always; months only where they fit between their neighbours.
    fn labels(&self, scene: &mut Scene, band: Band, y: f64) {
        let mut free = f64::NEG_INFINITY;
        let next_year = |row: usize| {
            self.months[row + 1..]
                .iter()
                .position(|m| m.year_start)
                .map(|n| row + 1 + n)
        };
        for (row, month) in self.months.iter().enumerate() {
            if month.label.is_empty() {
                continue;
            }
            let x = band.left(row);
            let end = x + text::width(&month.label, 11.0, month.year_start) + 8.0;
            let limit = next_year(row).map_or(scene.width, |next| band.left(next));
            let fits = x >= free && end <= scene.width + 8.0 && (month.year_start || end <= limit);
            if fits {
                let chosen = self
                    .chosen
                    .is_some_and(|(from, to)| (from..=to).contains(&row));
                let ink = if month.year_start {
                    Ink::Ink2
                } else {
                    Ink::Ink3
                };
                let bold = month.year_start && chosen;
                scene.text_sized(
                    point(x, y),
                    month.label.clone(),
                    Anchor::Start,
                    ink,
                    11.0,
                    bold,
                );
                free = end;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months() -> Vec<BrushMonth> {
        (0..34)
            .map(|i| BrushMonth {
                label: match i % 12 {
                    0 => format!("{}", 2023 + i / 12),
                    3 | 6 | 9 => format!("{}月", i % 12 + 1),
                    _ => String::new(),
                },
                year_start: i % 12 == 0,
                value: (i != 5).then_some(400.0 + f64::from(i)),
                unfinished: i == 33,
            })
            .collect()
    }

    #[test]
    fn the_chosen_span_is_accent_between_its_handles() {
        let months = months();
        let brush = Brush {
            months: &months,
            chosen: Some((24, 32)),
        };
        let scene = brush.scene(1020.0, 56.0);
        crate::scene::tests::assert_inside(&scene);
        let (left, right) = brush.handles(1020.0).expect("a span is chosen");
        assert_eq!((left, right), (720.0, 990.0));
        for mark in &scene.marks {
            if let (Some(row), Shape::Rect { fill, rect }) = (mark.row, &mark.shape) {
                let inside = rect.x >= left && rect.right() <= right;
                assert_eq!(*fill == Ink::Accent, inside, "month {row}");
            }
        }
    }

    #[test]
    fn the_missing_and_the_unfinished_are_hatched() {
        let months = months();
        let scene = Brush {
            months: &months,
            chosen: None,
        }
        .scene(390.0, 56.0);
        crate::scene::tests::assert_inside(&scene);
        let hatched = scene
            .marks
            .iter()
            .filter(|m| matches!(m.shape, Shape::Hatch { .. }));
        assert_eq!(
            hatched.filter_map(|m| m.row).collect::<Vec<_>>(),
            vec![5, 33]
        );
    }
}
