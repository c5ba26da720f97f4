//! The snapshot of the city: by unit and month the energy by group on both bases, points and value added; products,
//! economy, targets, names. Stores and reads values; derives nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use nengce_shared::api::common::ReportingCounts;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;
use nengce_shared::unit_class::UnitClass;

use super::catalog::Catalog;
use super::unit_group::UnitGroup;

/// Number of energy groups.
pub const GROUPS: usize = EnergyGroup::ALL.len();

/// A unit in monitoring; or all units of one district, industry and class, without code and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Unified social credit code.
    pub code: String,
    /// The name of the unit; empty for a group.
    pub name: String,
    /// GB/T 2260, six digits.
    pub region: String,
    /// GB/T 4754 with its letter; empty while unknown.
    pub industry: String,
    /// The class of the unit.
    pub class: UnitClass,
    /// It converts energy: it says so, or has reported what it made. Its figures are net of that.
    pub converts: bool,
    /// `YYYY-MM-DD HH:MM:SS`, local.
    pub last_upload: Option<String>,
}

/// Received and expected points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Points {
    /// Valid points that came.
    pub received: u32,
    /// Points that were expected.
    pub expected: u32,
}

/// One unit making one product in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductMonth {
    /// The index of the unit in the snapshot.
    pub unit: usize,
    /// Index into the catalogue's products.
    pub product: usize,
    /// The month.
    pub month: Month,
    /// In the product's output unit.
    pub output: f64,
    /// Energy of the product's process in tce, calorific and equivalent.
    pub process_tce: Option<[f64; 2]>,
    /// The class 08 indicator the unit reports, in the product's value unit.
    pub indicator: Option<f64>,
}

/// A target as the operator imported it.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// `region`, `industry` or `unit`.
    pub scope: String,
    /// The code of the region, industry or unit.
    pub code: String,
    /// `total_tce`, `annual_fall` or `five_year_fall`.
    pub kind: String,
    /// The first year of the target.
    pub from_year: i16,
    /// The last year of the target, included.
    pub to_year: i16,
    /// tce for `total_tce`, otherwise a fall as a fraction (0.031 = 3.1 %).
    pub value: f64,
    /// The basis of the energy.
    pub basis: Basis,
    /// The document that sets the target.
    pub source: String,
}

/// Energy and points of every unit over days that are not whole months.
#[derive(Debug, Clone)]
pub struct PartialMonth {
    /// The days.
    pub range: DayRange,
    /// The basis of the energy.
    pub basis: Basis,
    /// By unit index: tce by group and points of the days.
    pub units: BTreeMap<usize, UnitPartialMonth>,
}

/// The energy and points of one unit in a partial month.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnitPartialMonth {
    /// tce by energy group; `None` without a figure.
    pub tce: [Option<f64>; GROUPS],
    /// Points of the days.
    pub points: Points,
}

/// The city's additive facts, units, targets, economy and products at one data version. Built by `SnapshotBuilder`.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The data version.
    pub version: u64,
    /// The local date at which the snapshot was built.
    pub today: Date,
    /// Names, products and editions.
    pub catalog: Catalog,
    /// The units, or groups of units.
    pub units: Vec<Unit>,
    /// What is not additive in units that are groups; empty where each stands for itself.
    pub groups: Vec<UnitGroup>,
    /// How each unit reports on the day of the snapshot; a group counts its own.
    pub reporting: Vec<ReportingCounts>,
    /// The first month.
    pub first: Month,
    /// The number of months.
    pub months: usize,
    pub(super) energy: [Vec<f64>; 2],
    /// The groups of each month together, so that the many sums over all of them read one figure.
    pub(super) whole: [Vec<f64>; 2],
    pub(super) points: Vec<Points>,
    pub(super) days: Vec<u8>,
    pub(super) value_added: Vec<f64>,
    /// Products of units by month.
    pub products: Vec<ProductMonth>,
    /// Value added by region code and month, in 10^4 yuan at the prices of `price_year`.
    pub economy: BTreeMap<String, BTreeMap<Month, f64>>,
    /// The year of comparable prices.
    pub price_year: Option<i16>,
    /// The control targets.
    pub targets: Vec<Target>,
    /// The first day with data.
    pub data_from: Option<Date>,
    /// The last day with data.
    pub data_until: Option<Date>,
}

fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// Place of a basis in arrays of both.
pub fn basis_index(basis: Basis) -> usize {
    match basis {
        Basis::Calorific => 0,
        Basis::Equivalent => 1,
    }
}

/// Place of a group in its stack order.
pub fn group_index(group: EnergyGroup) -> usize {
    usize::from(group.code()) - 1
}

impl Snapshot {
    pub(super) fn cell(&self, unit: usize, month: Month) -> Option<usize> {
        let at = usize::try_from(month.since(self.first)).ok()?;
        (at < self.months && unit < self.units.len()).then_some(unit * self.months + at)
    }

    /// tce of a unit, month and group; `None` where no figure came.
    pub fn tce(&self, basis: Basis, unit: usize, month: Month, group: EnergyGroup) -> Option<f64> {
        let cell = self.cell(unit, month)?;
        known(self.energy[basis_index(basis)][cell * GROUPS + group_index(group)])
    }

    /// tce of a unit and month over all groups; `None` where none came.
    pub fn tce_of_all(&self, basis: Basis, unit: usize, month: Month) -> Option<f64> {
        known(self.whole[basis_index(basis)][self.cell(unit, month)?])
    }

    /// tce of a unit and month by group, NaN where no figure came; empty outside of the snapshot.
    pub(super) fn groups(&self, basis: Basis, unit: usize, month: Month) -> &[f64] {
        self.cell(unit, month).map_or(&[], |cell| {
            &self.energy[basis_index(basis)][cell * GROUPS..(cell + 1) * GROUPS]
        })
    }

    /// Points of a unit and month.
    pub fn points(&self, unit: usize, month: Month) -> Points {
        self.cell(unit, month).map(|it| self.points[it]).unwrap_or_default()
    }

    /// Days of the month for which the unit has a figure; all of them for a reported month.
    pub fn days(&self, unit: usize, month: Month) -> u8 {
        self.cell(unit, month).map_or(0, |it| self.days[it])
    }

    /// How many of the units that it stands for have a figure in a month; none in a month within which the data begin.
    pub fn unit_months(&self, unit: usize, month: Month) -> u32 {
        if self.data_from.is_some_and(|it| it > month.first_day() && Month::of(it) == month) {
            return 0;
        }
        let own = || u32::from(self.reports(unit, month));
        self.reporting_of(unit, &[month]).unwrap_or_else(own)
    }

    /// Whether a unit has a figure or a point in a month.
    pub fn reports(&self, unit: usize, month: Month) -> bool {
        let has = |basis| self.tce_of_all(basis, unit, month).is_some();
        self.points(unit, month).received > 0 || Basis::ALL.iter().any(|it| has(*it))
    }

    /// Value added of a unit and month in 10^4 yuan.
    pub fn value_added(&self, unit: usize, month: Month) -> Option<f64> {
        known(self.value_added[self.cell(unit, month)?])
    }

    /// Value added of a region and month in 10^4 yuan.
    pub fn gdp(&self, region: &str, month: Month) -> Option<f64> {
        self.economy.get(region)?.get(&month).copied()
    }

    /// The target of a scope and kind that covers the year.
    pub fn target(&self, scope: &str, code: &str, kind: &str, year: i16) -> Option<&Target> {
        self.targets.iter().find(|target| {
            target.scope == scope
                && target.code == code
                && target.kind == kind
                && (target.from_year..=target.to_year).contains(&year)
        })
    }

    /// The index of a unit by its credit code.
    pub fn unit_of_code(&self, code: &str) -> Option<usize> {
        self.units.iter().position(|it| it.code == code)
    }

    /// Whether a month lies within the snapshot.
    pub fn holds(&self, month: Month) -> bool {
        usize::try_from(month.since(self.first)).is_ok_and(|at| at < self.months)
    }

    /// Months since the first one of the snapshot.
    pub(super) fn place(&self, month: Month) -> usize {
        usize::try_from(month.since(self.first)).unwrap_or(0)
    }

    /// Every month of the snapshot, oldest first.
    pub fn all_months(&self) -> impl Iterator<Item = Month> + use<> {
        let first = self.first;
        (0..self.months).map(move |at| first.plus(at as i32))
    }

    /// Whether the city's data reach the month's last day.
    pub fn is_done(&self, month: Month) -> bool {
        self.data_until.is_some_and(|it| it >= month.last_day())
    }
}
