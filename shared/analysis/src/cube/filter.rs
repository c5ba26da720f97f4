//! Selects facts: sets of codes per dimension and a span of periods. An energy filter does not affect the economy, nor
//! a product filter the energy, because neither is known by the other.

use std::ops::Range;

use super::Cube;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::period::DayRange;
use nengce_shared::unit_class::UnitClass;

/// A set of places; none: all.
type Set = Option<Vec<bool>>;

/// A filter over one cube. Each set narrows; an empty set holds nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    pub periods: Range<usize>,
    members: Set,
    energies: Set,
    products: Set,
}

fn narrow(set: &mut Set, len: usize, holds: impl Fn(usize) -> bool) {
    let set = set.get_or_insert_with(|| vec![true; len]);
    for (at, slot) in set.iter_mut().enumerate() {
        *slot &= holds(at);
    }
}

fn holds(set: &Set, at: u32) -> bool {
    set.as_ref().is_none_or(|it| it.get(at as usize).copied().unwrap_or(false))
}

impl Filter {
    /// Everything.
    pub fn all(cube: &Cube<'_>) -> Self {
        Self { periods: 0..cube.axis.len(), members: None, energies: None, products: None }
    }

    /// The periods that a span touches.
    pub fn during(mut self, cube: &Cube<'_>, span: DayRange) -> Self {
        self.periods = cube.axis.within(span);
        self
    }

    pub fn regions<S: AsRef<str>>(mut self, cube: &Cube<'_>, codes: &[S]) -> Self {
        let of = |at: usize| cube.members[at].region.as_str();
        narrow(&mut self.members, cube.members.len(), |at| {
            codes.iter().any(|it| it.as_ref() == of(at))
        });
        self
    }

    /// By prefix: `C`, `C31`, `C3110`.
    pub fn industries<S: AsRef<str>>(mut self, cube: &Cube<'_>, codes: &[S]) -> Self {
        let of = |at: usize| cube.members[at].industry.as_str();
        narrow(&mut self.members, cube.members.len(), |at| {
            codes.iter().any(|it| of(at).starts_with(it.as_ref()))
        });
        self
    }

    pub fn classes(mut self, cube: &Cube<'_>, classes: &[UnitClass]) -> Self {
        narrow(&mut self.members, cube.members.len(), |at| {
            classes.contains(&cube.members[at].class)
        });
        self
    }

    /// By credit code; holds nothing in a cube of groups.
    pub fn units<S: AsRef<str>>(mut self, cube: &Cube<'_>, codes: &[S]) -> Self {
        let of = |at: usize| cube.members[at].code.as_str();
        narrow(&mut self.members, cube.members.len(), |at| {
            !of(at).is_empty() && codes.iter().any(|it| it.as_ref() == of(at))
        });
        self
    }

    pub fn energy_groups(mut self, cube: &Cube<'_>, groups: &[EnergyGroup]) -> Self {
        narrow(&mut self.energies, cube.energies.len(), |at| {
            groups.contains(&cube.energies[at].group)
        });
        self
    }

    pub fn energy_types<S: AsRef<str>>(mut self, cube: &Cube<'_>, codes: &[S]) -> Self {
        narrow(&mut self.energies, cube.energies.len(), |at| {
            codes.iter().any(|it| it.as_ref() == cube.energies[at].code)
        });
        self
    }

    pub fn products<S: AsRef<str>>(mut self, cube: &Cube<'_>, codes: &[S]) -> Self {
        narrow(&mut self.products, cube.products.len(), |at| {
            codes.iter().any(|it| it.as_ref() == cube.products[at].code)
        });
        self
    }

    pub(super) fn has_energy(&self, member: u32, kind: u32) -> bool {
        holds(&self.members, member) && holds(&self.energies, kind)
    }

    pub(super) fn has_economy(&self, member: u32, kind: u32) -> bool {
        holds(&self.members, member)
            && kind.checked_sub(1).is_none_or(|product| holds(&self.products, product))
    }
}
