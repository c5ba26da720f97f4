//! Comprehensive energy consumption of a unit, and what dual control deducts from it.

use crate::factor::tce;

/// Comprehensive energy consumption in tce (GB/T 2589): Σ consumption · factor − conversion
/// output · factor − recovered energy · factor.
///
/// Each iterator yields (quantity in the dictionary's unit, kgce per that unit). Only whole-plant
/// items that play the role belong in; totals and process items do not.
pub fn comprehensive_tce(
    consumption: impl IntoIterator<Item = (f64, f64)>,
    conversion_output: impl IntoIterator<Item = (f64, f64)>,
    recovered: impl IntoIterator<Item = (f64, f64)>,
) -> f64 {
    sum(consumption) - sum(conversion_output) - sum(recovered)
}

/// Energy under dual control in tce: feedstock energy and non-fossil energy are deducted from the
/// total, in the base year as in the target year (national rules of 2022 and 2024; found).
/// Value added stays unchanged.
pub fn controlled_tce(total: f64, feedstock: f64, non_fossil: f64) -> f64 {
    total - feedstock - non_fossil
}

fn sum(items: impl IntoIterator<Item = (f64, f64)>) -> f64 {
    items
        .into_iter()
        .map(|(quantity, factor)| tce(quantity, factor))
        .sum()
}
