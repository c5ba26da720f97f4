//! Fills a snapshot from rows in any order, units first. Rows of unknown units or months outside
//! the declared span are ignored. Knows nothing of where rows come from.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use nengce_shared::api::common::ReportingCounts;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;

use super::catalog::Catalog;
use super::snapshot::{GROUPS, Points, ProductMonth, Snapshot, Target, Unit, group_index};

/// A snapshot under construction.
pub struct SnapshotBuilder {
    snapshot: Snapshot,
    by_id: HashMap<i32, usize>,
}

impl SnapshotBuilder {
    /// Units with the numbers by which rows name them; months from `first` to `last`, both included.
    pub fn new(
        (version, today): (u64, Date),
        catalog: Catalog,
        units: Vec<(i32, Unit)>,
        (first, last): (Month, Month),
    ) -> Self {
        let months = usize::try_from(last.since(first) + 1).unwrap_or(0);
        let cells = months * units.len();
        let (by_id, units) = numbered(units);
        let snapshot = Snapshot {
            version,
            today,
            first,
            months,
            energy: [vec![f64::NAN; cells * GROUPS], vec![f64::NAN; cells * GROUPS]],
            whole: Default::default(),
            points: vec![Points::default(); cells],
            days: vec![0; cells],
            value_added: vec![f64::NAN; cells],
            catalog,
            groups: Vec::new(),
            reporting: vec![ReportingCounts::none(); units.len()],
            units,
            products: Vec::new(),
            economy: Default::default(),
            price_year: None,
            targets: Vec::new(),
            data_from: None,
            data_until: None,
        };
        Self { snapshot, by_id }
    }

    /// Goes on from an earlier snapshot of the same units in the same order and the same months:
    /// the rows of the `touched` units are empty again, and so is everything that is not per unit.
    pub fn again(
        earlier: &Snapshot,
        version: u64,
        catalog: Catalog,
        units: Vec<(i32, Unit)>,
        touched: &HashSet<i32>,
    ) -> Self {
        let (by_id, units) = numbered(units);
        let mut snapshot = Snapshot {
            version,
            catalog,
            units,
            economy: Default::default(),
            price_year: None,
            targets: Vec::new(),
            ..earlier.clone()
        };
        let months = snapshot.months;
        let is_touched: HashSet<usize> =
            touched.iter().filter_map(|it| by_id.get(it).copied()).collect();
        for at in is_touched.iter().copied() {
            let cells = at * months..(at + 1) * months;
            for side in &mut snapshot.energy {
                side[cells.start * GROUPS..cells.end * GROUPS].fill(f64::NAN);
            }
            snapshot.points[cells.clone()].fill(Points::default());
            snapshot.days[cells.clone()].fill(0);
            snapshot.value_added[cells].fill(f64::NAN);
        }
        snapshot.products.retain(|it| !is_touched.contains(&it.unit));
        Self { snapshot, by_id }
    }

    /// The index of a unit id.
    pub fn unit(&self, id: i32) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// First and last day with a counted figure.
    pub fn data_span(&mut self, from: Option<Date>, until: Option<Date>) {
        self.snapshot.data_from = from;
        self.snapshot.data_until = until;
    }

    /// Adds tce on the calorific and the equivalent basis.
    pub fn energy(&mut self, unit: i32, month: Month, group: EnergyGroup, tce: [Option<f64>; 2]) {
        let Some(cell) = self.cell(unit, month) else {
            return;
        };
        for (side, value) in tce.into_iter().enumerate() {
            if let Some(value) = value {
                let slot = &mut self.snapshot.energy[side][cell * GROUPS + group_index(group)];
                *slot = if slot.is_nan() { value } else { *slot + value };
            }
        }
    }

    /// Notes that a unit converts energy.
    pub fn converts(&mut self, unit: i32) {
        if let Some(at) = self.unit(unit) {
            self.snapshot.units[at].converts = true;
        }
    }

    /// How a unit, or the units of a group, report today.
    pub fn reporting(&mut self, unit: i32, counts: ReportingCounts) {
        if let Some(at) = self.unit(unit) {
            self.snapshot.reporting[at] = counts;
        }
    }

    /// Adds points of a month.
    pub fn points(&mut self, unit: i32, month: Month, points: Points) {
        if let Some(cell) = self.cell(unit, month) {
            self.snapshot.points[cell].received += points.received;
            self.snapshot.points[cell].expected += points.expected;
        }
    }

    /// Raises the days with a figure to at least `days`.
    pub fn days(&mut self, unit: i32, month: Month, days: u8) {
        if let Some(cell) = self.cell(unit, month) {
            self.snapshot.days[cell] = self.snapshot.days[cell].max(days);
        }
    }

    /// Value added of a unit's month.
    pub fn value_added(&mut self, unit: i32, month: Month, value: f64) {
        if let Some(cell) = self.cell(unit, month) {
            self.snapshot.value_added[cell] = value;
        }
    }

    /// How many products the catalogue has.
    pub(super) fn products(&self) -> usize {
        self.snapshot.catalog.products.len()
    }

    /// A unit's month of a product.
    pub fn product(&mut self, row: ProductMonth) {
        self.snapshot.products.push(row);
    }

    /// Regional value added of a month in 10^4 yuan.
    pub fn economy(
        &mut self,
        region: &str,
        month: Month,
        value_added: f64,
        price_year: Option<i16>,
    ) {
        self.snapshot.economy.entry(region.to_owned()).or_default().insert(month, value_added);
        self.snapshot.price_year = self.snapshot.price_year.or(price_year);
    }

    /// A target.
    pub fn target(&mut self, target: Target) {
        self.snapshot.targets.push(target);
    }

    /// The finished snapshot.
    pub fn build(mut self) -> Snapshot {
        self.snapshot.products.sort_by_key(|it| (it.product, it.unit, it.month));
        self.snapshot.whole = self.snapshot.energy.each_ref().map(|cells| {
            let months = cells.chunks_exact(GROUPS);
            months.map(together).collect()
        });
        self.snapshot
    }

    fn cell(&self, unit: i32, month: Month) -> Option<usize> {
        self.snapshot.cell(self.unit(unit)?, month)
    }
}

/// The places of the units by number, and the units.
fn numbered(units: Vec<(i32, Unit)>) -> (HashMap<i32, usize>, Vec<Unit>) {
    let by_id = units.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
    (by_id, units.into_iter().map(|(_, unit)| unit).collect())
}

/// Sum of the groups that came; NaN where none did.
fn together(groups: &[f64]) -> f64 {
    let came = groups.iter().copied().filter(|it| !it.is_nan());
    came.reduce(|a, b| a + b).unwrap_or(f64::NAN)
}
