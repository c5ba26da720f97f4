//! Completeness or consumption by day: weeks × weekdays, Monday first, as many months as there are.

use nengce_shared::quality::COMPLETENESS_THRESHOLD;

use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Scene, Shape, point, rect};

/// Height of the scale under the days, and width of one of its steps.
const SCALE_HEIGHT: f64 = 22.0;
const SWATCH: f64 = 12.0;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Day {
    /// received / expected; `None` where nothing was expected.
    pub share: Option<f64>,
    /// Some of the day was entered by hand.
    pub manual: bool,
    /// Set on the first day of a month.
    pub month_name: Option<String>,
    /// The consumption's step of `Ink::SEQ`, where the calendar shows consumption and the day has any.
    pub step: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    /// Consecutive days.
    pub days: &'a [Day],
    /// Weekday of the first day, Monday = 0.
    pub first_weekday: usize,
    pub weekdays: &'a [String; 7],
    /// Paints days by their step instead of their share: the steps' limits, written, and the unit, for the scale.
    pub steps: Option<(&'a [String], &'a str)>,
}

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Whole,
    Most,
    /// Below the least completeness: outlined.
    Short,
    Missing,
    NotExpected,
    /// Of the consumption.
    Step(usize),
}

pub fn cell(share: Option<f64>) -> Cell {
    match share {
        None => Cell::NotExpected,
        Some(share) if share <= 0.0 => Cell::Missing,
        Some(share) if share < COMPLETENESS_THRESHOLD => Cell::Short,
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
        let left =
            self.weekdays.iter().map(|d| text::width(d, 11.0, false)).fold(0.0, f64::max) + 8.0;
        let head = 18.0;
        let foot = if self.steps.is_some() { SCALE_HEIGHT } else { 0.0 };
        let side = ((width - left) / self.weeks().max(1) as f64)
            .min((height - head - foot) / 7.0)
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
        if let Some((limits, unit)) = self.steps {
            self.scale(&mut scene, limits, unit);
        }
        scene
    }

    /// A day without consumption keeps the look of one without data; an empty frame where something came.
    fn cell_of(&self, day: &Day) -> Cell {
        match (self.steps, day.step, cell(day.share)) {
            (None, _, by_share) => by_share,
            (Some(_), Some(step), _) => Cell::Step(step.min(Ink::SEQ.len() - 1)),
            (Some(_), None, Cell::Missing) => Cell::Missing,
            (Some(_), None, _) => Cell::NotExpected,
        }
    }

    /// The steps in a row with the limits between them; the ends alone where there is no room for all.
    fn scale(&self, scene: &mut Scene, limits: &[String], unit: &str) {
        let width = |it: &String| text::width(it, 11.0, false);
        let all: f64 = limits.iter().map(|it| width(it) + SWATCH + 8.0).sum();
        let whole = scene.plot.x + all + text::width(unit, 11.0, false) <= scene.width;
        let (mut x, y) = (scene.plot.x, scene.height - SCALE_HEIGHT / 2.0);
        for (at, limit) in limits.iter().enumerate() {
            if whole || at == 0 || at + 1 == limits.len() {
                scene.text(point(x, y), limit.clone(), Anchor::Start, Ink::Ink2);
                x += width(limit) + 4.0;
            }
            if let Some(ink) = Ink::SEQ.get(at).filter(|_| at + 1 < limits.len()) {
                scene.rect(None, rect(x, y - 5.0, SWATCH, 10.0), *ink);
                x += SWATCH + 4.0;
            }
        }
        scene.text(point(x, y), unit, Anchor::Start, Ink::Ink2);
    }

    fn cell(&self, scene: &mut Scene, row: usize, area: crate::scene::Rect, day: &Day) {
        match self.cell_of(day) {
            Cell::Step(step) => scene.rect(Some(row), area, Ink::SEQ[step]),
            Cell::Whole => scene.rect(Some(row), area, Ink::Seq6),
            Cell::Most => scene.rect(Some(row), area, Ink::Seq4),
            Cell::Short => {
                scene.rect(Some(row), area, Ink::Seq2);
                scene.push(Some(row), Shape::Frame { rect: area, ink: Ink::Worse, width: 1.4 });
            }
            Cell::Missing => {
                scene.push(Some(row), Shape::Hatch { rect: area, ink: Ink::Line3, step: 4.0 });
                scene.push(Some(row), Shape::Frame { rect: area, ink: Ink::Worse, width: 1.0 });
            }
            Cell::NotExpected => {
                scene.push(Some(row), Shape::Frame { rect: area, ink: Ink::Line, width: 1.0 })
            }
        }
        if day.manual {
            let dark = matches!(self.cell_of(day), Cell::Whole | Cell::Step(5..));
            let fill = if dark { Ink::Surface } else { Ink::Ink };
            scene.push(
                Some(row),
                Shape::Circle { at: area.centre(), radius: 1.8, fill, edge: None },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_fall_on_their_weekday() {
        let days: Vec<Day> = (0..31).map(|_| Day { share: Some(1.0), ..Day::default() }).collect();
        let weekdays = ["一", "二", "三", "四", "五", "六", "日"].map(str::to_owned);
        let calendar = Calendar { days: &days, first_weekday: 2, weekdays: &weekdays, steps: None };
        assert_eq!(calendar.weeks(), 5);
        let scene = calendar.scene(300.0, 150.0);
        crate::scene::tests::assert_inside(&scene);
        // 1st is a Wednesday, so the 6th is the Monday of the second week.
        let (first, sixth) = (scene.hits[0].at, scene.hits[5].at);
        assert!(sixth.x > first.x && sixth.y < first.y);
        assert_eq!(scene.hits[6].at.x, sixth.x);
    }

    #[test]
    fn a_day_without_consumption_looks_as_one_without_data() {
        let calendar = Calendar {
            days: &[],
            first_weekday: 0,
            weekdays: &Default::default(),
            steps: Some((&[], "tce")),
        };
        let day = |share, step| Day { share, step, ..Day::default() };
        assert_eq!(calendar.cell_of(&day(Some(0.5), Some(6))), Cell::Step(6));
        assert_eq!(calendar.cell_of(&day(Some(0.0), None)), Cell::Missing);
        assert_eq!(calendar.cell_of(&day(Some(0.5), None)), Cell::NotExpected);
        assert_eq!(calendar.cell_of(&day(None, None)), Cell::NotExpected);
    }

    #[test]
    fn the_scale_stands_under_the_days_at_every_width() {
        let days = vec![Day::default(); 366];
        let weekdays = ["一", "二", "三", "四", "五", "六", "日"].map(str::to_owned);
        let limits: Vec<String> = (0..8).map(|at| format!("{},000.5", at + 1)).collect();
        let calendar = Calendar {
            days: &days,
            first_weekday: 0,
            weekdays: &weekdays,
            steps: Some((&limits, "tce")),
        };
        for width in [330.0, 900.0] {
            crate::scene::tests::assert_inside(&calendar.scene(width, 172.0));
        }
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
