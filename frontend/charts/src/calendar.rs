//! Completeness by day: weeks × weekdays, Monday first, as many months as there are.

use crate::palette::Ink;
use crate::scene::{Anchor, Scene, Shape, point, rect};
use crate::text;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Day {
    /// received / expected; `None` where nothing was expected.
    pub share: Option<f64>,
    /// Some of the day was entered by hand.
    pub manual: bool,
    /// Set on the first day of a month.
    pub month_name: Option<String>,
}

#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    /// Consecutive days.
    pub days: &'a [Day],
    /// Weekday of the first day, Monday = 0.
    pub first_weekday: usize,
    pub weekdays: &'a [String; 7],
}

/// What a cell looks like; the legend names the same four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Whole,
    Most,
    /// Below 90 %: outlined.
    Short,
    Missing,
    NotExpected,
}

pub fn cell(share: Option<f64>) -> Cell {
    match share {
        None => Cell::NotExpected,
        Some(share) if share <= 0.0 => Cell::Missing,
        Some(share) if share < 0.9 => Cell::Short,
        Some(share) if share < 1.0 => Cell::Most,
        Some(_) => Cell::Whole,
    }
}

impl Calendar<'_> {
    pub fn weeks(&self) -> usize {
        (self.first_weekday + self.days.len()).div_ceil(7)
    }

    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let left = self
            .weekdays
            .iter()
            .map(|d| text::width(d, 11.0, false))
            .fold(0.0, f64::max)
            + 8.0;
        let head = 18.0;
        let side = ((width - left) / self.weeks().max(1) as f64)
            .min((height - head) / 7.0)
            .min(22.0);
        scene.plot = rect(left, head, side * self.weeks() as f64, side * 7.0);
        for weekday in [0, 2, 4, 6] {
            let y = head + side * (weekday as f64 + 0.5);
            scene.text(
                point(left - 6.0, y),
                self.weekdays[weekday].clone(),
                Anchor::End,
                Ink::Ink2,
            );
        }
        let mut free = 0.0;
        for (row, day) in self.days.iter().enumerate() {
            let place = self.first_weekday + row;
            let (week, weekday) = (place / 7, place % 7);
            let x = left + side * week as f64;
            let area = rect(x, head + side * weekday as f64, side - 2.0, side - 2.0);
            if let Some(name) = &day.month_name
                && x >= free
                && x + text::width(name, 11.0, false) <= width
            {
                scene.text(point(x, 8.0), name.clone(), Anchor::Start, Ink::Ink2);
                free = x + text::width(name, 11.0, false) + 8.0;
            }
            self.cell(&mut scene, row, area, day);
            scene.hit_area(row, rect(area.x, area.y, side, side), area.centre());
        }
        scene
    }

    fn cell(&self, scene: &mut Scene, row: usize, area: crate::scene::Rect, day: &Day) {
        match cell(day.share) {
            Cell::Whole => scene.rect(Some(row), area, Ink::Seq6),
            Cell::Most => scene.rect(Some(row), area, Ink::Seq4),
            Cell::Short => {
                scene.rect(Some(row), area, Ink::Seq2);
                scene.push(
                    Some(row),
                    Shape::Frame {
                        rect: area,
                        ink: Ink::Worse,
                        width: 1.4,
                    },
                );
            }
            Cell::Missing => {
                scene.push(
                    Some(row),
                    Shape::Hatch {
                        rect: area,
                        ink: Ink::Line3,
                        step: 4.0,
                    },
                );
                scene.push(
                    Some(row),
                    Shape::Frame {
                        rect: area,
                        ink: Ink::Worse,
                        width: 1.0,
                    },
                );
            }
            Cell::NotExpected => scene.push(
                Some(row),
                Shape::Frame {
                    rect: area,
                    ink: Ink::Line,
                    width: 1.0,
                },
            ),
        }
        if day.manual {
            let whole = cell(day.share) == Cell::Whole;
            let fill = if whole { Ink::Surface } else { Ink::Ink };
            scene.push(
                Some(row),
                Shape::Circle {
                    at: area.centre(),
                    radius: 1.8,
                    fill,
                    edge: None,
                },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_fall_on_their_weekday() {
        let days: Vec<Day> = (0..31)
            .map(|_| Day {
                share: Some(1.0),
                ..Day::default()
            })
            .collect();
        let weekdays = ["一", "二", "三", "四", "五", "六", "日"].map(str::to_owned);
        let calendar = Calendar {
            days: &days,
            first_weekday: 2,
            weekdays: &weekdays,
        };
        assert_eq!(calendar.weeks(), 5);
        let scene = calendar.scene(300.0, 150.0);
        crate::scene::tests::assert_inside(&scene);
        // 1st is a Wednesday, so the 6th is the Monday of the second week.
        let (first, sixth) = (scene.hits[0].at, scene.hits[5].at);
        assert!(sixth.x > first.x && sixth.y < first.y);
        assert_eq!(scene.hits[6].at.x, sixth.x);
    }

    #[test]
    fn missing_is_not_zero_and_not_expected_is_neither() {
        assert_eq!(cell(None), Cell::NotExpected);
        assert_eq!(cell(Some(0.0)), Cell::Missing);
        assert_eq!(cell(Some(0.899)), Cell::Short);
        assert_eq!(cell(Some(0.999)), Cell::Most);
        assert_eq!(cell(Some(1.0)), Cell::Whole);
    }
}
