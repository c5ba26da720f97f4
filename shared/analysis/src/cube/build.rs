//! Builds a cube from exact figures in any order: sorts the series, finds each one's step, and gathers factors into
//! runs. Knows nothing of where figures come from.

use std::collections::HashMap;

use super::column::{Counts, Figures};
use super::steps::{Exact, MILLIONTHS, factors, quantised};
use super::table::{Economy, Energy, Factor, Run};
use super::{Axis, Cube, Kind, Level, Member};

type Key = (u32, u32);

struct Table<S> {
    places: HashMap<Key, usize>,
    series: Vec<(Key, S)>,
}

impl<S> Table<S> {
    fn place(&mut self, key: Key, new: impl FnOnce() -> S) -> usize {
        *self.places.entry(key).or_insert_with(|| {
            self.series.push((key, new()));
            self.series.len() - 1
        })
    }

    /// By kind, then member: neighbours look alike.
    fn sorted(self) -> Vec<(Key, S)> {
        let mut series = self.series;
        series.sort_unstable_by_key(|((member, kind), _)| (*kind, *member));
        series
    }
}

/// A cube under construction.
pub struct CubeBuilder {
    version: u64,
    level: Level,
    axis: Axis,
    members: Vec<Member>,
    energies: Vec<Kind>,
    products: Vec<Kind>,
    energy: Table<Exact>,
    economy: Table<Vec<f64>>,
}

fn plus(slot: &mut f64, value: f64) {
    if value.is_finite() {
        *slot = if slot.is_nan() { value } else { *slot + value };
    }
}

impl CubeBuilder {
    /// A builder of a cube without figures.
    pub fn new(
        version: u64,
        level: Level,
        axis: Axis,
        members: Vec<Member>,
        energies: Vec<Kind>,
        products: Vec<Kind>,
    ) -> Self {
        let (energy, economy) = (
            Table { places: HashMap::new(), series: Vec::new() },
            Table { places: HashMap::new(), series: Vec::new() },
        );
        Self { version, level, axis, members, energies, products, energy, economy }
    }

    /// The series of a member and an energy type.
    pub fn energy_series(&mut self, member: u32, kind: u32) -> usize {
        let periods = self.axis.len();
        debug_assert!(
            (member as usize) < self.members.len() && (kind as usize) < self.energies.len()
        );
        self.energy.place((member, kind), || Exact {
            quantity: vec![f64::NAN; periods],
            tce: [vec![f64::NAN; periods], vec![f64::NAN; periods]],
            received: vec![0; periods],
            expected: vec![0; periods],
        })
    }

    /// Adds a net quantity and its tce on both bases to a series' period.
    pub fn energy(&mut self, series: usize, period: usize, quantity: f64, tce: [Option<f64>; 2]) {
        let exact = &mut self.energy.series[series].1;
        plus(&mut exact.quantity[period], quantity);
        for (side, tce) in exact.tce.iter_mut().zip(tce) {
            if let Some(tce) = tce {
                plus(&mut side[period], tce);
            }
        }
    }

    /// Adds points to a series' period; more cannot be received than is due.
    pub fn points(&mut self, series: usize, period: usize, received: u32, expected: u32) {
        let exact = &mut self.energy.series[series].1;
        let (due, came) = (&mut exact.expected[period], &mut exact.received[period]);
        *due = due.saturating_add(expected);
        *came = came.saturating_add(received).min(*due);
    }

    /// The series of a member's value added (kind 0) or output of a product (its place + 1).
    pub fn economy_series(&mut self, member: u32, kind: u32) -> usize {
        let periods = self.axis.len();
        debug_assert!(
            (member as usize) < self.members.len() && (kind as usize) <= self.products.len()
        );
        self.economy.place((member, kind), || vec![f64::NAN; periods])
    }

    /// Sets the value added of a series in a period, in 10^4 yuan.
    pub fn economy(&mut self, series: usize, period: usize, amount: f64) {
        plus(&mut self.economy.series[series].1[period], amount);
    }

    /// The cube.
    pub fn build(self) -> Cube<'static> {
        let periods = self.axis.len();
        Cube {
            version: self.version,
            level: self.level,
            axis: self.axis,
            members: self.members,
            energies: self.energies,
            products: self.products,
            energy: energy(self.energy, periods),
            economy: economy(self.economy, periods),
        }
    }
}

fn energy(table: Table<Exact>, periods: usize) -> Energy<'static> {
    let mut made = Energy {
        periods,
        member: Vec::new(),
        kind: Vec::new(),
        step: Vec::new(),
        first_run: vec![0],
        runs: Vec::new(),
        factors: Vec::new(),
        quantity: Figures::new(&[]),
        expected: Counts::new(&[]),
        lacking: Counts::new(&[]),
    };
    let mut known = HashMap::new();
    let (mut cells, mut expected, mut lacking) = (Vec::new(), Vec::new(), Vec::new());
    for ((member, kind), exact) in table.sorted() {
        let silent = exact.quantity.iter().all(|it| it.is_nan());
        if silent && exact.expected.iter().all(|it| *it == 0) {
            continue;
        }
        let (step, mut steps) = quantised(&exact.quantity);
        let factors = factors(&exact, step, &mut steps);
        made.member.push(member);
        made.kind.push(kind);
        made.step.push(step);
        runs(&factors, &mut known, &mut made);
        cells.extend(steps);
        lacking.extend(exact.expected.iter().zip(&exact.received).map(|(due, came)| due - came));
        expected.extend(exact.expected);
    }
    made.quantity = Figures::new(&cells);
    made.expected = Counts::new(&expected);
    made.lacking = Counts::new(&lacking);
    made
}

fn economy(table: Table<Vec<f64>>, periods: usize) -> Economy<'static> {
    let (mut member, mut kind, mut step, mut cells) = (vec![], vec![], vec![], vec![]);
    for ((of, what), exact) in table.sorted() {
        if exact.iter().all(|it| it.is_nan()) {
            continue;
        }
        let (found, steps) = quantised(&exact);
        member.push(of);
        kind.push(what);
        step.push(found);
        cells.extend(steps);
    }
    Economy { periods, member, kind, step, amount: Figures::new(&cells) }
}

fn runs(
    cells: &[Option<[Option<i64>; 2]>],
    known: &mut HashMap<[Option<i64>; 2], u32>,
    made: &mut Energy<'static>,
) {
    let mut place = |factor: [Option<i64>; 2], factors: &mut Vec<Factor>| {
        *known.entry(factor).or_insert_with(|| {
            factors.push(Factor { kgce: factor.map(|it| it.map(|it| it as f64 / MILLIONTHS)) });
            factors.len() as u32 - 1
        })
    };
    let mut current = None;
    for (at, cell) in cells.iter().enumerate() {
        let Some(cell) = cell else { continue };
        let any = *cell == [Some(0), Some(0)];
        if any && current.is_some_and(|it: [Option<i64>; 2]| it.iter().all(Option::is_some)) {
            continue;
        }
        if let Some(before) = current.filter(|it| it != cell) {
            made.runs.push(Run { until: at as u32, factor: place(before, &mut made.factors) });
        }
        current = Some(*cell);
    }
    made.runs.push(Run {
        until: cells.len() as u32,
        factor: place(current.unwrap_or([None, None]), &mut made.factors),
    });
    made.first_run.push(made.runs.len() as u32);
}
