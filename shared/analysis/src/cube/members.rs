//! The members of a cube: units (or the groups that stand for them), energy types and products, by name and code.

use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::unit_class::UnitClass;

/// A unit; or all units of one district, industry and class, without code and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
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
}

/// An energy type or a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// The code of the energy type or product.
    pub code: String,
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
    /// Unit of its quantities.
    pub unit: String,
    /// Of an energy type; `Other` for products.
    pub group: EnergyGroup,
}
