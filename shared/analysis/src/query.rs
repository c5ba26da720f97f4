//! A query to the analysis: which units, which energies, which basis, which days.

use std::collections::BTreeSet;

use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::unit_class::UnitClass;

use super::catalog::division;
use super::snapshot::{Snapshot, Unit};
use super::spans::{Comparison, Spans};

/// Which units and energies count: each list takes what is in it, an empty one takes all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Codes of districts.
    pub region: Vec<String>,
    /// Prefixes of GB/T 4754 with their letter.
    pub industry: Vec<String>,
    /// Classes of units.
    pub class: Vec<UnitClass>,
    /// Energy groups.
    pub energy: Vec<EnergyGroup>,
    /// Codes of units.
    pub unit: Vec<String>,
}

/// A filter on a basis over spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The units and energies that count.
    pub filter: Filter,
    /// The basis of tce.
    pub basis: Basis,
    /// The span and the span it is compared with.
    pub spans: Spans,
    /// Whom the scope is compared with over the same span; `None` compares with the earlier span.
    pub comparison: Option<Comparison>,
}

impl Query {
    /// Whether groups of units answer it as the units would: no single units, no days, no energies that only some have,
    /// and pairs of months as the groups have them.
    pub fn is_for_groups(&self) -> bool {
        let Filter { energy, unit, .. } = &self.filter;
        energy.is_empty()
            && unit.is_empty()
            && self.spans.partial_months().is_empty()
            && self.spans.months_apart() == 12
    }

    /// The filter of the district compared with: the same but for its regions and its units.
    pub fn district(&self) -> Option<Filter> {
        match &self.comparison {
            Some(Comparison::District(code)) => {
                Some(Filter { region: vec![code.clone()], unit: Vec::new(), ..self.filter.clone() })
            }
            _ => None,
        }
    }

    /// Indices of the units compared with.
    pub fn compared_units(&self, snapshot: &Snapshot) -> Option<Vec<usize>> {
        let peers = || {
            let units = snapshot.units.iter();
            let own: BTreeSet<&str> =
                units.filter(|it| self.filter.takes(it)).map(|it| division(&it.industry)).collect();
            let is_peer =
                |it: &Unit| !self.filter.takes(it) && own.contains(division(&it.industry));
            (0..snapshot.units.len()).filter(|at| is_peer(&snapshot.units[*at])).collect()
        };
        match self.comparison {
            Some(Comparison::Peers) => Some(peers()),
            _ => self.district().map(|it| it.select(snapshot)),
        }
    }
}

impl Filter {
    /// Whether the unit is in scope.
    pub fn takes(&self, unit: &Unit) -> bool {
        let any = |list: &[String], holds: &dyn Fn(&str) -> bool| {
            list.is_empty() || list.iter().any(|it| holds(it))
        };
        any(&self.region, &|it| unit.region == it)
            && any(&self.industry, &|it| unit.industry.starts_with(it))
            && (self.class.is_empty() || self.class.contains(&unit.class))
            && any(&self.unit, &|it| unit.code == it)
    }

    /// Whether the energy is in scope.
    pub fn takes_energy(&self, group: EnergyGroup) -> bool {
        self.energy.is_empty() || self.energy.contains(&group)
    }

    /// Indices of the units in scope.
    pub fn select(&self, snapshot: &Snapshot) -> Vec<usize> {
        (0..snapshot.units.len()).filter(|at| self.takes(&snapshot.units[*at])).collect()
    }

    /// The regions whose economies together are the denominator, when nothing but regions narrows the scope; else none.
    pub fn economy<'a>(&'a self, city: &'a str) -> Vec<&'a str> {
        let narrowed = !self.industry.is_empty()
            || !self.class.is_empty()
            || !self.energy.is_empty()
            || !self.unit.is_empty();
        match self.region.as_slice() {
            _ if narrowed => Vec::new(),
            [] => vec![city],
            several => several.iter().map(String::as_str).collect(),
        }
    }

    /// Scope and code under which a target of this scope would stand; targets stand for one district, one industry, one
    /// unit or the city, never for a set.
    pub fn target_key<'a>(&'a self, city: &'a str) -> Option<(&'static str, &'a str)> {
        if !self.class.is_empty() || !self.energy.is_empty() {
            return None;
        }
        match (&self.region[..], &self.industry[..], &self.unit[..]) {
            ([], [], []) => Some(("region", city)),
            ([region], [], []) => Some(("region", region)),
            ([], [industry], []) => Some(("industry", industry)),
            ([], [], [unit]) => Some(("unit", unit)),
            _ => None,
        }
    }
}
