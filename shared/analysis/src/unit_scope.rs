//! The units whose data a reader may see.

use std::collections::BTreeSet;

/// All units, or those of some districts and some by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitScope {
    city: bool,
    districts: BTreeSet<String>,
    units: BTreeSet<String>,
}

impl UnitScope {
    /// Every unit of the city.
    pub fn city() -> Self {
        Self { city: true, ..Self::default() }
    }

    /// The units of districts, by their codes (GB/T 2260), and units by their credit codes.
    pub fn of(
        districts: impl IntoIterator<Item = String>,
        units: impl IntoIterator<Item = String>,
    ) -> Self {
        Self {
            city: false,
            districts: districts.into_iter().collect(),
            units: units.into_iter().collect(),
        }
    }

    /// What either of two scopes covers.
    pub fn or(mut self, other: Self) -> Self {
        self.city |= other.city;
        self.districts.extend(other.districts);
        self.units.extend(other.units);
        if self.city { Self::city() } else { self }
    }

    /// Whether every unit is covered, those that come later too.
    pub fn is_city(&self) -> bool {
        self.city
    }

    /// Whether a unit is covered, by its credit code and the code of its district.
    pub fn covers(&self, code: &str, region: &str) -> bool {
        self.city || self.units.contains(code) || self.districts.contains(region)
    }

    /// The district, where the scope is exactly one.
    pub fn only_district(&self) -> Option<&str> {
        match self.districts.first() {
            Some(it) if !self.city && self.units.is_empty() && self.districts.len() == 1 => {
                Some(it)
            }
            _ => None,
        }
    }

    /// Whether a district is covered whole.
    pub fn covers_district(&self, region: &str) -> bool {
        self.city || self.districts.contains(region)
    }
}
