//! Converts a snapshot by unit into a snapshot by groups, and reads one that was sent by groups.

use std::collections::BTreeMap;

use crate::cube;
use nengce_shared::basis::Basis;
use nengce_shared::month::Month;

use super::ratio_sums::RatioSums;
use super::snapshot::{Snapshot, basis_index};
use super::unit_group::{Paired, Silence, UnitGroup};

impl Snapshot {
    /// Whether its units are groups.
    pub fn is_grouped(&self) -> bool {
        !self.groups.is_empty()
    }

    /// How many units one of its units stands for.
    pub fn stands_for(&self, unit: usize) -> u32 {
        self.groups.get(unit).map_or(1, |it| it.units)
    }

    /// How many of a group's units have a figure in a span of months; `None` for a unit by itself.
    pub(super) fn reporting_of(&self, group: usize, months: &[Month]) -> Option<u32> {
        let group = self.groups.get(group)?;
        let last = self.first.plus(self.months as i32 - 1);
        let within = |it: &&Month| (self.first..=last).contains(*it);
        let (from, to) = (months.iter().find(within), months.iter().rev().find(within));
        Some(from.zip(to).map_or(0, |(from, to)| group.reporting(*from, *to)))
    }

    /// A group's month where the sums of the group are not those of its pairs.
    pub(super) fn uneven(&self, group: usize, month: Month, basis: Basis) -> Option<Paired> {
        let both = self.groups.get(group)?.uneven.get(&month)?;
        Some(both[basis_index(basis)])
    }
}

/// The groups of a city's units in the order of `cube::groups`, with the units of each.
pub fn groups(snapshot: &Snapshot) -> Vec<(UnitGroup, Vec<usize>)> {
    let units = snapshot.units.iter();
    let keys = units.map(|it| (it.region.as_str(), it.industry.as_str(), it.class));
    let (members, of) = cube::groups(keys);
    let mut units = vec![Vec::new(); members.len()];
    for (unit, group) in of.into_iter().enumerate() {
        units[group as usize].push(unit);
    }
    let group = |units: Vec<usize>| {
        let uneven = snapshot.all_months().filter_map(|month| {
            let both =
                [Basis::Calorific, Basis::Equivalent].map(|it| paired(snapshot, &units, month, it));
            let is_uneven = both.iter().any(|(_, is_even)| !is_even);
            is_uneven.then(|| (month, both.map(|(sums, _)| sums)))
        });
        let group = UnitGroup {
            units: units.len() as u32,
            uneven: uneven.collect(),
            silences: silences(snapshot, &units),
        };
        (group, units)
    };
    units.into_iter().map(group).collect()
}

fn silences(snapshot: &Snapshot, units: &[usize]) -> Vec<Silence> {
    let mut found: BTreeMap<(Month, Month), u32> = BTreeMap::new();
    for unit in units {
        let mut since = None;
        for month in snapshot.all_months() {
            if snapshot.reports(*unit, month) {
                if let Some(from) = since.take() {
                    *found.entry((from, month.prev())).or_default() += 1;
                }
            } else {
                since.get_or_insert(month);
            }
        }
        if let Some(from) = since {
            let last = snapshot.first.plus(snapshot.months as i32 - 1);
            *found.entry((from, last)).or_default() += 1;
        }
    }
    let silence = |((from, to), units)| Silence { from, to, units };
    found.into_iter().map(silence).collect()
}

/// The pairs of a month, and whether the group's own sums say the same.
fn paired(snapshot: &Snapshot, units: &[usize], month: Month, basis: Basis) -> (Paired, bool) {
    let earlier = month.year_before();
    let [mut now, mut before] = [Counts::default(); 2];
    let (mut kept, mut sums) = (0, Paired::default());
    for unit in units {
        let pair = now.take(snapshot, *unit, month, basis);
        let pair_before = before.take(snapshot, *unit, earlier, basis);
        let Some(pair) = pair else { continue };
        sums.now.take(pair);
        if let Some(pair) = pair_before {
            kept += 1;
            sums.before.take(pair);
        }
    }
    let is_even = now.is_even() && (now.pairs == 0 || before.is_even() && kept == before.pairs);
    (sums, is_even)
}

/// How many units have energy, value added, both.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    energy: u32,
    value_added: u32,
    pairs: u32,
}

impl Counts {
    fn take(
        &mut self,
        snapshot: &Snapshot,
        unit: usize,
        month: Month,
        basis: Basis,
    ) -> Option<RatioSums> {
        let energy = snapshot.tce_of_all(basis, unit, month);
        let output = snapshot.value_added(unit, month);
        self.energy += u32::from(energy.is_some());
        self.value_added += u32::from(output.is_some());
        let (energy, output) = energy.zip(output)?;
        self.pairs += 1;
        Some(RatioSums { energy, output })
    }

    /// Whether the sums of the group are the sums of its pairs, or the group has no pair either.
    fn is_even(&self) -> bool {
        let all = self.energy == self.pairs && self.value_added == self.pairs;
        all || (self.pairs == 0 && (self.energy == 0 || self.value_added == 0))
    }
}
