//! Explains a day that looks odd by the item's own past: the same weeks of the year before, campaigns, weather, a
//! lasting change of level. It is computed only for days that a rule would otherwise mark.

use super::scale::{is_weekend, median};
use super::series::ItemSeries;
use super::{AHEAD_DAYS, AROUND_DAYS, ItemDay, YEAR_DAYS};

/// The largest distance in days to the nearest day of the same kind (weekend or not).
pub(super) const SAME_KIND_DAYS: i32 = 5;
/// Days of history that show how an item moves with the weather, and the unit's usual activity.
pub(super) const RECENT_DAYS: i32 = 42;
/// Days around the same date of the year before that count as that date, and the number of days in the weeks around it
/// that show as much.
const SAME_DATE_DAYS: i32 = 3;
const LEAST_RETURNS: usize = 3;
/// The number of days with figures around the date of the year before that make that year known.
const LEAST_DAYS_A_YEAR_BEFORE: usize = 14;
/// Two figures within this factor are on one level.
const LEVEL_FACTOR: f64 = 1.5;
/// Days after a change of level, and the number of them that keep the new level when it lasts.
const DAYS_AFTER_CHANGE: i32 = 14;
const LEAST_DAYS_KEPT: usize = 10;
/// One day in so many, and one more, may be wrong at either end of the sorted figures.
const DAYS_PER_WRONG_DAY: usize = 20;
/// A unit at this share of its usual activity does not stand still.
const RUNNING_SHARE: f64 = 0.2;
/// Figures within this distance (log10) keep a level.
const LEVEL_LOG10: f64 = 0.3;

fn is_level(a: f64, b: f64) -> bool {
    b > 0.0 && (1.0 / LEVEL_FACTOR..=LEVEL_FACTOR).contains(&(a / b))
}

/// The activity of a unit by its other items, each with its usual day of some weeks.
struct Activity<'a>(Vec<(&'a ItemSeries, f64)>);

impl Activity<'_> {
    /// The median of figure divided by usual day, at most 1; 1 when no other item has a figure.
    fn on(&self, day: i32) -> f64 {
        let of = |it: &(&ItemSeries, f64)| Some(it.0.figure(day)? / it.1);
        median(&mut self.0.iter().filter_map(of).collect::<Vec<_>>()).map_or(1.0, |it| it.min(1.0))
    }
}

