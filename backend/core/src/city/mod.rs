//! An invented city, the same for the same seed: units, their true values on any day, deliberate faults, economy and
//! targets. Values are computed when needed; nothing is stored.

mod build;
pub mod calendar;
mod districts;
pub mod economy;
mod equip;
mod fault_effects;
mod fault_kind;
mod faults;
mod kinds;
mod names;
mod noise;
mod patterns;
mod sub_units;
mod terminal;
#[cfg(test)]
mod tests;
mod unit;
mod unit_items;
mod values;

use jiff::civil::Date;

use crate::reference::Dictionaries;

pub use fault_kind::FaultKind;
pub use faults::Fault;
pub use kinds::Kind;
pub use patterns::DemoPattern;
pub use unit::{CityUnit, Item, Meter, Role};
pub use values::Truth;

/// The city of a seed, with its planted faults.
#[derive(Debug)]
pub struct DemoCity {
    /// The units of the city.
    pub units: Vec<CityUnit>,
    /// The planted faults.
    pub faults: Vec<Fault>,
    /// The true values.
    pub truth: Truth,
    /// The first day for which faults are planned.
    pub first_day: Date,
    /// The last day for which faults are planned.
    pub last_day: Date,
    faults_by_unit: Vec<Vec<usize>>,
}

impl DemoCity {
    /// A city of `count` units, with faults between two days.
    pub fn build(
        seed: u64,
        count: usize,
        first_day: Date,
        last_day: Date,
        dictionaries: &Dictionaries,
    ) -> Self {
        Self::with_faults(faults::plan, seed, count, first_day, last_day, dictionaries)
    }

    /// The same units with other faults: `plan` changes the units and plans the faults from a seed, and the indices of
    /// the first and the last day.
    pub fn with_faults(
        plan: fn(u64, &mut [CityUnit], i32, i32) -> Vec<Fault>,
        seed: u64,
        count: usize,
        first_day: Date,
        last_day: Date,
        dictionaries: &Dictionaries,
    ) -> Self {
        let mut units = build::units(seed, count, dictionaries);
        let (first, last) = (calendar::index_of(first_day), calendar::index_of(last_day));
        let faults = plan(seed, &mut units, first, last);
        sub_units::add(&mut units);
        let mut faults_by_unit = vec![Vec::new(); units.len()];
        for (at, fault) in faults.iter().enumerate() {
            faults_by_unit[fault.unit].push(at);
        }
        Self { units, faults, truth: Truth { seed }, first_day, last_day, faults_by_unit }
    }

    /// The faults of one unit.
    pub fn faults_of(&self, unit: &CityUnit) -> impl Iterator<Item = &Fault> {
        self.faults_by_unit[unit.index].iter().map(|at| &self.faults[*at])
    }
}
