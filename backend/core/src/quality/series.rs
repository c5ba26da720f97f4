//! The readings of a unit that rules see, by item and day, and the stamps that were rejected. Days are counted from
//! 1970-01-01; moments are local seconds.

use std::collections::BTreeMap;

use nengce_shared::stat_type::StatType;

use super::operating_pattern::OperatingPattern;
use super::season::HeatingSeason;

/// A value with its flag and the moment at which it first came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The value in the unit of the item.
    pub value: f64,
    /// Whether the sender gave it as valid.
    pub valid: bool,
    /// When it first came, in local seconds.
    pub received_at: i64,
}

/// A real-time value at a second of its day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Seconds since the start of the day.
    pub second: i32,
    /// The value.
    pub is: Value,
}

/// The values of one day: its figure (the reported value, or else the sum of the points), and the values that the
/// figure is made of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DayRecord {
    /// The figure of the day; `None` without a valid value.
    pub figure: Option<f64>,
    /// The reported day (statType 1).
    pub reported: Option<Value>,
    /// The points in order of time; empty on days that serve only as history.
    pub points: Vec<Point>,
}

/// One data item with its readings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemSeries {
    /// The id of the item in the database.
    pub id: i32,
    /// The two digits `CC` of its data code.
    pub data_class: u8,
    /// Points a day: 1 for daily values only, 24, 96, or 0 for months only.
    pub points_per_day: u8,
    /// Its first day with data.
    pub first_day: Option<i32>,
    /// Its first day with real-time values.
    pub realtime_from: Option<i32>,
    /// The configured minimum and maximum for each of the stat types 0, 1 and 2.
    pub bounds: [Option<(f64, f64)>; 3],
    /// The usual day of the same item among the units of the industry division, rounded to half a power of ten.
    pub peers: Option<f64>,
    /// Whether the item is gas or heat, which may follow the heating season.
    pub warms: bool,
    /// The operating pattern that its whole history shows.
    pub pattern: OperatingPattern,
    /// The values by day.
    pub days: BTreeMap<i32, DayRecord>,
    /// Reported months by their first day.
    pub months: BTreeMap<i32, Value>,
    /// Reported years by their first day.
    pub years: BTreeMap<i32, Value>,
    /// The figures of months, reported or summed from days, by their first day.
    pub month_figures: BTreeMap<i32, f64>,
    /// The first day of the first month with a figure, for a quantity without daily values.
    pub first_month: Option<i32>,
    /// Whether such an item has ever reported a month, so that months are due; otherwise years are due.
    pub monthly: bool,
}

/// The stamp of an entry that was rejected because it is not the start of its period.
#[derive(Debug, Clone, PartialEq)]
pub struct RejectedStamp {
    /// The id of the item; `None` where the entry names none that is known.
    pub item: Option<i32>,
    /// The length of the period that the entry claimed.
    pub stat_type: StatType,
    /// The stamp in local seconds.
    pub at: i64,
    /// When the entry came, in local seconds.
    pub received_at: i64,
}

/// A reading that counts although its stamp is off the start of its period.
#[derive(Debug, Clone, PartialEq)]
pub struct OffStart {
    /// The id of the item.
    pub item: i32,
    /// The length of the period.
    pub stat_type: StatType,
    /// The start of the period to which the reading belongs.
    pub at: i64,
    /// Seconds from that start to the stamp.
    pub off: i32,
    /// When the reading came, in local seconds.
    pub received_at: i64,
}

/// A unit with the readings around the assessed days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UnitSeries {
    /// The items of the unit.
    pub items: Vec<ItemSeries>,
    /// The stamps that were rejected.
    pub rejected: Vec<RejectedStamp>,
    /// The readings that count although their stamps are off the start.
    pub off_start: Vec<OffStart>,
    /// The day of the unit's first upload; earlier days were filled in later and are never late.
    pub connected: Option<i32>,
    /// The heating season of the unit's region, if it has one.
    pub heating: Option<HeatingSeason>,
    /// The last day that is due: a missing value up to it counts as missing.
    pub due_until: i32,
}

impl UnitSeries {
    /// The readings of periods that begin on a day and whose stamp is off this start.
    pub fn off_start_on(&self, day: i32) -> impl Iterator<Item = &OffStart> {
        self.off_start.iter().filter(move |it| it.at.div_euclid(86_400) == i64::from(day))
    }

    /// The rejected stamps of a day that have not been corrected since.
    pub fn rejected_on(&self, day: i32) -> impl Iterator<Item = &RejectedStamp> {
        self.rejected.iter().filter(move |it| it.at.div_euclid(86_400) == i64::from(day)).filter(
            move |entry| {
                let item = self.items.iter().find(|it| Some(it.id) == entry.item);
                item.is_none_or(|item| {
                    entry.stat_type != StatType::Day
                        || item.days.get(&day).is_none_or(|it| it.reported.is_none())
                })
            },
        )
    }
}

impl DayRecord {
    /// The figure of a day from its values, as the roll-ups compute it for a quantity.
    pub fn figure_of(reported: Option<Value>, points: &[Point]) -> Option<f64> {
        if let Some(it) = reported.filter(|it| it.valid) {
            return Some(it.value);
        }
        let mut valid = points.iter().filter(|it| it.is.valid).peekable();
        valid.peek()?;
        Some(valid.map(|it| it.is.value).sum())
    }

    /// Whether the day has no value at all.
    pub fn is_empty(&self) -> bool {
        self.figure.is_none() && self.reported.is_none() && self.points.is_empty()
    }
}

impl ItemSeries {
    /// Whether days add up: consumption, output and the like do, factors and indicators do not.
    pub fn is_quantity(&self) -> bool {
        self.data_class <= 4
    }

    /// The number of points expected on a day.
    pub fn expected(&self, day: i32) -> u32 {
        match self.first_day {
            Some(first) if first <= day && self.points_per_day > 0 => {
                if self.realtime_from.is_some_and(|it| it <= day) {
                    u32::from(self.points_per_day)
                } else {
                    1
                }
            }
            _ => 0,
        }
    }

    /// The number of points that came on a day, no more than were expected.
    pub fn received(&self, day: i32) -> u32 {
        let Some(record) = self.days.get(&day) else {
            return 0;
        };
        let expected = self.expected(day);
        if expected > 1 {
            let valid = record.points.iter().filter(|it| it.is.valid).count();
            (valid as u32).min(expected)
        } else {
            u32::from(record.figure.is_some()).min(expected)
        }
    }

    /// The figure of a day.
    pub fn figure(&self, day: i32) -> Option<f64> {
        self.days.get(&day)?.figure
    }

    /// The moment at which the first value of a day came.
    pub fn arrived(&self, day: i32) -> Option<i64> {
        let record = self.days.get(&day)?;
        record
            .reported
            .iter()
            .map(|it| it.received_at)
            .chain(record.points.iter().map(|it| it.is.received_at))
            .min()
    }
}
