//! A question to the analysis: which units, which energies, which basis, which days.

use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::unit_class::UnitClass;

use super::facts::{Facts, UnitInfo};
use super::spans::Spans;

/// Which units and energies count; an empty filter is the whole city.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub region: Option<String>,
    /// Prefix of GB/T 4754 with its letter.
    pub industry: Option<String>,
    pub class: Option<UnitClass>,
    pub energy: Option<EnergyGroup>,
}

/// A filter on a basis over spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub filter: Filter,
    pub basis: Basis,
    pub spans: Spans,
}

impl Filter {
    /// Whether the unit is in scope.
    pub fn takes(&self, unit: &UnitInfo) -> bool {
        self.region.as_ref().is_none_or(|it| unit.region == *it)
            && self
                .industry
                .as_ref()
                .is_none_or(|it| unit.industry.starts_with(it.as_str()))
            && self.class.is_none_or(|it| unit.class == it)
    }

    /// Indices of the units in scope.
    pub fn select(&self, facts: &Facts) -> Vec<usize> {
        (0..facts.units.len())
            .filter(|at| self.takes(&facts.units[*at]))
            .collect()
    }

    /// The region whose economy is the denominator, when nothing but the region narrows the scope.
    pub fn economy_region<'a>(&'a self, city: &'a str) -> Option<&'a str> {
        let whole = self.industry.is_none() && self.class.is_none() && self.energy.is_none();
        whole.then(|| self.region.as_deref().unwrap_or(city))
    }

    /// Scope and code under which a target of this scope would stand.
    pub fn target_key<'a>(&'a self, city: &'a str) -> Option<(&'static str, &'a str)> {
        match (self.class, self.energy, &self.region, &self.industry) {
            (None, None, region, None) => Some(("region", region.as_deref().unwrap_or(city))),
            (None, None, None, Some(industry)) => Some(("industry", industry)),
            _ => None,
        }
    }
}