impl ItemDay<'_> {
    /// The activity of the other items in the weeks around a day; it is low during a festival or a weekend.
    fn activity(&self, day: i32) -> Activity<'_> {
        let others = self.unit.items.iter().filter(|it| it.is_quantity() && it.id != self.item.id);
        let usual = others.filter_map(|item| {
            let weeks = item.days.range(day - RECENT_DAYS..=day + AHEAD_DAYS);
            let mut values: Vec<f64> = weeks.filter_map(|it| it.1.figure).collect();
            Some((item, median(&mut values).filter(|it| *it > 0.0)?))
        });
        Activity(usual.collect())
    }

    /// Whether the item has enough figures around this date of the year before.
    pub fn knows_year(&self) -> bool {
        let date = self.day - YEAR_DAYS;
        let around = self.item.days.range(date - AROUND_DAYS..=date + AROUND_DAYS);
        around.filter(|it| it.1.figure.is_some()).count() >= LEAST_DAYS_A_YEAR_BEFORE
    }

    /// Figures of the year before with their distance in days from this date, on days whose activity satisfies
    /// `is_activity`.
    fn year_before(&self, is_activity: impl Fn(f64) -> bool) -> Vec<(i32, f64)> {
        let date = self.day - YEAR_DAYS;
        let then = self.activity(date);
        let around = self.item.days.range(date - AROUND_DAYS..=date + AROUND_DAYS);
        let known = around.filter_map(|(day, it)| Some((*day - date, it.figure?)));
        known.filter(|it| is_activity(then.on(date + it.0))).collect()
    }

    /// Whether the year before had figures that satisfy `is` around this date: on the date itself, or on some days of
    /// the weeks around it.
    fn was_such(&self, is_activity: impl Fn(f64) -> bool, is: impl Fn(f64) -> bool) -> bool {
        let mut such = self.year_before(is_activity);
        such.retain(|it| is(it.1));
        such.len() >= LEAST_RETURNS || such.iter().any(|it| it.0.abs() <= SAME_DATE_DAYS)
    }

    /// Whether a figure of at most `least` is to be expected of the item on this day.
    pub fn is_off_by_nature(&self, least: f64) -> bool {
        self.item.pattern.comes_and_goes
            || self.may_be_heating()
            || self.was_such(|activity| activity >= RUNNING_SHARE, |it| (0.0..=least).contains(&it))
    }

    /// Whether the item may be a heating outside the core of the season. Before a year is known, only its energy and
    /// its region show this.
    fn may_be_heating(&self) -> bool {
        self.is_border_of_heating() && !self.knows_year()
    }

    /// Whether the item follows the weather: it may heat rooms and does not run all year.
    pub fn follows_weather(&self) -> bool {
        self.item.warms && !self.item.pattern.all_year
    }

    /// Whether the day lies at the borders of the season, where the weather sets the level of a heating.
    fn is_border_of_heating(&self) -> bool {
        self.follows_weather() && self.unit.heating.is_some_and(|it| !it.is_core(self.day))
    }

    /// Whether the figure is explained: the year before had such a figure around this date, or the item may heat rooms
    /// and the figure lies among those of the last weeks and of the same weeks of the year before.
    pub fn is_by_nature(&self, figure: f64) -> bool {
        let activity = self.activity(self.day);
        let now = activity.on(self.day);
        if self.was_such(|activity| is_level(now, activity), |it| is_level(figure, it)) {
            return true;
        }
        if !self.item.warms {
            return false;
        }
        let before = self.item.days.range(self.day - RECENT_DAYS..self.day);
        let alike = before.filter(|it| is_level(now, activity.on(*it.0)));
        let mut values: Vec<f64> = alike.filter_map(|it| it.1.figure).collect();
        values.extend(self.year_before(|activity| is_level(now, activity)).iter().map(|it| it.1));
        values.sort_unstable_by(f64::total_cmp);
        // Some days at either end may themselves be wrong.
        let spoilt = 1 + values.len() / DAYS_PER_WRONG_DAY;
        let (low, high) = (values.get(spoilt), values.iter().rev().nth(spoilt));
        let among = low.zip(high).is_some_and(|(low, high)| {
            (low / LEVEL_FACTOR..=high * LEVEL_FACTOR).contains(&figure)
        });
        among || self.is_border_of_heating()
    }

    /// The lasting level as log10 of its ratio to the usual day before the change: most days after the change keep it.
    pub fn lasting(&self, log: f64) -> Option<f64> {
        (self.day - DAYS_AFTER_CHANGE..=self.day).rev().find_map(|first| {
            let from = self.on(first);
            let kept = |day: i32| {
                let figure = self.item.figure(day).filter(|it| *it > 0.0)?;
                let found = (figure / from.usual_like(day)?).log10();
                ((found - log).abs() < LEVEL_LOG10).then_some(found)
            };
            kept(first)?;
            let mut logs: Vec<f64> =
                (first + 1..=first + DAYS_AFTER_CHANGE).filter_map(kept).collect();
            if logs.len() >= LEAST_DAYS_KEPT { median(&mut logs) } else { None }
        })
    }

    /// The usual figure, as of this day, for days of the same kind (weekend or not) as `day`.
    pub fn usual_like(&self, day: i32) -> Option<f64> {
        let weekend = is_weekend(day);
        let near = (self.day - SAME_KIND_DAYS..=self.day).rev();
        let mut same = near.filter(|it| is_weekend(*it) == weekend);
        same.find_map(|it| self.on(it).scale()).map(|it| it.usual)
    }
}
