//! Coal equivalents: the energy of a quantity, and the reading of a factor that a unit measured. The factors themselves
//! are dictionary data.

/// Coal equivalent in tce of `quantity` units at `kgce_per_unit` (GB/T 2589: 1 kgce = 29.3076 MJ;
/// 1,000 kgce = 1 tce).
///
/// ```
/// use nengce_shared::factor::tce;
/// // 10 × 10^4 kWh at 0.1229 kgce/kWh, calorific.
/// assert!((tce(10.0, 1229.0) - 12.29).abs() < 1e-9);
/// ```
pub fn tce(quantity: f64, kgce_per_unit: f64) -> f64 {
    quantity * kgce_per_unit / 1000.0
}

/// Multipliers that turn a measured value into kgce per dictionary unit: per unit in kgce, tce or kJ, or per kg or m3
/// as laboratories write it. The store's view `v_measured_factor_month` uses the same list.
const MEASURED: [(Option<&str>, f64); 10] = [
    (None, 1.0),
    (None, 1000.0),
    (None, 1.0 / 29.3076),
    (Some("t"), 4.1868 / 29.3076),
    (Some("t"), 1000.0 / 29.3076),
    (Some("t"), 1.0 / 29_307.6),
    (Some("10^4 m3"), 41_868.0 / 29_307.6),
    (Some("10^4 m3"), 10_000.0 / 29_307.6),
    (Some("10^4 m3"), 10_000_000.0 / 29_307.6),
    (Some("10^4 m3"), 10_000.0),
];

/// A unit's own factor in kgce per dictionary unit, in the interpretation nearest to the default factor; `None` where
/// none lies within a factor of three of it, so that the value cannot be used.
pub fn measured(value: f64, default_kgce: f64, quantity_unit: &str) -> Option<f64> {
    MEASURED
        .iter()
        .filter(|(unit, _)| unit.is_none_or(|it| it == quantity_unit))
        .map(|(_, times)| value * times)
        .filter(|it| (0.3..=3.0).contains(&(it / default_kgce)))
        .min_by(|a, b| {
            let far = |it: &f64| (it / default_kgce).ln().abs();
            far(a).total_cmp(&far(b))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steel_plants_year_of_electricity() {
        // 959,636.71 kWh at 0.1229 kgce/kWh, and 1,000 t of raw coal.
        let electricity = tce(959_636.71 / 10_000.0, 1229.0);
        assert!((electricity - 117.939_351_659).abs() < 1e-9, "{electricity}");
        assert!((tce(1000.0, 714.3) - 714.3).abs() < 1e-9);
    }

    #[test]
    fn measured_factors_are_told_by_their_magnitude() {
        let coal = |value: f64| measured(value, 714.3, "t").map(f64::round);
        for (value, unit) in [
            (714.3, "kgce/t"),
            (0.7143, "tce/t"),
            (20_934.0, "kJ/kg"),
            (20.934, "MJ/kg"),
            (5_000.0, "kcal/kg"),
        ] {
            assert_eq!(coal(value), Some(714.0), "{unit}");
        }
        assert_eq!(coal(6_500.0), Some(929.0), "kcal/kg of a good coal");
        let gas = |value: f64| measured(value, 13_300.0, "10^4 m3").map(|it| (it / 100.0).round());
        for (value, unit) in [
            (13_300.0, "kgce"),
            (13.3, "tce"),
            (1.33, "kgce/m3"),
            (38_979.0, "kJ/m3"),
            (38.979, "MJ/m3"),
            (9_310.0, "kcal/m3"),
        ] {
            assert_eq!(gas(value), Some(133.0), "{unit}");
        }
        assert_eq!(
            (coal(0.0), coal(-714.3), coal(90_000.0), coal(f64::NAN)),
            (None, None, None, None)
        );
    }
}
