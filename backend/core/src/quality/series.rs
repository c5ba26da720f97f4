//! What rules may see of a unit: its items with their readings by day, and what was refused. Days are counted from
//! 1970-01-01, moments are local seconds.

use std::collections::BTreeMap;

use nengce_shared::stat_type::StatType;

use super::habit::Habit;
use super::season::HeatingSeason;

/// A value with its flag and when it first came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    pub value: f64,
    pub valid: bool,
    pub received_at: i64,
}

/// A real-time value: seconds into its day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub second: i32,
    pub is: Value,
}

/// What stands of a day: its figure (the reported value, else the sum of the points), and what it is made of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DayRecord {
    pub figure: Option<f64>,
    pub reported: Option<Value>,
    /// In order of time; left out on days that serve as history only.
    pub points: Vec<Point>,
}

/// One data item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemSeries {
    pub id: i32,
    pub data_class: u8,
    /// 1 only daily, 24, 96; 0 only months.
    pub points_per_day: u8,
    pub first_day: Option<i32>,
    pub realtime_from: Option<i32>,
    /// Configured minimum and maximum by stat type 0, 1, 2.
    pub bounds: [Option<(f64, f64)>; 3],
    /// Usual day of the same item among the units of the division, to half a power of ten.
    pub peers: Option<f64>,
    /// Gas or heat: what warms rooms follows the heating season.
    pub warms: bool,
    /// What its whole history shows.
    pub habit: Habit,
    pub days: BTreeMap<i32, DayRecord>,
    /// Reported months by their first day.
    pub months: BTreeMap<i32, Value>,
    /// Reported years by their first day.
    pub years: BTreeMap<i32, Value>,
    /// What months come to, reported or of their days, by their first day.
    pub month_figures: BTreeMap<i32, f64>,
    /// First day of the first month with a figure, of a quantity that has no days.
    pub first_month: Option<i32>,
    /// Of such an item: some month was reported, so that months are due; else years are.
    pub monthly: bool,
}

/// An entry refused because its time is not the start of its period.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    pub item: Option<i32>,
    pub stat_type: StatType,
    pub at: i64,
    pub received_at: i64,
}

/// A reading that counts, whose stamp lay off the start of its period.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    pub item: i32,
    pub stat_type: StatType,
    /// Start of the period it was taken for.
    pub at: i64,
    /// Seconds from that start to the stamp.
    pub off: i32,
    pub received_at: i64,
}

/// A unit with what surrounds the judged days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UnitSeries {
    pub items: Vec<ItemSeries>,
    pub refused: Vec<Refused>,
    pub marked: Vec<Marked>,
    /// The day on which the unit's first upload came; earlier days were back-filled and are never late.
    pub connected: Option<i32>,
    /// When rooms are heated in the unit's region, if they are.
    pub heating: Option<HeatingSeason>,
    /// The last day that is due: its absence counts.
    pub due_until: i32,
}

impl UnitSeries {
    /// Readings of periods that begin on a day, whose stamp lay off that start.
    pub fn marked_on(&self, day: i32) -> impl Iterator<Item = &Marked> {
        self.marked.iter().filter(move |it| it.at.div_euclid(86_400) == i64::from(day))
    }

    /// Entries of a day that were refused and have not come right since.
    pub fn refused_on(&self, day: i32) -> impl Iterator<Item = &Refused> {
        self.refused.iter().filter(move |it| it.at.div_euclid(86_400) == i64::from(day)).filter(
            move |entry| {
                let item = self.items.iter().find(|it| Some(it.id) == entry.item);
                item.is_none_or(|it| {
                    entry.stat_type != StatType::Day
                        || it.days.get(&day).is_none_or(|it| it.reported.is_none())
                })
            },
        )
    }
}

impl DayRecord {
    /// The figure from its parts, as the roll-ups make it for a quantity.
    pub fn figure_of(reported: Option<Value>, points: &[Point]) -> Option<f64> {
        if let Some(it) = reported.filter(|it| it.valid) {
            return Some(it.value);
        }
        let mut valid = points.iter().filter(|it| it.is.valid).peekable();
        valid.peek()?;
        Some(valid.map(|it| it.is.value).sum())
    }

    pub fn is_empty(&self) -> bool {
        self.figure.is_none() && self.reported.is_none() && self.points.is_empty()
    }
}

impl ItemSeries {
    /// Consumption, output and the like, whose days add up: not factors and indicators.
    pub fn is_quantity(&self) -> bool {
        self.data_class <= 4
    }

    /// Points of a day: the rhythm in force then.
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

    pub fn figure(&self, day: i32) -> Option<f64> {
        self.days.get(&day)?.figure
    }

    /// When the first of a day came.
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
