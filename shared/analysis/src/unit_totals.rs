//! Energy and points per unit over a span: whole months from month roll-ups, plus the single days of months that the
//! span covers in part.

use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::quality;

use super::snapshot::{GROUPS, PartialMonth, Snapshot};
use super::spans::Parts;

/// One unit over one span.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct UnitTotals {
    /// tce by energy group; `None` without a figure.
    pub by_group: [Option<f64>; GROUPS],
    /// Points that came.
    pub received: u64,
    /// Points that were expected.
    pub expected: u64,
    /// Months with a figure, added over the units that a group stands for.
    pub months: u32,
}

impl UnitTotals {
    /// tce of the groups in scope; `None` when none of them has a figure.
    pub fn tce(&self, energy: &[EnergyGroup]) -> Option<f64> {
        match energy {
            [] => add_all(self.by_group),
            some => add_all(some.iter().map(|it| self.by_group[super::snapshot::group_index(*it)])),
        }
    }

    /// Whether any figure came.
    pub fn is_reporting(&self) -> bool {
        self.received > 0 || self.by_group.iter().any(Option::is_some)
    }

    /// received / expected.
    pub fn completeness(&self) -> Option<f64> {
        quality::completeness(self.received, self.expected)
    }
}

/// Sums of every unit, by unit index.
pub fn unit_totals(
    snapshot: &Snapshot,
    basis: Basis,
    parts: &Parts,
    partial_months: &[PartialMonth],
) -> Vec<UnitTotals> {
    let mut all = vec![UnitTotals::default(); snapshot.units.len()];
    for (unit, sum) in all.iter_mut().enumerate() {
        for month in &parts.whole {
            let groups = snapshot.groups(basis, unit, *month);
            for (slot, tce) in sum.by_group.iter_mut().zip(groups) {
                *slot = add(*slot, Some(*tce).filter(|it| !it.is_nan()));
            }
            let points = snapshot.points(unit, *month);
            sum.received += u64::from(points.received);
            sum.expected += u64::from(points.expected);
            sum.months += snapshot.unit_months(unit, *month);
        }
    }
    let wanted = partial_months
        .iter()
        .filter(|it| it.basis == basis && parts.partial_months.contains(&it.range));
    for (unit, part) in wanted.flat_map(|it| &it.units) {
        if let Some(sum) = all.get_mut(*unit) {
            for (slot, value) in sum.by_group.iter_mut().zip(part.tce) {
                *slot = add(*slot, value);
            }
            sum.received += u64::from(part.points.received);
            sum.expected += u64::from(part.points.expected);
            sum.months +=
                u32::from(part.points.received > 0 || part.tce.iter().any(Option::is_some));
        }
    }
    all
}

/// tce of a unit's month over the groups in scope.
pub fn month_tce(
    snapshot: &Snapshot,
    basis: Basis,
    unit: usize,
    month: Month,
    energy: &[EnergyGroup],
) -> Option<f64> {
    match energy {
        [] => snapshot.tce_of_all(basis, unit, month),
        [one] => snapshot.tce(basis, unit, month, *one),
        some => add_all(some.iter().map(|it| snapshot.tce(basis, unit, month, *it))),
    }
}

/// Sum in which a missing part leaves the rest standing, and nothing at all stays missing.
pub fn add(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a + b),
        (a, b) => a.or(b),
    }
}

/// `add` over all.
pub fn add_all(values: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
    values.into_iter().fold(None, add)
}

/// value / previous − 1, where both stand and the base is positive.
pub fn change(
    value: Option<f64>,
    previous: Option<f64>,
) -> nengce_shared::api::dual_control::Change {
    let growth =
        value.zip(previous).and_then(|(now, before)| nengce_shared::intensity::growth(now, before));
    nengce_shared::api::dual_control::Change { value, previous, change: growth, index: None }
}

/// Two sizes side by side: value / previous, and no growth.
pub fn beside(
    value: Option<f64>,
    previous: Option<f64>,
) -> nengce_shared::api::dual_control::Change {
    nengce_shared::api::dual_control::Change {
        value,
        previous,
        change: None,
        index: index(value, previous),
    }
}

/// value / previous, where the base is positive.
pub fn index(value: Option<f64>, previous: Option<f64>) -> Option<f64> {
    let both = value.zip(previous).filter(|it| it.1 > 0.0);
    both.map(|(own, other)| own / other)
}
