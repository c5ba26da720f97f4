//! What an item's own past, its kind and its region say about a day that looks odd: the season of the year before, a run that
//! comes and goes, weather, a level that lasts. Asked only of days that a rule would otherwise mark.

use super::scale::{is_weekend, median};
use super::series::ItemSeries;
use super::{AHEAD_DAYS, AROUND_DAYS, ItemDay, YEAR_DAYS};

/// A day of the same kind, weekend or not, is never farther.
pub const SAME_KIND_DAYS: i32 = 5;
/// Days of history that show how an item moves with the weather, and the unit's usual pace.
pub const RECENT_DAYS: i32 = 42;
/// The same date of the year before, give or take; and how many days of the weeks around it tell as much.
const SAME_DATE_DAYS: i32 = 3;
const LEAST_RETURNS: usize = 3;
/// Days around the date of the year before that make it known.
const KNOWN_YEAR: usize = 14;
/// Figures within this factor are one level.
const LEVEL: f64 = 1.5;
/// Days after a change, and how many of them keep the new level when it lasts.
const KEPT_OF_DAYS: i32 = 14;
const KEPT: usize = 10;
/// One day of so many may be wrong to either side, and one more.
const SPOILT: usize = 20;
/// A unit at this share of its pace does not stand still.
const RUNNING: f64 = 0.2;
/// Figures within this distance, log10, keep a level.
const KEEPS: f64 = 0.3;

fn is_level(a: f64, b: f64) -> bool {
    b > 0.0 && (1.0 / LEVEL..=LEVEL).contains(&(a / b))
}

/// The unit's other items with their usual day of some weeks.
struct Pace<'a>(Vec<(&'a ItemSeries, f64)>);

impl Pace<'_> {
    /// Median of figure over usual day, at most 1; 1 where nothing tells.
    fn on(&self, day: i32) -> f64 {
        let of = |it: &(&ItemSeries, f64)| Some(it.0.figure(day)? / it.1);
        median(&mut self.0.iter().filter_map(of).collect::<Vec<_>>()).map_or(1.0, |it| it.min(1.0))
    }
}

impl ItemDay<'_> {
    /// At what pace the others go in the weeks around a day: a feast or a weekend is slow.
    fn pace(&self, day: i32) -> Pace<'_> {
        let others = self.unit.items.iter().filter(|it| it.is_quantity() && it.id != self.item.id);
        let usual = others.filter_map(|item| {
            let weeks = item.days.range(day - RECENT_DAYS..=day + AHEAD_DAYS);
            let mut values: Vec<f64> = weeks.filter_map(|it| it.1.figure).collect();
            Some((item, median(&mut values).filter(|it| *it > 0.0)?))
        });
        Pace(usual.collect())
    }

    /// Whether the year before is known around this date.
    pub fn knows_year(&self) -> bool {
        let date = self.day - YEAR_DAYS;
        let around = self.item.days.range(date - AROUND_DAYS..=date + AROUND_DAYS);
        around.filter(|it| it.1.figure.is_some()).count() >= KNOWN_YEAR
    }

    /// Figures of the year before by their distance from this date, where the unit went at such a pace.
    fn year_before(&self, is_pace: impl Fn(f64) -> bool) -> Vec<(i32, f64)> {
        let date = self.day - YEAR_DAYS;
        let then = self.pace(date);
        let around = self.item.days.range(date - AROUND_DAYS..=date + AROUND_DAYS);
        let known = around.filter_map(|(day, it)| Some((*day - date, it.figure?)));
        known.filter(|it| is_pace(then.on(date + it.0))).collect()
    }

    /// Whether the year before was such around this date: on the date, or on some days of the weeks around it.
    fn was_such(&self, is_pace: impl Fn(f64) -> bool, is: impl Fn(f64) -> bool) -> bool {
        let mut such = self.year_before(is_pace);
        such.retain(|it| is(it.1));
        such.len() >= LEAST_RETURNS || such.iter().any(|it| it.0.abs() <= SAME_DATE_DAYS)
    }

    /// Whether nothing, or so little, is what is to be expected of the item on such a day.
    pub fn is_off_by_nature(&self, least: f64) -> bool {
        self.item.habit.comes_and_goes
            || self.may_be_heating()
            || self.was_such(|pace| pace >= RUNNING, |it| (0.0..=least).contains(&it))
    }

    /// Before a year is known kind and region alone tell: outside of the season's core a heating is on or off, unless the item
    /// runs the whole year round.
    fn may_be_heating(&self) -> bool {
        self.is_border_of_heating() && !self.knows_year()
    }

    /// What may warm rooms goes as the weather, unless it runs the whole year round.
    pub fn follows_weather(&self) -> bool {
        self.item.warms && !self.item.habit.all_year
    }

    /// Where a heating begins and ends its level is the weather's.
    fn is_border_of_heating(&self) -> bool {
        self.follows_weather() && self.unit.heating.is_some_and(|it| !it.is_core(self.day))
    }

    /// Whether the year before had such a figure around this date, or the weather explains it: of what may warm rooms it lies
    /// among the figures of the last weeks and of the same weeks of the year before.
    pub fn is_by_nature(&self, figure: f64) -> bool {
        let pace = self.pace(self.day);
        let now = pace.on(self.day);
        if self.was_such(|pace| is_level(now, pace), |it| is_level(figure, it)) {
            return true;
        }
        if !self.item.warms {
            return false;
        }
        let before = self.item.days.range(self.day - RECENT_DAYS..self.day);
        let alike = before.filter(|it| is_level(now, pace.on(*it.0)));
        let mut values: Vec<f64> = alike.filter_map(|it| it.1.figure).collect();
        values.extend(self.year_before(|pace| is_level(now, pace)).iter().map(|it| it.1));
        values.sort_unstable_by(f64::total_cmp);
        // Some days to either side may themselves be wrong.
        let spoilt = 1 + values.len() / SPOILT;
        let (low, high) = (values.get(spoilt), values.iter().rev().nth(spoilt));
        let among =
            low.zip(high).is_some_and(|(low, high)| (low / LEVEL..=high * LEVEL).contains(&figure));
        among || self.is_border_of_heating()
    }

    /// The level that lasts, against the usual day before it, log10: of the days after a change most keep it.
    pub fn lasting(&self, log: f64) -> Option<f64> {
        (self.day - KEPT_OF_DAYS..=self.day).rev().find_map(|first| {
            let from = self.on(first);
            let kept = |day: i32| {
                let figure = self.item.figure(day).filter(|it| *it > 0.0)?;
                let found = (figure / from.usual_like(day)?).log10();
                ((found - log).abs() < KEEPS).then_some(found)
            };
            kept(first)?;
            let mut logs: Vec<f64> = (first + 1..=first + KEPT_OF_DAYS).filter_map(kept).collect();
            if logs.len() >= KEPT { median(&mut logs) } else { None }
        })
    }

    /// What was usual, as of this day, of days such as another one: weekend or not.
    pub fn usual_like(&self, day: i32) -> Option<f64> {
        let weekend = is_weekend(day);
        let near = (self.day - SAME_KIND_DAYS..=self.day).rev();
        let mut same = near.filter(|it| is_weekend(*it) == weekend);
        same.find_map(|it| self.on(it).scale()).map(|it| it.usual)
    }
}
