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
    items.into_iter().map(|(quantity, factor)| tce(quantity, factor)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cogeneration_plant_gives_its_output_back() {
        // 1,000 t raw coal and 10^5 kWh in; 5,000 GJ heat and 10^6 kWh out; 100 GJ recovered:
        // 714.3 + 12.29 − 170.6 − 122.9 − 3.412 tce.
        let tce = comprehensive_tce(
            [(1000.0, 714.3), (10.0, 1229.0)],
            [(5000.0, 34.12), (100.0, 1229.0)],
            [(100.0, 34.12)],
        );
        assert!((tce - 429.678).abs() < 1e-9, "{tce}");
        assert!((controlled_tce(tce, 100.0, 29.678) - 300.0).abs() < 1e-9);
    }

    fn items() -> impl Strategy<Value = Vec<(f64, f64)>> {
        proptest::collection::vec((0.0..1e6, 0.0..13_000.0), 0..20)
    }

    proptest! {
        /// Units, energies and periods are all just more items: splitting them anyhow and adding
        /// the parts gives the whole.
        #[test]
        fn additive_over_any_split(consumed in items(), produced in items(), recovered in items(), cut in 0usize..20) {
            let split = |items: &[(f64, f64)]| {
                let (a, b) = items.split_at(cut.min(items.len()));
                (a.to_vec(), b.to_vec())
            };
            let whole = comprehensive_tce(consumed.clone(), produced.clone(), recovered.clone());
            let ((c1, c2), (p1, p2), (r1, r2)) = (split(&consumed), split(&produced), split(&recovered));
            let parts = comprehensive_tce(c1, p1, r1) + comprehensive_tce(c2, p2, r2);
            // What is taken off counts too: parts that nearly cancel keep the rounding of their size.
            let size: f64 = [consumed, produced, recovered].map(|items| comprehensive_tce(items, [], [])).iter().sum();
            prop_assert!((whole - parts).abs() <= 1e-9 * (size + 1.0));
        }
    }
}
