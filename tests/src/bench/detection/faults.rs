//! Plants faults to measure detection: one in most periods of two months of every unit, with a random class and size.
//! Only faults that readings can reveal are planted: a fall of the only item, for example, looks like a standstill.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use nengce_core::city::{CityUnit, DemoPattern, Fault, FaultKind, Role};

use super::patterns::{self, is_plain};

/// Days before the first fault: a history to compare with.
const QUIET_DAYS: i32 = 50;
const DAYS_PER_FAULT: i32 = 60;
/// The share of periods with a fault.
const FAULTY_UNIT_SHARE: f64 = 0.7;

const KINDS: [FaultKind; 17] = [
    FaultKind::Silent,
    FaultKind::MissedDays,
    FaultKind::ItemMissing,
    FaultKind::FewPoints,
    FaultKind::LateUpload,
    FaultKind::Negative,
    FaultKind::OutOfRange,
    FaultKind::UnitMixup,
    FaultKind::CounterRestart,
    FaultKind::Jump,
    FaultKind::DeadMeter,
    FaultKind::Stuck,
    FaultKind::StuckPoints,
    FaultKind::DaySum,
    FaultKind::MonthMismatch,
    FaultKind::PeriodStart,
    FaultKind::Shutdown,
];

/// Plans the trial's faults over the days `first..=last`.
pub(super) fn plan(seed: u64, units: &mut [CityUnit], first: i32, last: i32) -> Vec<Fault> {
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0x0007_121A);
    let mut faults = Vec::new();
    for unit in units.iter_mut().filter(|it| it.uploads) {
        faults.extend(patterns::plan(&mut random, unit, first, last));
        if unit.monthly {
            continue;
        }
        // The periods of units are shifted, so that no season or festival falls on the same period of every unit.
        let mut from = first + QUIET_DAYS + random.random_range(0..DAYS_PER_FAULT);
        while from + DAYS_PER_FAULT <= last {
            if random.random_bool(FAULTY_UNIT_SHARE) {
                let kind = KINDS[random.random_range(0..KINDS.len())];
                let dead = faults.iter().filter(|it: &&Fault| it.unit == unit.index);
                let dead = dead.filter(|it| it.kind == FaultKind::DeadFromStart);
                let dead = dead.filter_map(|it| it.item).next();
                faults.extend(plant(&mut random, unit, dead, kind, from));
            }
            from += DAYS_PER_FAULT;
        }
    }
    faults
}

fn plant(
    random: &mut ChaCha8Rng,
    unit: &mut CityUnit,
    dead: Option<usize>,
    kind: FaultKind,
    from: i32,
) -> Option<Fault> {
    let (days, mut amount) = kind.draw_size(random);
    let mut from = from + random.random_range(2..20);
    let energies: Vec<usize> = (0..unit.items.len())
        .filter(|at| matches!(unit.items[*at].role, Role::Energy { .. }))
        .filter(|at| Some(*at) != dead && unit.items[*at].pattern == DemoPattern::None)
        .collect();
    let steady = |at: &&usize| unit.items[**at].heating < 0.5;
    // A number of one or two digits repeats without any fault.
    let long = |at: &&usize| unit.items[**at].base >= 10.0;
    let fits: Vec<usize> = match kind {
        it if it.needs_points() => energies
            .iter()
            .filter(|at| matches!(unit.items[**at].role, Role::Energy { hourly: true, .. }))
            .filter(steady)
            .filter(long)
            .copied()
            .collect(),
        // Outside the season a heating item is at zero, so no fault can show.
        FaultKind::Negative
        | FaultKind::UnitMixup
        | FaultKind::CounterRestart
        | FaultKind::Jump
        | FaultKind::DeadMeter
        | FaultKind::MonthMismatch
        | FaultKind::Stuck => energies
            .iter()
            .filter(steady)
            .filter(|it| kind != FaultKind::Stuck || long(it))
            .copied()
            .collect(),
        _ => energies.clone(),
    };
    let whole = matches!(
        kind,
        FaultKind::Silent | FaultKind::MissedDays | FaultKind::LateUpload | FaultKind::Shutdown
    );
    let item = match (whole, fits.len()) {
        (true, _) => None,
        (false, 0) => return None,
        (false, count) => Some(fits[random.random_range(0..count)]),
    };
    // Another item has to run all year beside it.
    let runs = |at: &&usize| Some(**at) != item && is_plain(&unit.items[**at]);
    let others = energies.iter().any(|it| runs(&it));
    if !others && matches!(kind, FaultKind::DeadMeter | FaultKind::ItemMissing) {
        return None;
    }
    if others && kind == FaultKind::UnitMixup && random.random_bool(0.4) {
        amount = 1.0 / amount;
    }
    if others && kind == FaultKind::Jump && random.random_bool(0.4) {
        amount = 0.9 / amount;
    }
    if kind == FaultKind::CounterRestart && random.random_bool(0.4) {
        amount = -amount;
    }
    let mut to = from + days;
    if kind == FaultKind::MonthMismatch {
        from -= nengce_core::city::calendar::date_of(from).day() as i32 - 1;
        to = from;
    }
    if kind == FaultKind::Shutdown {
        if unit.shutdown.is_some() {
            return None;
        }
        unit.standstill = (random.random::<f64>() * 0.15 - 0.03).max(0.0);
        unit.shutdown = Some((from, to));
    }
    Some(Fault {
        unit: unit.index,
        kind,
        item,
        from,
        to,
        amount,
        mended: !matches!(
            kind,
            FaultKind::Shutdown | FaultKind::LateUpload | FaultKind::MonthMismatch
        ),
    })
}
