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

impl DataClass {
    /// The class of the two digits `CC`; `None` for a class outside 01–10.
    pub fn of_digits(cc: &str) -> Option<Self> {
        (cc.len() == 2).then(|| cc.parse().ok()).flatten().and_then(Self::from_code)
    }

    /// Whether the value of a long period is the mean of its short ones: factors, indicators and other items have no sum.
    /// Quantities (01–04) and economic figures (09) are summed (inferred).
    pub const fn is_averaged(self) -> bool {
        match self {
            Self::PrimaryEnergy
            | Self::SecondaryEnergy
            | Self::WorkingMedium
            | Self::NonEnergyProduct
            | Self::EconomicIndicator => false,
            Self::PrimaryFactor
            | Self::SecondaryFactor
            | Self::MediumFactor
            | Self::EfficiencyIndicator
            | Self::Other => true,
        }
    }

    /// The classes whose values are averaged; SQL has the same list in its macro `is_averaged`.
    pub fn averaged() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|it| it.is_averaged())
    }

    /// Classes 01 and 02: the only ones that count towards comprehensive consumption.
    pub fn is_energy(self) -> bool {
        matches!(self, Self::PrimaryEnergy | Self::SecondaryEnergy)
    }
}

#[cfg(test)]
mod tests {
    use super::DataClass;

    #[test]
    fn sums_and_means_by_class() {
        let averaged: Vec<u16> = DataClass::averaged().map(DataClass::code).collect();
        assert_eq!(averaged, [5, 6, 7, 8, 10]);
        for code in 1..=10 {
            let class = DataClass::of_digits(&format!("{code:02}")).unwrap();
            assert_eq!(class.code(), code);
        }
        assert_eq!(DataClass::of_digits("11"), None);
        assert_eq!(DataClass::of_digits("00"), None);
        assert_eq!(DataClass::of_digits("1"), None);
    }
}
