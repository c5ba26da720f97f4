//! What is known of each dictionary as a whole: how many rows it has, which editions they name, and whose it is.

use std::collections::BTreeSet;

use super::{Dictionaries, DictionaryName, Provenance};

impl Dictionaries {
    /// Whether the operator put it in the place of the built-in one.
    pub fn is_replaced(&self, name: DictionaryName) -> bool {
        self.replaced.contains_key(&name)
    }

    /// How many rows a dictionary has, and the editions that they name, each once.
    pub fn editions(&self, name: DictionaryName) -> (usize, Vec<String>) {
        match name {
            DictionaryName::EnergyTypes => named(self.energy_types.iter().map(|it| &it.provenance)),
            DictionaryName::Factors => named(self.factors.iter().map(|it| &it.provenance)),
            DictionaryName::UsageRoles => named(self.usage_roles.iter().map(|it| &it.provenance)),
            DictionaryName::Regions => named(self.regions.iter().map(|it| &it.provenance)),
            DictionaryName::Industries => named(self.industries.iter().map(|it| &it.provenance)),
            DictionaryName::Processes => named(self.processes.iter().map(|it| &it.provenance)),
            DictionaryName::Products => named(self.products.iter().map(|it| &it.provenance)),
            DictionaryName::Indicators => named(self.indicators.iter().map(|it| &it.provenance)),
            DictionaryName::Benchmarks => named(self.benchmarks.iter().map(|it| &it.provenance)),
            DictionaryName::MeterEquipRates => {
                named(self.meter_rates.iter().map(|it| &it.provenance))
            }
            DictionaryName::WorkingDays => named(self.holidays.iter().map(|it| &it.provenance)),
            DictionaryName::Violations => named(self.violations.iter().map(|it| &it.provenance)),
            DictionaryName::CaseDeadlines => {
                named(self.case_deadlines.iter().map(|it| &it.provenance))
            }
            DictionaryName::CreditActs => named(self.credit_acts.iter().map(|it| &it.provenance)),
        }
    }
}

fn named<'a>(rows: impl Iterator<Item = &'a Provenance> + Clone) -> (usize, Vec<String>) {
    let editions: BTreeSet<&String> =
        rows.clone().map(|it| &it.edition).filter(|it| !it.is_empty()).collect();
    (rows.count(), editions.into_iter().cloned().collect())
}
