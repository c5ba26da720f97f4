//! Builds the series of a unit from readings in any order, as the store would: a later value replaces an earlier one,
//! and the first arrival remains. Only tests and benchmarks use it.

use std::collections::BTreeMap;

use nengce_shared::quality::points_per_day;
use nengce_shared::stat_type::StatType;

use super::operating_pattern::{OperatingPattern, PastMonth};
use super::scale::median;
use super::season::HeatingSeason;
use super::series::{DayRecord, ItemSeries, OffStart, Point, RejectedStamp, UnitSeries, Value};
use nengce_messages::stamp::{self, date_of, day_number};

/// The data class, the configured bounds by stat type, the usual day of its peers, and whether the item may heat rooms.
type Known = (u8, [Option<(f64, f64)>; 3], Option<f64>, bool);

/// Collects one unit's readings by item.
#[derive(Debug, Default)]
pub struct SeriesBuilder {
    values: BTreeMap<(i32, StatType, i64), Value>,
    items: BTreeMap<i32, Known>,
    rejected: Vec<RejectedStamp>,
    off_start: Vec<OffStart>,
    connected: Option<i32>,
    heating: Option<HeatingSeason>,
}

impl SeriesBuilder {
    /// Adds an item with its data class and its configured bounds by stat type.
    pub fn item(&mut self, id: i32, data_class: u8, bounds: [Option<(f64, f64)>; 3]) {
        self.items.insert(id, (data_class, bounds, None, false));
    }

    /// Sets the region of the unit, and with it the heating season.
    pub fn region(&mut self, code: &str) {
        self.heating = HeatingSeason::of_region(code);
    }

    /// Marks an item as gas or heat.
    pub fn warms(&mut self, id: i32) {
        if let Some(it) = self.items.get_mut(&id) {
            it.3 = true;
        }
    }

    /// Sets the usual day of an item's peers.
    pub fn peers(&mut self, id: i32, usual: f64) {
        if let Some(it) = self.items.get_mut(&id) {
            it.2 = Some(usual);
        }
    }

    /// Adds a reading; a later value under the same key replaces the earlier one.
    pub fn put(&mut self, item: i32, stat_type: StatType, at: i64, value: Value) {
        let day = value.received_at.div_euclid(86_400) as i32;
        self.connected = Some(self.connected.map_or(day, |it| it.min(day)));
        self.values
            .entry((item, stat_type, at))
            .and_modify(|known| {
                known.value = value.value;
                known.valid = value.valid;
                known.received_at = known.received_at.min(value.received_at);
            })
            .or_insert(value);
    }

    /// The number of readings.
    pub fn count(&self) -> usize {
        self.values.len()
    }

    /// Adds a stamp that was rejected.
    pub fn reject(&mut self, stamp: RejectedStamp) {
        self.rejected.push(stamp);
    }

    /// Adds a reading whose stamp is off the start of its period.
    pub fn mark_off_start(&mut self, reading: OffStart) {
        self.off_start.push(reading);
    }

    /// The series, with values due until a day.
    pub fn series(&self, due_until: i32) -> UnitSeries {
        let mut items: BTreeMap<i32, ItemSeries> = self
            .items
            .iter()
            .map(|(id, (data_class, bounds, peers, warms))| {
                let item = ItemSeries {
                    id: *id,
                    data_class: *data_class,
                    bounds: *bounds,
                    peers: *peers,
                    warms: *warms,
                    ..ItemSeries::default()
                };
                (*id, item)
            })
            .collect();
        for ((id, stat_type, at), value) in &self.values {
            let Some(item) = items.get_mut(id) else {
                continue;
            };
            let (day, second) = (at.div_euclid(86_400) as i32, at.rem_euclid(86_400) as i32);
            if *stat_type >= StatType::Month {
                match *stat_type {
                    StatType::Month => item.months.insert(day, *value),
                    _ => item.years.insert(day, *value),
                };
                continue;
            }
            let record: &mut DayRecord = item.days.entry(day).or_default();
            if *stat_type == StatType::Day {
                record.reported = Some(*value);
            } else {
                record.points.push(Point { second, is: *value });
                item.realtime_from = Some(item.realtime_from.map_or(day, |it| it.min(day)));
            }
            let points = points_per_day(*stat_type, second % 3_600 != 0).unwrap_or_default();
            item.points_per_day = item.points_per_day.max(points);
            item.first_day = Some(item.first_day.map_or(day, |it| it.min(day)));
        }
        for record in items.values_mut().flat_map(|it| it.days.values_mut()) {
            record.figure = DayRecord::figure_of(record.reported, &record.points);
        }
        items.values_mut().for_each(fill_months);
        let mut items: Vec<ItemSeries> = items.into_values().collect();
        let months = months(&items);
        for (item, months) in items.iter_mut().zip(months) {
            item.pattern = OperatingPattern::of(&months, item.warms, self.heating);
        }
        UnitSeries {
            items,
            rejected: self.rejected.clone(),
            off_start: self.off_start.clone(),
            connected: self.connected,
            heating: self.heating,
            due_until,
        }
    }
}

/// The months of a unit's items.
fn months(items: &[ItemSeries]) -> Vec<Vec<PastMonth>> {
    let ran = |day: i32| items.iter().any(|it| it.figure(day).is_some_and(|it| it > 0.0));
    items.iter().map(|it| months_of(it, ran)).collect()
}

fn months_of(item: &ItemSeries, ran: impl Fn(i32) -> bool) -> Vec<PastMonth> {
    let known = item.days.iter().filter_map(|(day, it)| Some((*day, it.figure?)));
    let known: Vec<(i32, f64)> = known.collect();
    let mut stood = false;
    let mut months = Vec::new();
    for days in known.chunk_by(|a, b| month(a.0) == month(b.0)) {
        let mut returns = 0;
        for (day, figure) in days {
            returns += u32::from(stood && *figure > 0.0);
            stood = *figure == 0.0 && ran(*day);
        }
        let mut values: Vec<f64> = days.iter().map(|it| it.1).collect();
        months.push(PastMonth {
            first: month(days[0].0),
            days: days.len() as u32,
            zeros: values.iter().filter(|it| **it == 0.0).count() as u32,
            median: median(&mut values).unwrap_or_default(),
            returns,
        });
    }
    months
}

fn month(day: i32) -> i32 {
    day_number(date_of(day).first_of_month())
}

/// Fills in the months as the roll-ups make them of quantities, and the reporting period of an item without days.
fn fill_months(item: &mut ItemSeries) {
    let first_of_month = |day: i32| stamp::day_number(stamp::date_of(day).first_of_month());
    for (day, record) in &item.days {
        if let Some(figure) = record.figure {
            *item.month_figures.entry(first_of_month(*day)).or_default() += figure;
        }
    }
    let valid = item.months.iter().filter(|it| it.1.valid);
    item.month_figures.extend(valid.map(|it| (*it.0, it.1.value)));
    if item.points_per_day == 0 && item.is_quantity() {
        item.monthly = !item.months.is_empty();
        let first = item.months.keys().chain(item.years.keys()).min();
        item.first_month = first.copied();
    }
}
