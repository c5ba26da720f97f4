//! Plans the deliberate faults of the invented city, and records them so that detection can be scored. Small units get
//! the faults, so that the city's totals remain right.

use nengce_shared::unit_class::UnitClass;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::calendar::date_of;
use super::fault_kind::FaultKind;
use super::unit::{CityUnit, Role};

/// A planted fault; its days are indices since the epoch, both included.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The index of the unit.
    pub unit: usize,
    /// The kind of the fault.
    pub kind: FaultKind,
    /// The place of the item among the unit's items; `None` for the whole unit.
    pub item: Option<usize>,
    /// The first day.
    pub from: i32,
    /// The last day.
    pub to: i32,
    /// Factor, slope or share, by kind.
    pub amount: f64,
    /// Whether a later upload corrects it.
    pub mended: bool,
}

const PLANTED_KINDS: [FaultKind; 22] = [
    FaultKind::Shutdown,
    FaultKind::Silent,
    FaultKind::MissedDays,
    FaultKind::LateBackfill,
    FaultKind::Stuck,
    FaultKind::CounterRestart,
    FaultKind::UnitMixup,
    FaultKind::Negative,
    FaultKind::Duplicate,
    FaultKind::Drift,
    FaultKind::ExpiredMeter,
    FaultKind::MonthMismatch,
    FaultKind::UnreadableCode,
    FaultKind::UnknownCode,
    FaultKind::ItemMissing,
    FaultKind::FewPoints,
    FaultKind::OutOfRange,
    FaultKind::Jump,
    FaultKind::DeadMeter,
    FaultKind::StuckPoints,
    FaultKind::DaySum,
    FaultKind::PeriodStart,
];

/// Plans faults over the days `first..=last` and marks units (shutdown, expired meters) for them.
pub(super) fn plan(seed: u64, units: &mut [CityUnit], first: i32, last: i32) -> Vec<Fault> {
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0xFA17);
    let mut pool: Vec<usize> = (0..units.len())
        .filter(|at| {
            let unit = &units[*at];
            unit.uploads && unit.class == UnitClass::TenThousand && unit.kind.outputs.is_empty()
        })
        .collect();
    pool.shuffle(&mut random);
    let mut next = pool.iter().copied().cycle();
    let mut faults = Vec::new();
    for unit in units.iter().filter(|it| !it.uploads) {
        faults.push(plain(unit.index, FaultKind::NeverUploads, first, last));
    }
    if pool.is_empty() || last - first < 10 {
        return faults;
    }
    for kind in PLANTED_KINDS {
        let wanted = (kind.count() * units.len()).div_ceil(286).min(kind.count().max(1));
        for nth in 0..wanted {
            let Some(unit) = next.next() else { break };
            plant(&mut random, &mut units[unit], kind, nth, (first, last), &mut faults);
        }
    }
    faults
}

fn plain(unit: usize, kind: FaultKind, from: i32, to: i32) -> Fault {
    Fault { unit, kind, item: None, from, to, amount: 0.0, mended: false }
}

