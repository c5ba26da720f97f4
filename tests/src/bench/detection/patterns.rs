//! What the trial city has beside faults of days: items with patterns that are no fault, units that send months only,
//! with faults of months, and meters that are dead from their first day on.

use nengce_shared::energy_group::EnergyGroup;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use nengce_core::city::calendar::{date_of, index_of};
use nengce_core::city::{CityUnit, DemoPattern, Fault, FaultKind, Item, Role};

/// The share of units that send months only, and the share of other units that have an item with a pattern.
const MONTHLY_UNIT_SHARE: f64 = 0.2;
const PATTERN_ITEM_SHARE: f64 = 0.7;

/// Months before the first fault of months, between two of them, and after the last.
const MONTHS_BEFORE: i32 = 4;
const MONTHS_APART: i32 = 7;
const MONTHS_AFTER: i32 = 2;

const OF_MONTHS: [FaultKind; 5] = [
    FaultKind::Negative,
    FaultKind::UnitMixup,
    FaultKind::Jump,
    FaultKind::Stuck,
    FaultKind::ItemMissing,
];

/// Whether an item measures energy all year and has no pattern.
pub(super) fn is_plain(item: &Item) -> bool {
    matches!(item.role, Role::Energy { .. })
        && item.heating < 0.5
        && item.pattern == DemoPattern::None
}

/// Gives a unit its pattern, and plans the faults that belong to it.
pub(super) fn plan(
    random: &mut ChaCha8Rng,
    unit: &mut CityUnit,
    first: i32,
    last: i32,
) -> Vec<Fault> {
    if random.random_bool(MONTHLY_UNIT_SHARE) {
        unit.monthly = true;
        return of_months(random, unit, first, last);
    }
    let plain: Vec<usize> = (0..unit.items.len()).filter(|at| is_plain(&unit.items[*at])).collect();
    if plain.len() < 2 || !unit.kind.outputs.is_empty() || !random.random_bool(PATTERN_ITEM_SHARE) {
        return Vec::new();
    }
    let at = plain[random.random_range(0..plain.len())];
    let warms = |at: &&usize| {
        let kind = unit.items[**at].data_code.get(13..17).unwrap_or_default();
        matches!(EnergyGroup::of_type(kind), EnergyGroup::Gas | EnergyGroup::Heat)
    };
    let pattern = match random.random_range(0..4) {
        0 => {
            let Some(at) = plain.iter().find(warms).copied() else {
                return Vec::new();
            };
            let item = &mut unit.items[at];
            (item.pattern, item.heating, item.cooling) = (DemoPattern::Heating, 0.0, 0.0);
            return Vec::new();
        }
        1 => DemoPattern::Campaign {
            days: random.random_range(40..100),
            shift: random.random_range(0..99),
        },
        2 => {
            let factor = 2.0 * 5f64.powf(random.random::<f64>());
            let factor = if random.random_bool(0.5) { factor } else { 1.0 / factor };
            DemoPattern::Step { from: random.random_range(first + 60..last - 60), factor }
        }
        _ => {
            return vec![Fault {
                unit: unit.index,
                kind: FaultKind::DeadFromStart,
                item: Some(at),
                from: first,
                to: last,
                amount: 0.0,
                mended: false,
            }];
        }
    };
    unit.items[at].pattern = pattern;
    Vec::new()
}

/// The first day of the month a number of months after a day's month.
fn month_after(day: i32, months: i32) -> i32 {
    let first = date_of(day).first_of_month();
    index_of(first.saturating_add(jiff::Span::new().months(months)))
}

fn of_months(random: &mut ChaCha8Rng, unit: &CityUnit, first: i32, last: i32) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut month = month_after(first, MONTHS_BEFORE);
    while month_after(month, MONTHS_APART) < last {
        let kind = OF_MONTHS[random.random_range(0..OF_MONTHS.len())];
        let mut amount = kind.draw_size(random).1;
        if kind == FaultKind::UnitMixup && random.random_bool(0.4) {
            amount = 1.0 / amount;
        }
        if kind == FaultKind::Jump {
            // A month differs visibly from its neighbours from a factor of three on.
            amount = if random.random_bool(0.4) {
                0.15 + 0.07 * random.random::<f64>()
            } else {
                amount + 1.0
            };
        }
        let long = if kind == FaultKind::Stuck { random.random_range(2..5) } else { 0 };
        let from = month_after(month, random.random_range(0..3));
        let to = month_after(from, long + 1) - 1;
        let fits: Vec<usize> = (0..unit.items.len())
            .filter(|at| is_plain(&unit.items[*at]) && unit.items[*at].base >= 1.0)
            .collect();
        if month_after(to, MONTHS_AFTER) < last && !fits.is_empty() {
            let item = Some(fits[random.random_range(0..fits.len())]);
            faults.push(Fault { unit: unit.index, kind, item, from, to, amount, mended: false });
        }
        month = month_after(month, MONTHS_APART);
    }
    faults
}
