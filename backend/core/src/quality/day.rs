//! One item on one day, as a rule looks at it: its record, its usual figure, its neighbours, the unit's other items.

use super::Evidence;
use super::scale::{Scale, is_heating, median};
use super::series::{DayRecord, ItemSeries, UnitSeries, Value};

/// Everything about an item's day; scales are worked out once per unit.
pub struct ItemDay<'a> {
    pub unit: &'a UnitSeries,
    pub item: &'a ItemSeries,
    pub(super) scales: &'a [Scales],
    pub(super) at: usize,
    pub day: i32,
}

/// Scales of one item over a run of days.
#[derive(Debug, Default)]
pub struct Scales {
    pub first: i32,
    pub of: Vec<Option<Scale>>,
}

impl Scales {
    pub fn get(&self, day: i32) -> Option<Scale> {
        *self.of.get(usize::try_from(day - self.first).ok()?)?
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
        self.scales[self.at].get(self.day)
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
                Some(figure / self.scales[at].get(self.day)?.usual)
            })
            .collect();
        median(&mut ratios)
    }

    /// Median of the days that follow, of the same season; `None` before two of them have come.
    pub fn after(&self, days: i32) -> Option<f64> {
        let season = is_heating(self.day);
        let mut values: Vec<f64> = self
            .item
            .days
            .range(self.day + 1..=self.day + days)
            .filter(|(at, _)| is_heating(**at) == season)
            .filter_map(|(_, it)| it.figure)
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
            stat_type: u8::from(reported.is_some() || points.is_empty()),
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
            stat_type: 0,
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