#[expect(clippy::too_many_lines, reason = "one arm for each kind of fault, none of them long")]
fn plant(
    random: &mut ChaCha8Rng,
    unit: &mut CityUnit,
    kind: FaultKind,
    nth: usize,
    (first, last): (i32, i32),
    faults: &mut Vec<Fault>,
) {
    let span = last - first + 1;
    let start = |random: &mut ChaCha8Rng, length: i32| {
        first + random.random_range(0..(span - length - 1).max(1))
    };
    // Half of the faults lie in the last weeks, where an inspector looks.
    let recent = |random: &mut ChaCha8Rng, length: i32| {
        let room = span.min(45) - length - 2;
        last - length - random.random_range(0..room.max(1)).max(1)
    };
    let electricity = unit.items.iter().position(|it| it.data_code.contains("-023300-11"));
    let hourly =
        unit.items.iter().position(|it| matches!(it.role, Role::Energy { hourly: true, .. }));
    let smallest = unit
        .items
        .iter()
        .enumerate()
        .filter(|(_, it)| matches!(it.role, Role::Energy { .. }))
        .min_by(|a, b| a.1.base.total_cmp(&b.1.base))
        .map(|it| it.0);
    let mut add = |item, from: i32, to: i32, amount, mended| {
        let (from, to) = (from.max(first), to.min(last));
        faults.push(Fault { unit: unit.index, kind, item, from, to, amount, mended });
    };
    match kind {
        FaultKind::MissedDays if nth % 6 == 5 => {
            // A chronic fault occurs every few days of the last two months.
            let mut day = last - span.min(58);
            while day < last {
                add(None, day, day, 0.0, false);
                day += random.random_range(3..6);
            }
        }
        FaultKind::MissedDays => {
            for _ in 0..random.random_range(1..4) {
                let length = random.random_range(0..5).min(span / 4);
                let from = if random.random_bool(0.4) {
                    recent(random, length)
                } else {
                    start(random, length)
                };
                add(None, from, from + length, 0.0, false);
            }
        }
        FaultKind::Silent => {
            let length = random.random_range(3..27).min(span / 2);
            add(None, last - length, i32::MAX / 2, 0.0, false);
            if let Some(it) = faults.last_mut() {
                it.to = i32::MAX / 2;
            }
        }
        FaultKind::LateBackfill => {
            let length = random.random_range(4..11).min(span / 4);
            let from = start(random, length);
            add(None, from, from + length, 0.0, true);
        }
        FaultKind::Stuck => {
            let length = random.random_range(3..9).min(span / 4);
            let from = recent(random, length);
            add(electricity, from, from + length, 1.0, false);
        }
        FaultKind::CounterRestart => {
            let from = recent(random, 1);
            add(smallest, from, from, 30.0 + random.random_range(0.0..15.0), false);
        }
        FaultKind::UnitMixup => {
            let from = recent(random, 3);
            let to = from + random.random_range(0..3);
            add(electricity, from, to, 10_000.0, true);
        }
        FaultKind::Negative => {
            let from = recent(random, 1);
            add(smallest, from, from, -0.4, false);
        }
        FaultKind::Duplicate => {
            let from = start(random, 1);
            add(electricity, from, from, 1.03 + random.random_range(0.0..0.1), true);
        }
        FaultKind::Drift => {
            let length = (span / 2).min(120);
            add(electricity, last - length, last, 0.0016, false);
        }
        FaultKind::ExpiredMeter => {
            let overdue = random.random_range(10..160);
            if let Some(meter) = unit.meters.first_mut() {
                meter.calibrated = (last - first) - meter.cycle_days - overdue;
            }
            add(electricity.or(Some(0)), last - overdue, last, 0.0, false);
        }
        FaultKind::MonthMismatch => {
            let from = (last - 75).max(first);
            add(electricity, from, last - 40, 1.08 + random.random_range(0.0..0.1), false);
        }
        FaultKind::UnreadableCode | FaultKind::UnknownCode => add(None, last - 6, last, 0.0, false),
        FaultKind::Shutdown => {
            let length = random.random_range(8..26).min(span / 3);
            let from = recent(random, length);
            unit.shutdown = Some((from, from + length));
            add(None, from, from + length, 0.0, false);
        }
        FaultKind::ItemMissing
        | FaultKind::FewPoints
        | FaultKind::OutOfRange
        | FaultKind::Jump
        | FaultKind::DeadMeter
        | FaultKind::StuckPoints
        | FaultKind::DaySum
        | FaultKind::PeriodStart => {
            // Real-time values exist only for the last days.
            let span = if kind.needs_points() { 6 } else { span.min(45) };
            let from = last - random.random_range(1..span.max(2));
            let item = if kind.needs_points() { hourly } else { electricity };
            let Some(at) = item else { return };
            if kind.is_relative() && smallest == item {
                return;
            }
            let (days, amount) = kind.draw_size(random);
            let days = days.min(last - from);
            add(Some(at), from, from + days, amount, false);
        }
        FaultKind::NeverUploads | FaultKind::LateUpload | FaultKind::DeadFromStart => {}
    }
}

impl Fault {
    /// Whether a day is among those of the fault.
    pub fn covers(&self, day: i32) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// The fault as one line of the file of faults.
    pub fn record(&self, unit: &CityUnit) -> Value {
        let open = self.to > 100_000;
        json!({
            "kind": self.kind.as_str(),
            "fault": self.kind != FaultKind::Shutdown,
            "enterprise_code": unit.enterprise_code,
            "unit_name": unit.name,
            "data_code": self.item.map(|it| unit.items[it].data_code.clone()),
            "from": date_of(self.from).to_string(),
            "to": if open { Value::Null } else { json!(date_of(self.to).to_string()) },
            "amount": self.amount,
            "mended_by_later_upload": self.mended,
        })
    }
}
