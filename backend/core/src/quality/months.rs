//! Assesses items that report by the month or by the year, with their own rules: missing, late, negative, of a wrong
//! scale, a jump, or stuck. Marks are set on the first day of the month or year.

use nengce_shared::stat_type::StatType;

use super::item_month::{HISTORY_MONTHS, ItemMonth};
use super::rules::jump::{MONTH_DOWN, MONTH_NEW_UP, MONTH_UP, MONTHS_BEFORE};
use super::rules::unit_mixup::{ALONE_POWER, MONTH_TOLERANCE, WIDE_TOLERANCE};
use super::rules::{chance_of_repeats, stuck};
use super::series::{UnitSeries, Value};
use super::timeliness::ItemFigures;
use super::{Evidence, Hit, Mark, Part, rules};
use nengce_messages::stamp::{date_of, day_number};

/// Days around a month that its assessment depends on: the months of a year to either side.
pub const MONTH_REACH_DAYS: i32 = 400;

/// First days of the months whose assessment depends on a value of a day's month, this month included.
pub fn months_around(day: i32) -> impl Iterator<Item = i32> {
    let first = date_of(day).first_of_month();
    (-13..=13).filter_map(move |by| {
        let month = first.checked_add(jiff::Span::new().months(by)).ok()?;
        Some(day_number(month))
    })
}

/// Adds the marks and figures of a unit's items without daily values, for the periods that begin on a day.
pub(super) fn assess(
    unit: &UnitSeries,
    day: i32,
    marks: &mut Vec<Mark>,
    figures: &mut Vec<ItemFigures>,
) {
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
    fn missing(&self) -> Option<Hit> {
        (self.is_due() && self.value().is_none()).then(|| Hit::new(1.0, vec![self.evidence()]))
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
        let tolerance = if power.abs() >= 2 { WIDE_TOLERANCE.value } else { MONTH_TOLERANCE.value };
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
        (f64::from(power.abs()) >= ALONE_POWER.value || back).then_some(power)
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
        let (value, usual) =
            (self.figure().filter(|it| *it > 0.0)?, self.last(MONTHS_BEFORE.value as usize)?);
        let usual = self.between().unwrap_or(usual);
        let (ratio, related) = (value / usual, self.related());
        let seasonal = |it: f64| it > 0.0 && (0.6..1.7).contains(&(value / it));
        if self.same_month().any(seasonal) {
            return None;
        }
        let jumped = match self.next().filter(|it| *it > 0.0) {
            Some(next) if ratio > 1.0 => {
                ratio / related.max(1.0) >= MONTH_UP.value && value / next >= MONTH_UP.value
            }
            Some(next) => {
                ratio / related.min(1.0) <= MONTH_DOWN.value && value / next <= MONTH_DOWN.value
            }
            // Before a year is known, the season may be the cause.
            None => {
                self.known_before() >= HISTORY_MONTHS
                    && ratio / related.max(1.0) >= MONTH_NEW_UP.value
            }
        };
        jumped.then(|| {
            let evidence = Evidence {
                expected: Some(usual),
                low: Some(usual * MONTH_DOWN.value),
                high: Some(usual * MONTH_UP.value),
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
        let run = 1 + after.take(HISTORY_MONTHS).count() + before.take(HISTORY_MONTHS).count();
        let chance = chance_of_repeats(value, run as f64 - 1.0);
        (run as f64 >= stuck::MONTHS.value && chance <= stuck::CHANCE.value)
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
