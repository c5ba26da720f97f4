//! Assesses items that report by the month or by the year, with their own rules: missing, late, negative, of a wrong
//! scale, a jump, or stuck. Marks are set on the first day of the month or year.

use jiff::civil::Date;
use nengce_shared::quality::{MONTH_DUE_DAYS, YEAR_DUE_DAYS};
use nengce_shared::stat_type::StatType;

use super::rules::chance_of_repeats;
use super::scale::median;
use super::series::{ItemSeries, UnitSeries, Value};
use super::timeliness::{ItemFigures, due_end};
use super::{Evidence, Hit, Mark, Part, rules};
use crate::ingest::stamp::{date_of, day_number};

/// Days around a month that its assessment depends on: the months of a year to either side.
pub const MONTH_REACH_DAYS: i32 = 400;

/// The number of months that make a usual month, and the fewest of them.
const HISTORY: usize = 12;
const LEAST_HISTORY: usize = 3;
/// The largest distance (log10) from a power of ten; the same for a factor of 100 and more; and the power that one
/// month alone suffices to show.
const TOLERANCE_LOG10: f64 = 0.13;
const WIDE_LOG10: f64 = 0.3;
const ALONE_POWER: i32 = 3;
/// The factors to the usual month that make a jump: with the next month back at the usual level, and while no later
/// month has come.
const UP: f64 = 2.5;
const NEW_UP: f64 = 4.0;
const DOWN: f64 = 0.3;
/// The largest factor between the months before and after a month that still shows one level between them.
const LEVEL_FACTOR: f64 = 3.0;
const LAST: usize = 3;
/// The fewest equal months that are stuck, and the largest probability of such a repetition by chance.
const STUCK_MONTHS: usize = 3;
const STUCK_CHANCE: f64 = 1e-6;

/// First days of the months whose assessment depends on a value of a day's month, this month included.
pub fn months_around(day: i32) -> impl Iterator<Item = i32> {
    let first = date_of(day).first_of_month();
    (-13..=13).filter_map(move |by| {
        let month = first.checked_add(jiff::Span::new().months(by)).ok()?;
        Some(day_number(month))
    })
}

/// An item without daily values, at one of its months or years.
struct ItemMonth<'a> {
    unit: &'a UnitSeries,
    item: &'a ItemSeries,
    day: i32,
}

/// Adds the marks and figures of a unit's items without daily values, for the periods that begin on a day.
pub fn assess(unit: &UnitSeries, day: i32, marks: &mut Vec<Mark>, figures: &mut Vec<ItemFigures>) {
    let date = date_of(day);
    if date.day() != 1 {
        return;
    }
    let of = |item| ItemMonth { unit, item, day };
    let periods: Vec<ItemMonth<'_>> = unit.items.iter().map(of).collect();
    let silent = is_silent(unit, &periods);
    if silent {
        let due = periods.iter().filter(|it| it.is_due()).count();
        marks.push(mark("silent", None, day, Hit::new(due as f64, Vec::new())));
    }
    for it in &periods {
        let first = marks.len();
        let mut put = |rule, hit: Option<Hit>| {
            marks.extend(hit.map(|hit| mark(rule, Some(it.item.id), day, hit)));
        };
        put("negative", it.negative());
        if it.item.first_month.is_some() {
            put("missing", it.missing().filter(|_| !silent));
            put("late", it.late());
            put("out_of_range", it.out_of_range());
            put("unit_mixup", it.mixed_up());
            put("jump", it.jump());
            put("stuck", it.stuck());
            figures.extend(it.figures(&marks[first..]));
        }
    }
}

fn mark(rule: &'static str, item: Option<i32>, day: i32, hit: Hit) -> Mark {
    Mark { rule, item, day, hit }
}

