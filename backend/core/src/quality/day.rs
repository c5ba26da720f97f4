//! One item on one day, as a rule sees it: its record, its usual figure, its neighbouring days, the unit's other items.

use std::cell::OnceCell;

use nengce_shared::stat_type::StatType;

use super::history::SAME_KIND_DAYS;
use super::scale::{Scale, median, scale};
use super::series::{DayRecord, ItemSeries, UnitSeries, Value};
use super::{AHEAD_DAYS, Evidence};

/// An item's day with all that a rule may ask; scales are computed once per unit.
pub struct ItemDay<'a> {
    /// The unit with all of its items.
    pub unit: &'a UnitSeries,
    /// The item.
    pub item: &'a ItemSeries,
    pub(super) scales: &'a [Scales],
    pub(super) at: usize,
    /// The day, counted from 1970-01-01.
    pub day: i32,
}

/// The scales of one item over consecutive days, each computed when it is first needed.
pub(super) struct Scales {
    first: i32,
    of: Vec<OnceCell<Option<Scale>>>,
}

/// Days before and after an assessed day for which its rules need scales.
const SCALES_BACK: i32 = AHEAD_DAYS + SAME_KIND_DAYS;

impl Scales {
    pub(super) fn new(item: &ItemSeries, from: i32, to: i32) -> Self {
        let first = from - SCALES_BACK;
        let is_scaled = item.is_quantity() && item.points_per_day > 0;
        let count = if is_scaled { to + AHEAD_DAYS - first + 1 } else { 0 };
        Self { first, of: vec![OnceCell::new(); count.max(0) as usize] }
    }
}

impl<'a> ItemDay<'a> {
    /// The values of the day.
    pub fn record(&self) -> Option<&'a DayRecord> {
        self.item.days.get(&self.day)
    }

    /// The figure of the day.
    pub fn figure(&self) -> Option<f64> {
        self.item.figure(self.day)
    }

    /// The usual figure of the day.
    pub fn scale(&self) -> Option<Scale> {
        self.scale_of(self.at)
    }

    /// The scale of another item of the unit on this day.
    fn scale_of(&self, at: usize) -> Option<Scale> {
        let scales = &self.scales[at];
        let cell = scales.of.get(usize::try_from(self.day - scales.first).ok()?)?;
        *cell.get_or_init(|| scale(&self.unit.items[at], self.day, self.unit.heating))
    }

    /// The same item on another day.
    pub fn on(&self, day: i32) -> ItemDay<'a> {
        ItemDay { day, ..*self }
    }

    /// The figure divided by the usual figure.
    pub fn ratio(&self) -> Option<f64> {
        let figure = self.figure()?;
        Some(figure / self.scale()?.nearest(figure))
    }

    /// The median of [`ratio`](Self::ratio) over the unit's other items; `None` when none of them can be assessed.
    pub fn related(&self) -> Option<f64> {
        let mut ratios: Vec<f64> = self
            .unit
            .items
            .iter()
            .enumerate()
            .filter(|(at, it)| *at != self.at && it.is_quantity())
            .filter_map(|(at, it)| {
                let figure = it.figure(self.day)?;
                // An item that is off by its nature says nothing about the unit.
                let may_stand = it.warms || it.pattern.comes_and_goes;
                let told = !(figure == 0.0 && may_stand);
                told.then_some(figure / self.scale_of(at)?.usual)
            })
            .collect();
        median(&mut ratios)
    }

    /// The median, over the days that follow, of figure divided by the usual day; only days of the same season where
    /// the item follows it. `None` before two such days have come.
    pub fn after(&self, days: i32) -> Option<f64> {
        let follows = self.item.warms && !self.item.pattern.all_year;
        let heating = self.unit.heating.filter(|_| follows);
        let is_heating = |day: i32| heating.is_some_and(|it| it.holds(day));
        let season = is_heating(self.day);
        let mut values: Vec<f64> = self
            .item
            .days
            .range(self.day + 1..=self.day + days)
            .filter(|(at, _)| is_heating(**at) == season)
            .filter_map(|(at, it)| Some(it.figure? / self.usual_like(*at)?))
            .collect();
        if values.len() < 2 {
            return None;
        }
        median(&mut values)
    }

    /// The reported value of the day as evidence, or else the sum of its points.
    pub fn figure_evidence(&self) -> Evidence {
        let reported = self.record().and_then(|it| it.reported);
        let points = self.record().map_or(&[][..], |it| &it.points);
        Evidence {
            item: self.item.id,
            stat_type: if reported.is_some() || points.is_empty() {
                StatType::Day
            } else {
                StatType::RealTime
            },
            at: self.midnight(),
            value: self.figure().or(reported.map(|it| it.value)),
            expected: self.scale().map(|it| it.usual),
            low: None,
            high: None,
            received_at: self.item.arrived(self.day),
        }
    }

    /// A point of the day as evidence.
    pub fn point_evidence(&self, second: i32, is: Value) -> Evidence {
        Evidence {
            item: self.item.id,
            stat_type: StatType::RealTime,
            at: self.midnight() + i64::from(second),
            value: Some(is.value),
            expected: None,
            low: None,
            high: None,
            received_at: Some(is.received_at),
        }
    }

    /// The start of the day in local seconds.
    pub fn midnight(&self) -> i64 {
        i64::from(self.day) * 86_400
    }
}
