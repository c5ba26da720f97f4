//! Data class `CC` of a data code: what kind of quantity it is and how periods aggregate.

crate::wire_enum! {
    /// Data class (NECC-NHJC-04 data code, found).
    pub enum DataClass {
        PrimaryEnergy = 1, "primary_energy", "一次能源", "Primary energy";
        SecondaryEnergy = 2, "secondary_energy", "二次能源", "Secondary energy";
        WorkingMedium = 3, "working_medium", "耗能工质", "Energy-consuming working medium";
        NonEnergyProduct = 4, "non_energy_product", "非能源产品", "Non-energy product";
        PrimaryFactor = 5, "primary_factor", "一次能源折标系数", "Conversion factor of primary energy";
        SecondaryFactor = 6, "secondary_factor", "二次能源折标系数", "Conversion factor of secondary energy";
        MediumFactor = 7, "medium_factor", "耗能工质折标系数", "Conversion factor of working medium";
        EfficiencyIndicator = 8, "efficiency_indicator", "能效指标", "Efficiency indicator";
        EconomicIndicator = 9, "economic_indicator", "经济指标", "Economic indicator";
        Other = 10, "other", "其他", "Other";
    }
}

crate::wire_enum! {
    /// How the values of short periods make the value of a long one.
    pub enum Aggregation {
        Sum = 1, "sum", "求和", "Sum";
        Mean = 2, "mean", "平均", "Mean";
    }
}

impl DataClass {
    /// The class of the two digits `CC`; `None` for a class outside 01–10.
    pub fn of_digits(cc: &str) -> Option<Self> {
        (cc.len() == 2).then(|| cc.parse().ok()).flatten().and_then(Self::from_code)
    }

    /// Quantities (01–04, 09) sum over periods; factors, indicators and the rest are averaged
    /// (inferred: a factor or ratio of two periods has no sum).
    pub fn aggregation(self) -> Aggregation {
        match self {
            Self::PrimaryEnergy
            | Self::SecondaryEnergy
            | Self::WorkingMedium
            | Self::NonEnergyProduct
            | Self::EconomicIndicator => Aggregation::Sum,
            Self::PrimaryFactor
            | Self::SecondaryFactor
            | Self::MediumFactor
            | Self::EfficiencyIndicator
            | Self::Other => Aggregation::Mean,
        }
    }

    /// Classes 01 and 02: the only ones that count towards comprehensive consumption.
    pub fn is_energy(self) -> bool {
        matches!(self, Self::PrimaryEnergy | Self::SecondaryEnergy)
    }

    /// For a factor class 05/06/07 the class whose default factor it overrides.
    pub fn factor_of(self) -> Option<Self> {
        match self {
            Self::PrimaryFactor => Some(Self::PrimaryEnergy),
            Self::SecondaryFactor => Some(Self::SecondaryEnergy),
            Self::MediumFactor => Some(Self::WorkingMedium),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Aggregation, DataClass};

    #[test]
    fn sums_and_means_by_class() {
        for code in 1..=10 {
            let class = DataClass::of_digits(&format!("{code:02}")).unwrap();
            let sums = matches!(code, 1..=4 | 9);
            assert_eq!(class.aggregation() == Aggregation::Sum, sums, "{code}");
        }
        assert_eq!(DataClass::of_digits("11"), None);
        assert_eq!(DataClass::of_digits("00"), None);
        assert_eq!(DataClass::of_digits("1"), None);
    }
}
