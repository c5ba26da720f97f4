//! The costs of a day, a month and a year: sums of what is known, and counts of what is not.

use std::collections::BTreeSet;

use jiff::civil::Date;
use nengce_core::costs::year::{Costs, EnergyDay};
use nengce_shared::api::cost::CostSpan;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;

const GROUPS: usize = EnergyGroup::ALL.len();

/// The place of a group in the order of the stack.
fn place(group: EnergyGroup) -> usize {
    usize::from(group.code()) - 1
}

fn add(sum: &mut Option<f64>, more: f64) {
    *sum = Some(sum.unwrap_or_default() + more);
}

/// A month with the values that came for it alone.
pub(super) fn of_month(costs: &Costs, month: Month, range: DayRange) -> CostSpan {
    of(costs, month.to_string(), range, true)
}

/// A day. A value of a month belongs to no day.
pub(super) fn of_day(costs: &Costs, day: Date) -> CostSpan {
    of(costs, day.to_string(), DayRange::between(day, day), false)
}

fn of(costs: &Costs, period: String, range: DayRange, with_rests: bool) -> CostSpan {
    let mine: Vec<&EnergyDay> = costs
        .days
        .iter()
        .filter(|it| range.contains(it.day) && (with_rests || !it.is_rest))
        .collect();
    let mut groups = [None; GROUPS];
    for it in &mine {
        if let Some(cost) = it.cost() {
            add(&mut groups[place(EnergyGroup::of_type(&it.energy_type))], cost);
        }
    }
    let fixed = costs.fixed.range(range.from()..=range.to()).map(|it| *it.1);
    let fixed = fixed.reduce(|a, b| a + b);
    if let Some(fixed) = fixed {
        add(&mut groups[place(EnergyGroup::Electricity)], fixed);
    }
    let days = range.days().unsigned_abs();
    // A value of a month stands for days that are not told apart: all of them.
    let count = |wanted: fn(&EnergyDay) -> bool| {
        let found: Vec<_> = mine.iter().filter(|it| wanted(it)).collect();
        let one_by_one: BTreeSet<Date> = found.iter().map(|it| it.day).collect();
        if found.iter().any(|it| it.is_rest) { days } else { one_by_one.len() as u32 }
    };
    CostSpan {
        period,
        cost: groups.iter().flatten().copied().reduce(|a, b| a + b),
        groups: groups.to_vec(),
        fixed,
        days,
        days_without_reading: count(|it| it.lacks_reading),
        days_without_price: count(EnergyDay::lacks_price),
        days_at_mean: count(EnergyDay::is_at_mean),
    }
}

/// Several spans together.
pub(super) fn sum(period: String, spans: &[CostSpan]) -> CostSpan {
    let total = |of: fn(&CostSpan) -> Option<f64>| spans.iter().filter_map(of).reduce(|a, b| a + b);
    let count = |of: fn(&CostSpan) -> u32| spans.iter().map(of).sum();
    let group = |at: usize| spans.iter().filter_map(|it| it.groups[at]).reduce(|a, b| a + b);
    CostSpan {
        period,
        cost: total(|it| it.cost),
        groups: (0..GROUPS).map(group).collect(),
        fixed: total(|it| it.fixed),
        days: count(|it| it.days),
        days_without_reading: count(|it| it.days_without_reading),
        days_without_price: count(|it| it.days_without_price),
        days_at_mean: count(|it| it.days_at_mean),
    }
}