/// Whether nothing came of what was due, for a unit that sends no days at all.
fn is_silent(unit: &UnitSeries, periods: &[ItemMonth<'_>]) -> bool {
    let by_days = unit.items.iter().any(|it| it.points_per_day > 0);
    !by_days
        && periods.iter().any(ItemMonth::is_due)
        && periods.iter().all(|it| it.value().is_none())
}

impl ItemMonth<'_> {
    fn date(&self) -> Date {
        date_of(self.day)
    }

    /// The value of the period: of the month, or of the year for an item that only sends years.
    fn value(&self) -> Option<Value> {
        match self.item.monthly {
            true => self.item.months.get(&self.day).copied(),
            false => self.item.years.get(&self.day).copied(),
        }
    }

    fn figure(&self) -> Option<f64> {
        self.value().filter(|it| it.valid).map(|it| it.value)
    }

    fn stat_type(&self) -> StatType {
        if self.item.monthly { StatType::Month } else { StatType::Year }
    }

    /// The last day on which the value of the period is in time.
    fn due_day(&self) -> i32 {
        let date = self.date();
        match self.item.monthly {
            true => day_number(date.last_of_month()) + MONTH_DUE_DAYS,
            false => day_number(date.last_of_year()) + YEAR_DUE_DAYS,
        }
    }

    /// Whether a period of the item begins on this day: a year begins in January only.
    fn is_expected(&self) -> bool {
        let begun = self.item.first_month.is_some_and(|it| it <= self.day);
        begun && (self.item.monthly || self.date().month() == 1)
    }

    fn is_due(&self) -> bool {
        self.is_expected() && self.due_day() <= self.unit.due_until + 1
    }

    fn evidence(&self) -> Evidence {
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

    fn missing(&self) -> Option<Hit> {
        (self.is_due() && self.value().is_none()).then(|| Hit::new(1.0, vec![self.evidence()]))
    }

    fn is_timed(&self) -> bool {
        self.unit.connected.is_some_and(|it| self.day >= it)
    }

    fn late_hours(&self) -> Option<f64> {
        // `due_end` of a day is the end of the day after it.
        let due = due_end(self.due_day() - 1);
        let late = self.value()?.received_at - due;
        Some((late.max(0) as f64 / 3_600.0).ceil())
    }

    fn late(&self) -> Option<Hit> {
        let hours = self.late_hours().filter(|it| *it > 0.0 && self.is_timed())?;
        Some(Hit { settled: true, ..Hit::new(hours, vec![self.evidence()]) })
    }

    /// A quantity below zero.
    fn negative(&self) -> Option<Hit> {
        let below = |it: Option<&Value>, stat_type| {
            let it = it.filter(|it| it.valid && it.value < 0.0)?;
            Some(Evidence {
                stat_type,
                value: Some(it.value),
                low: Some(0.0),
                received_at: Some(it.received_at),
                ..self.evidence()
            })
        };
        if !self.item.is_quantity() {
            return None;
        }
        let month = below(self.item.months.get(&self.day), StatType::Month);
        let year = below(self.item.years.get(&self.day), StatType::Year);
        let evidence: Vec<Evidence> = month.into_iter().chain(year).collect();
        let least = evidence.iter().filter_map(|it| it.value).reduce(f64::min)?;
        Some(Hit::new(least, evidence))
    }

    fn out_of_range(&self) -> Option<Hit> {
        let value = self.figure().filter(|_| self.item.monthly)?;
        let (low, high) = self.item.bounds[2]?;
        let out = low <= high && (value > high || (value < low && value > 0.0));
        out.then(|| {
            let evidence = Evidence { low: Some(low), high: Some(high), ..self.evidence() };
            Hit::new(value, vec![evidence])
        })
    }

    fn series(&self) -> impl DoubleEndedIterator<Item = (i32, f64)> + '_ {
        let all = match self.item.monthly {
            true => &self.item.months,
            false => &self.item.years,
        };
        all.iter().filter(|it| it.1.valid).map(|it| (*it.0, it.1.value))
    }

    /// The median of the periods before; `None` before there are enough of them.
    fn usual(&self) -> Option<f64> {
        self.last(HISTORY)
    }

    fn last(&self, months: usize) -> Option<f64> {
        let before = self.series().rev().filter(|it| it.0 < self.day && it.1 > 0.0);
        let mut values: Vec<f64> = before.take(months).map(|it| it.1).collect();
        if values.len() < LEAST_HISTORY {
            return None;
        }
        median(&mut values)
    }

    /// The level between the period before and the next one, if these two agree.
    fn between(&self) -> Option<f64> {
        let before = self.series().rev().find(|it| it.0 < self.day)?.1;
        let after = self.next()?;
        let agree = before > 0.0 && (1.0 / LEVEL_FACTOR..=LEVEL_FACTOR).contains(&(after / before));
        agree.then(|| (before * after).sqrt())
    }

    fn known_before(&self) -> usize {
        self.series().filter(|it| it.0 < self.day).count()
    }

    fn next(&self) -> Option<f64> {
        self.series().find(|it| it.0 > self.day).map(|it| it.1)
    }

    /// The figure of the same month `by` years away.
    fn of_year(&self, by: i16) -> Option<f64> {
        let date = self.date().checked_add(jiff::Span::new().years(by)).ok()?;
        let value = self.item.months.get(&day_number(date))?;
        Some(value.value).filter(|_| value.valid)
    }

    fn year_before(&self) -> Option<f64> {
        self.of_year(-1)
    }

    /// The figures of the same month of the year before and of the year after.
    fn same_month(&self) -> impl Iterator<Item = f64> + '_ {
        [-1, 1].into_iter().filter_map(|by| self.of_year(by))
    }

    /// The median, over the unit's other items of the same period, of value divided by usual month.
    fn related(&self) -> f64 {
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

    /// The power of ten by which the value is wrong, if it is wrong.
    fn power(&self) -> Option<i32> {
        let (value, usual) = (self.figure().filter(|it| *it > 0.0)?, self.usual()?);
        // The neighbouring months show the level best, or else the same month of the year before; a wrong value there
        // must not make this one wrong.
        let year_before = || self.year_before().filter(|it| *it > 0.0);
        let base = self.between().or_else(year_before).unwrap_or(usual);
        let (log, far) = ((value / base).log10(), (value / usual).log10());
        if far.abs() < 0.5 || (far > 0.0) != (log > 0.0) {
            return None;
        }
        let power = log.round() as i32;
        let tolerance = if power.abs() >= 2 { WIDE_LOG10 } else { TOLERANCE_LOG10 };
        if power == 0 || (log - f64::from(power)).abs() > tolerance {
            return None;
        }
        // The season causes this every year.
        if self.same_month().any(|it| it > 0.0 && (value / it).log10().abs() < 0.5) {
            return None;
        }
        let related = self.related();
        if (power > 0 && related > 3.0) || (power < 0 && related < 0.5) {
            return None;
        }
        let back = self.next().is_some_and(|it| it > 0.0 && (it / usual).log10().abs() < 0.5);
        (power.abs() >= ALONE_POWER || back).then_some(power)
    }

    fn mixed_up(&self) -> Option<Hit> {
        let power = self.power().filter(|_| self.item.is_quantity())?;
        let evidence = Evidence { expected: self.usual(), ..self.evidence() };
        Some(Hit::new(10f64.powi(power), vec![evidence]))
    }

    fn jump(&self) -> Option<Hit> {
        if !self.item.is_quantity() || self.power().is_some() {
            return None;
        }
        let (value, usual) = (self.figure().filter(|it| *it > 0.0)?, self.last(LAST)?);
        let usual = self.between().unwrap_or(usual);
        let (ratio, related) = (value / usual, self.related());
        let seasonal = |it: f64| it > 0.0 && (0.6..1.7).contains(&(value / it));
        if self.same_month().any(seasonal) {
            return None;
        }
        let jumped = match self.next().filter(|it| *it > 0.0) {
            Some(next) if ratio > 1.0 => ratio / related.max(1.0) >= UP && value / next >= UP,
            Some(next) => ratio / related.min(1.0) <= DOWN && value / next <= DOWN,
            // Before a year is known, the season may be the cause.
            None => self.known_before() >= HISTORY && ratio / related.max(1.0) >= NEW_UP,
        };
        jumped.then(|| {
            let evidence = Evidence {
                expected: Some(usual),
                low: Some(usual * DOWN),
                high: Some(usual * UP),
                ..self.evidence()
            };
            Hit::new(ratio, vec![evidence])
        })
    }

    /// The same value to the last digit over several months.
    fn stuck(&self) -> Option<Hit> {
        let value = self.figure().filter(|it| *it != 0.0 && self.item.is_quantity())?;
        let same = |it: &(i32, f64)| it.1 == value;
        let after = self.series().filter(|it| it.0 > self.day).take_while(same);
        let before = self.series().rev().filter(|it| it.0 < self.day).take_while(same);
        let run = 1 + after.take(HISTORY).count() + before.take(HISTORY).count();
        let chance = chance_of_repeats(value, run as f64 - 1.0);
        (run >= STUCK_MONTHS && chance <= STUCK_CHANCE)
            .then(|| Hit::new(run as f64, vec![self.evidence()]))
    }

    fn figures(&self, marks: &[Mark]) -> Option<ItemFigures> {
        let value = self.value();
        if !self.is_expected() || !(value.is_some() || self.is_due()) {
            return None;
        }
        let part = |part: Part| {
            let mut rules = marks.iter().filter_map(|it| rules::rule(it.rule));
            rules.any(|it| it.part == part)
        };
        let valid = value.is_some_and(|it| it.valid);
        Some(ItemFigures {
            item: self.item.id,
            day: self.day,
            expected: 1,
            received: u32::from(valid),
            timed: self.is_timed(),
            late_hours: self.late_hours(),
            has_data: value.is_some(),
            valid: valid && !part(Part::Validity),
            conforms: value.is_some() && !part(Part::Conformity),
        })
    }
}
