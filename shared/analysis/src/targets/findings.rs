//! What open findings about the data of a unit, and its inspection cases, tell an inspector.

use std::collections::BTreeMap;

/// Of one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct UnitFindings {
    /// Open findings of rules that suggest figures that were not measured.
    pub suspect: u32,
    /// Those rules with their counts in Chinese: 「数值不变 2、日月不符 1」.
    pub rules_zh: String,
    /// The same in English.
    pub rules_en: String,
    /// Findings whose deadline for an answer has passed.
    pub overdue: u32,
    /// The days by which the oldest of them is overdue.
    pub overdue_days: u32,
    /// Cases of the last three years whose order was not carried out or that ended in a fine.
    pub offences: u32,
    /// Quarters since the last visit, or since the platform holds cases; 0 where it holds none.
    pub quarters_since_visit: u32,
}

/// By the number of the unit in the database.
pub type Findings = BTreeMap<i32, UnitFindings>;
