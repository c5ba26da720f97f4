//! The days of a span out of a cube of days: what the analysis adds to whole months.

use nengce_shared::basis::Basis;
use nengce_shared::period::DayRange;

use super::cube::Cube;
use super::snapshot::{PartialMonth, UnitPartialMonth, basis_index, group_index};
use super::unit_totals::add;

/// The days of a range on both bases.
pub fn partial_months(days: &Cube<'_>, range: DayRange) -> [PartialMonth; 2] {
    let mut made = [Basis::Calorific, Basis::Equivalent].map(|basis| PartialMonth {
        range,
        basis,
        units: Default::default(),
    });
    let periods = days.axis.within(range);
    days.each_energy(|cell| {
        if !periods.contains(&cell.period) {
            return;
        }
        for month in &mut made {
            let unit: &mut UnitPartialMonth = month.units.entry(cell.member as usize).or_default();
            let slot = &mut unit.tce[group_index(cell.group)];
            *slot = add(*slot, cell.tce[basis_index(month.basis)]);
            unit.points.received += cell.received;
            unit.points.expected += cell.expected;
        }
    });
    made
}
