//! The answer of `/downloadBaseData`: the dictionaries as JSON, one or all.

use serde_json::{Map, Value, json};

use super::{Dictionaries, DictionaryName};

impl Dictionaries {
    /// One dictionary by name or item index, or all of them without one; `None` for an unknown index.
    pub fn base_data(&self, index: Option<&str>) -> Option<Value> {
        self.given(index, |name| self.rows_json(name))
    }

    /// The same with the text of each file in the place of its rows: another platform takes them over.
    pub fn base_data_files(&self, index: Option<&str>) -> Option<Value> {
        self.given(index, |name| Value::from(self.content(name)))
    }

    fn given(&self, index: Option<&str>, of: impl Fn(DictionaryName) -> Value) -> Option<Value> {
        let names = match index.map(str::trim).filter(|it| !it.is_empty()) {
            None => DictionaryName::ALL.to_vec(),
            Some(index) => vec![DictionaryName::parse(index)?],
        };
        let items: Map<String, Value> =
            names.into_iter().map(|it| (it.as_str().to_owned(), of(it))).collect();
        Some(json!({ "dicVersion": self.dic_version(), "baseData": items }))
    }

    fn rows_json(&self, name: DictionaryName) -> Value {
        let rows = match name {
            DictionaryName::EnergyTypes => serde_json::to_value(&self.energy_types),
            DictionaryName::Factors => serde_json::to_value(&self.factors),
            DictionaryName::UsageRoles => serde_json::to_value(&self.usage_roles),
            DictionaryName::Regions => serde_json::to_value(&self.regions),
            DictionaryName::Industries => serde_json::to_value(&self.industries),
            DictionaryName::Processes => serde_json::to_value(&self.processes),
            DictionaryName::Products => serde_json::to_value(&self.products),
            DictionaryName::Indicators => serde_json::to_value(&self.indicators),
            DictionaryName::Benchmarks => serde_json::to_value(&self.benchmarks),
            DictionaryName::MeterEquipRates => serde_json::to_value(&self.meter_rates),
            DictionaryName::WorkingDays => serde_json::to_value(&self.holidays),
            DictionaryName::Violations => serde_json::to_value(&self.violations),
            DictionaryName::CaseDeadlines => serde_json::to_value(&self.case_deadlines),
            DictionaryName::CreditActs => serde_json::to_value(&self.credit_acts),
        };
        rows.unwrap_or_default()
    }
}
