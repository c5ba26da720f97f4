//! One item on one day, as a rule looks at it: its record, its usual figure, its neighbours, the unit's other items.

use std::cell::OnceCell;

use nengce_shared::stat_type::StatType;

use super::learnt::SAME_KIND_DAYS;
use super::scale::{Scale, median, scale};
use super::series::{DayRecord, ItemSeries, UnitSeries, Value};
use super::{AHEAD_DAYS, Evidence};

/// Everything about an item's day; scales are worked out once per unit.
pub struct ItemDay<'a> {
    pub unit: &'a UnitSeries,
    pub item: &'a ItemSeries,
    pub(super) scales: &'a [Scales],
    pub(super) at: usize,
    pub day: i32,
}

/// Scales of one item over a run of days, each made when it is first asked for.
pub struct Scales {
    first: i32,
    of: Vec<OnceCell<Option<Scale>>>,
}

/// Scales are asked for so far before a judged day and after it.
const SCALES_BACK: i32 = AHEAD_DAYS + SAME_KIND_DAYS;

impl Scales {
    pub fn new(item: &ItemSeries, from: i32, to: i32) -> Self {
        let first = from - SCALES_BACK;
        let is_scaled = item.is_quantity() && item.points_per_day > 0;
        let count = if is_scaled { to + AHEAD_DAYS - first + 1 } else { 0 };
        Self { first, of: vec![OnceCell::new(); count.max(0) as usize] }
    }
}

impl<'a> ItemDay<'a> {
    pub fn record(&self) -> Option<&'a DayRecord> {
        self.item.days.get(&self.day)
    }

    pub fn figure(&self) -> Option<f64> {
        self.item.figure(self.day)
    }

    pub fn scale(&self) -> Option<Scale> {
        self.scale_of(self.at)
    }

    /// The scale of one of the unit's items on this day.
    fn scale_of(&self, at: usize) -> Option<Scale> {
        let scales = &self.scales[at];
        let cell = scales.of.get(usize::try_from(self.day - scales.first).ok()?)?;
        *cell.get_or_init(|| scale(&self.unit.items[at], self.day, self.unit.heating))
    }

    /// The same item on another day.
    pub fn on(&self, day: i32) -> ItemDay<'a> {
        ItemDay { day, ..*self }
    }

    /// Figure over usual figure.
    pub fn ratio(&self) -> Option<f64> {
        let figure = self.figure()?;
        Some(figure / self.scale()?.nearest(figure))
    }

    /// Median of that ratio over the unit's other items; `None` without any that can be judged.
    pub fn related(&self) -> Option<f64> {
        let mut ratios: Vec<f64> = self
            .unit
            .items
            .iter()
            .enumerate()
            .filter(|(at, it)| *at != self.at && it.is_quantity())
            .filter_map(|(at, it)| {
                let figure = it.figure(self.day)?;
                // What is off by its nature says nothing about the unit.
                let may_stand = it.warms || it.habit.comes_and_goes;
                let told = !(figure == 0.0 && may_stand);
                told.then_some(figure / self.scale_of(at)?.usual)
            })
            .collect();
        median(&mut ratios)
    }

    /// Median, over the days that follow, of figure over usual day; of the same season where the item
    /// follows it, and `None` before two of them have come.
    pub fn after(&self, days: i32) -> Option<f64> {
        let follows = self.item.warms && !self.item.habit.all_year;
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

    /// The day's reported value, else its sum, as evidence.
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

    pub fn midnight(&self) -> i64 {
        i64::from(self.day) * 86_400
    }
}
