//! The closed list of dictionaries: name, place in the download, built-in content.

/// A dictionary that the operator can replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DictionaryName {
    /// Energy types of classes 01 and 02.
    EnergyTypes,
    /// Coal-equivalent factors.
    Factors,
    /// Roles of usage codes.
    UsageRoles,
    /// The city and its districts.
    Regions,
    /// Industries of GB/T 4754.
    Industries,
    /// Process codes.
    Processes,
    /// Products with a unit consumption.
    Products,
    /// Indicators of classes 08 and 09.
    Indicators,
    /// Benchmark, baseline and limit levels of products.
    Benchmarks,
    /// Required equip rates of meters.
    MeterEquipRates,
    /// Public holidays and worked weekends by year.
    WorkingDays,
    /// Violations with the law and the amounts of fines.
    Violations,
    /// Deadlines of inspection cases.
    CaseDeadlines,
    /// Acts of the credit list.
    CreditActs,
}

impl DictionaryName {
    /// Every dictionary in the order of its item index, which counts from 1.
    pub const ALL: [Self; 14] = [
        Self::EnergyTypes,
        Self::Factors,
        Self::UsageRoles,
        Self::Regions,
        Self::Industries,
        Self::Processes,
        Self::Products,
        Self::Indicators,
        Self::Benchmarks,
        Self::MeterEquipRates,
        Self::WorkingDays,
        Self::Violations,
        Self::CaseDeadlines,
        Self::CreditActs,
    ];

    /// The name of the file without its extension.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EnergyTypes => "energy_types",
            Self::Factors => "factors",
            Self::UsageRoles => "usage_roles",
            Self::Regions => "regions",
            Self::Industries => "industries",
            Self::Processes => "processes",
            Self::Products => "products",
            Self::Indicators => "indicators",
            Self::Benchmarks => "benchmarks",
            Self::MeterEquipRates => "meter_equip_rates",
            Self::WorkingDays => "working_days",
            Self::Violations => "violations",
            Self::CaseDeadlines => "case_deadlines",
            Self::CreditActs => "credit_acts",
        }
    }

    /// Finds a dictionary by name (`factors`, `factors.csv`) or by item index (`2`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches(".csv").replace('-', "_").to_lowercase();
        Self::ALL
            .into_iter()
            .enumerate()
            .find(|(at, it)| it.as_str() == text || (at + 1).to_string() == text)
            .map(|(_, it)| it)
    }

    /// The content of the built-in file.
    pub const fn built_in(self) -> &'static str {
        match self {
            Self::EnergyTypes => include_str!("../../data/energy_types.csv"),
            Self::Factors => include_str!("../../data/factors.csv"),
            Self::UsageRoles => include_str!("../../data/usage_roles.csv"),
            Self::Regions => include_str!("../../data/regions.csv"),
            Self::Industries => include_str!("../../data/industries.csv"),
            Self::Processes => include_str!("../../data/processes.csv"),
            Self::Products => include_str!("../../data/products.csv"),
            Self::Indicators => include_str!("../../data/indicators.csv"),
            Self::Benchmarks => include_str!("../../data/benchmarks.csv"),
            Self::MeterEquipRates => include_str!("../../data/meter_equip_rates.csv"),
            Self::WorkingDays => include_str!("../../data/working_days.csv"),
            Self::Violations => include_str!("../../data/violations.csv"),
            Self::CaseDeadlines => include_str!("../../data/case_deadlines.csv"),
            Self::CreditActs => include_str!("../../data/credit_acts.csv"),
        }
    }
}

#[cfg(test)]
mod tests {
    use nengce_shared::dictionary::dictionary_words;
    use nengce_shared::lang::Lang;

    use super::DictionaryName;

    #[test]
    fn every_dictionary_has_its_words_in_both_languages() {
        for name in DictionaryName::ALL.map(DictionaryName::as_str) {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| dictionary_words(name, lang));
            assert!(zh != name && en != name && zh != en, "{name}: {zh}, {en}");
        }
    }
}
