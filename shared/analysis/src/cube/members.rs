//! The members of a cube: units (or the groups that stand for them), energy types and products, by name and code.

use std::collections::BTreeMap;

use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::unit_class::UnitClass;

/// A unit; or all units of one district, industry and class, without code and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Unified social credit code.
    pub code: String,
    pub name: String,
    /// GB/T 2260, six digits.
    pub region: String,
    /// GB/T 4754 with its letter; empty while unknown.
    pub industry: String,
    pub class: UnitClass,
}

/// An energy type or a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    pub code: String,
    pub zh: String,
    pub en: String,
    /// Unit of its quantities.
    pub unit: String,
    /// Of an energy type; `Other` for products.
    pub group: EnergyGroup,
}

/// The words of one attribute and, by member or kind, which of them holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    pub words: Vec<String>,
    pub of: Vec<u32>,
}

impl Attribute {
    /// Words in their order, each once.
    pub fn new<'w>(values: impl Iterator<Item = &'w str> + Clone) -> Self {
        let mut places: BTreeMap<&str, u32> = values.clone().map(|it| (it, 0)).collect();
        for (at, place) in places.values_mut().enumerate() {
            *place = at as u32;
        }
        Self {
            of: values.map(|it| places[it]).collect(),
            words: places.into_keys().map(str::to_owned).collect(),
        }
    }
}

/// The division of an industry: `C3110` → `C31`.
pub fn sector(industry: &str) -> &str {
    industry.get(..3).unwrap_or(industry)
}
