//! An item without daily values at one of its months or years: the value, when it is due, and the figures around it.

use jiff::civil::Date;
use nengce_shared::quality::{MONTH_DUE_DAYS, YEAR_DUE_DAYS};
use nengce_shared::stat_type::StatType;

use super::Evidence;
use super::scale::median;
use super::series::{ItemSeries, UnitSeries, Value};
use super::timeliness::due_end;
use nengce_messages::stamp::{date_of, day_number};

/// The number of months that make a usual month, and the fewest of them.
pub(super) const HISTORY_MONTHS: usize = 12;
const LEAST_HISTORY: usize = 3;
/// The largest factor between the months before and after a month that still shows one level between them.
const LEVEL_FACTOR: f64 = 3.0;

/// An item without daily values, at one of its months or years.
pub(super) struct ItemMonth<'a> {
    pub(super) unit: &'a UnitSeries,
    pub(super) item: &'a ItemSeries,
    pub(super) day: i32,
}

impl ItemMonth<'_> {
    pub(super) fn date(&self) -> Date {
        date_of(self.day)
    }

    /// The value of the period: of the month, or of the year for an item that only sends years.
    pub(super) fn value(&self) -> Option<Value> {
        match self.item.monthly {
            true => self.item.months.get(&self.day).copied(),
            false => self.item.years.get(&self.day).copied(),
        }
    }

    pub(super) fn figure(&self) -> Option<f64> {
        self.value().filter(|it| it.valid).map(|it| it.value)
    }

    pub(super) fn stat_type(&self) -> StatType {
        if self.item.monthly { StatType::Month } else { StatType::Year }
    }

    /// The last day on which the value of the period is in time.
    pub(super) fn due_day(&self) -> i32 {
        let date = self.date();
        match self.item.monthly {
            true => day_number(date.last_of_month()) + MONTH_DUE_DAYS,
            false => day_number(date.last_of_year()) + YEAR_DUE_DAYS,
        }
    }

    /// Whether a period of the item begins on this day: a year begins in January only.
    pub(super) fn is_expected(&self) -> bool {
        let begun = self.item.first_month.is_some_and(|it| it <= self.day);
        begun && (self.item.monthly || self.date().month() == 1)
    }

    pub(super) fn is_due(&self) -> bool {
        self.is_expected() && self.due_day() <= self.unit.due_until + 1
    }

    pub(super) fn evidence(&self) -> Evidence {
        let value = self.value();
        Evidence {
            item: self.item.id,
            stat_type: self.stat_type(),
            at: i64::from(self.day) * 86_400,
            value: value.map(|it| it.value),
            expected: None,
            low: None,
            high: None,
            received_at: value.map(|it| it.received_at),
        }
    }

    pub(super) fn is_timed(&self) -> bool {
        self.unit.connected.is_some_and(|it| self.day >= it)
    }

    pub(super) fn late_hours(&self) -> Option<f64> {
        // `due_end` of a day is the end of the day after it.
        let due = due_end(self.due_day() - 1);
        let late = self.value()?.received_at - due;
        Some((late.max(0) as f64 / 3_600.0).ceil())
    }

    pub(super) fn series(&self) -> impl DoubleEndedIterator<Item = (i32, f64)> + '_ {
        let all = match self.item.monthly {
            true => &self.item.months,
            false => &self.item.years,
        };
        all.iter().filter(|it| it.1.valid).map(|it| (*it.0, it.1.value))
    }

    /// The median of the periods before; `None` before there are enough of them.
    pub(super) fn usual(&self) -> Option<f64> {
        self.last(HISTORY_MONTHS)
    }

    pub(super) fn last(&self, months: usize) -> Option<f64> {
        let before = self.series().rev().filter(|it| it.0 < self.day && it.1 > 0.0);
        let mut values: Vec<f64> = before.take(months).map(|it| it.1).collect();
        if values.len() < LEAST_HISTORY {
            return None;
        }
        median(&mut values)
    }

    /// The level between the period before and the next one, if these two agree.
    pub(super) fn between(&self) -> Option<f64> {
        let before = self.series().rev().find(|it| it.0 < self.day)?.1;
        let after = self.next()?;
        let agree = before > 0.0 && (1.0 / LEVEL_FACTOR..=LEVEL_FACTOR).contains(&(after / before));
        agree.then(|| (before * after).sqrt())
    }

    pub(super) fn known_before(&self) -> usize {
        self.series().filter(|it| it.0 < self.day).count()
    }

    pub(super) fn next(&self) -> Option<f64> {
        self.series().find(|it| it.0 > self.day).map(|it| it.1)
    }

    /// The figure of the same month `by` years away.
    pub(super) fn of_year(&self, by: i16) -> Option<f64> {
        let date = self.date().checked_add(jiff::Span::new().years(by)).ok()?;
        let value = self.item.months.get(&day_number(date))?;
        Some(value.value).filter(|_| value.valid)
    }

    pub(super) fn year_before(&self) -> Option<f64> {
        self.of_year(-1)
    }

    /// The figures of the same month of the year before and of the year after.
    pub(super) fn same_month(&self) -> impl Iterator<Item = f64> + '_ {
        [-1, 1].into_iter().filter_map(|by| self.of_year(by))
    }

    /// The median, over the unit's other items of the same period, of value divided by usual month.
    pub(super) fn related(&self) -> f64 {
        // An item that heats rooms follows the weather and says nothing about an item that does not.
        let tells = |it: &&ItemSeries| it.id != self.item.id && (self.item.warms || !it.warms);
        let others = self.unit.items.iter().filter(tells);
        let mut ratios: Vec<f64> = others
            .filter_map(|item| {
                let it = ItemMonth { item, ..*self };
                Some(it.figure()? / it.usual()?)
            })
            .collect();
        median(&mut ratios).unwrap_or(1.0)
    }
}
