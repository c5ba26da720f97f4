//! Coal-equivalent factors: what one unit of an energy counts for, and where that came from.
//! The values themselves are dictionary data.

use serde::{Deserialize, Serialize};

use crate::certainty::Certainty;

/// Heat content of electricity, kgce per 10^4 kWh (0.1229 kgce/kWh, GB/T 2589 Annex A; found).
/// Calorific basis in every year.
pub const ELECTRICITY_CALORIFIC: f64 = 1229.0;

crate::wire_enum! {
    /// Where a factor came from, weakest first.
    pub enum FactorSource {
        Default = 1, "default", "缺省值", "Default table";
        YearTable = 2, "year_table", "年度值", "Value of the year";
        Operator = 3, "operator", "运行机构录入", "Entered by the operator";
        Measured = 4, "measured", "实测值", "Measured by the unit";
    }
}

/// A factor as used in a figure: kgce per dictionary unit of the energy (t, 10^4 m³, 10^4 kWh, GJ).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// kgce per unit.
    pub kgce_per_unit: f64,
    /// Where it came from.
    pub source: FactorSource,
    /// The year it is stamped with; `None` when it holds for every year.
    pub year: Option<i16>,
    /// How sure the dictionary is of it.
    pub certainty: Certainty,
}

impl Factor {
    /// Coal equivalent of a quantity in the factor's unit, in tce.
    pub fn tce(&self, quantity: f64) -> f64 {
        tce(quantity, self.kgce_per_unit)
    }
}

/// Coal equivalent in tce of `quantity` units at `kgce_per_unit` (GB/T 2589: 1 kgce = 29.3076 MJ;
/// 1,000 kgce = 1 tce).
pub fn tce(quantity: f64, kgce_per_unit: f64) -> f64 {
    quantity * kgce_per_unit / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steel_plants_year_of_electricity() {
        // 959,636.71 kWh at 0.1229 kgce/kWh.
        let tce = tce(959_636.71 / 10_000.0, ELECTRICITY_CALORIFIC);
        assert!((tce - 117.939_351_659).abs() < 1e-9, "{tce}");
    }

    #[test]
    fn a_tonne_of_raw_coal_weighs_0_7143_tce() {
        let factor = Factor {
            kgce_per_unit: 714.3,
            source: FactorSource::Default,
            year: None,
            certainty: Certainty::Found,
        };
        assert!((factor.tce(1000.0) - 714.3).abs() < 1e-9);
    }
}
