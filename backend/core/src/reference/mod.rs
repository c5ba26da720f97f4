//! The dictionaries of codes, names, factors, roles and levels, each row with its source. They are built in and can be
//! replaced one by one; a replacement is accepted as a whole or not at all.

mod base_data;
mod catalog;
mod checks;
mod divisions;
mod editions;
mod from_above;
mod lookup;
mod names;
mod rows;
mod sql_rows;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use nengce_shared::working_days::WorkingDays;
use sha2::{Digest, Sha256};

pub use from_above::{Difference, texts};
pub use names::DictionaryName;
pub use rows::{
    BenchmarkEntry, CREDIT_RULES, CaseDeadline, CreditAct, EnergyType, FactorEntry, FineRange,
    HolidaySpan, Indicator, Industry, MeterRate, Process, Product, Region, UsageRole, Violation,
};
pub use sql_rows::FactorSpan;
pub use table::{CERTAINTIES, Provenance, RowProblem};
use table::{Entry, NumberedRow, read_table};

/// Every dictionary in force.
#[derive(Debug, Clone)]
pub struct Dictionaries {
    /// Energy types of classes 01 and 02.
    pub energy_types: Vec<EnergyType>,
    /// Coal-equivalent factors.
    pub factors: Vec<FactorEntry>,
    /// Roles of usage codes.
    pub usage_roles: Vec<UsageRole>,
    /// The city and its districts.
    pub regions: Vec<Region>,
    /// Industries of GB/T 4754.
    pub industries: Vec<Industry>,
    /// Process codes.
    pub processes: Vec<Process>,
    /// Products with a unit consumption.
    pub products: Vec<Product>,
    /// Indicators of classes 08 and 09.
    pub indicators: Vec<Indicator>,
    /// Published levels of products.
    pub benchmarks: Vec<BenchmarkEntry>,
    /// Required equip rates of meters.
    pub meter_rates: Vec<MeterRate>,
    /// Public holidays and worked weekends.
    pub holidays: Vec<HolidaySpan>,
    /// The calendar that they make.
    pub working_days: WorkingDays,
    /// Violations with the law and the amounts of fines.
    pub violations: Vec<Violation>,
    /// Deadlines of inspection cases.
    pub case_deadlines: Vec<CaseDeadline>,
    /// Acts of the credit list.
    pub credit_acts: Vec<CreditAct>,
    /// The texts with which the operator replaced built-in dictionaries.
    replaced: BTreeMap<DictionaryName, String>,
    version: String,
}

impl Dictionaries {
    /// The built-in dictionaries.
    pub fn built_in() -> Self {
        match Self::assemble(BTreeMap::new()) {
            Ok(it) => it,
            Err((name, problems)) => {
                unreachable!("built-in {} is checked by a test: {problems:?}", name.as_str())
            }
        }
    }

    /// These dictionaries with one of them replaced.
    ///
    /// # Errors
    /// The rows or columns of `content` that cannot be used.
    pub fn with(&self, name: DictionaryName, content: &str) -> Result<Self, Vec<RowProblem>> {
        let mut replaced = self.replaced.clone();
        replaced.insert(name, content.to_owned());
        Self::assemble(replaced).map_err(|(culprit, problems)| {
            let mark = |mut it: RowProblem| {
                if culprit != name {
                    it.reason_zh = format!("{}：{}", culprit.as_str(), it.reason_zh);
                    it.reason_en = format!("{}: {}", culprit.as_str(), it.reason_en);
                }
                it
            };
            problems.into_iter().map(mark).collect()
        })
    }

    /// The built-in dictionaries with several replacements, as the store keeps them.
    ///
    /// # Errors
    /// The name of the replacement that cannot be used, and its problems.
    pub fn with_all<'a>(
        replaced: impl IntoIterator<Item = (DictionaryName, &'a str)>,
    ) -> Result<Self, (DictionaryName, Vec<RowProblem>)> {
        Self::assemble(replaced.into_iter().map(|(name, it)| (name, it.to_owned())).collect())
    }

    /// The text of a dictionary in force.
    pub fn content(&self, name: DictionaryName) -> &str {
        self.replaced.get(&name).map_or(name.built_in(), String::as_str)
    }

    /// The version of all dictionaries. It changes when any dictionary changes; terminals compare it and download
    /// again.
    pub fn dic_version(&self) -> &str {
        &self.version
    }

    fn assemble(
        replaced: BTreeMap<DictionaryName, String>,
    ) -> Result<Self, (DictionaryName, Vec<RowProblem>)> {
        use DictionaryName as Name;
        let text = |name: Name| replaced.get(&name).map_or(name.built_in(), String::as_str);
        let version = version(&text);

        let energy_types = rows_of::<EnergyType>(Name::EnergyTypes, &text)?;
        let factors = rows_of::<FactorEntry>(Name::Factors, &text)?;
        let usage_roles = rows_of::<UsageRole>(Name::UsageRoles, &text)?;
        let regions = rows_of::<Region>(Name::Regions, &text)?;
        let industries = rows_of::<Industry>(Name::Industries, &text)?;
        let processes = rows_of::<Process>(Name::Processes, &text)?;
        let products = rows_of::<Product>(Name::Products, &text)?;
        let indicators = rows_of::<Indicator>(Name::Indicators, &text)?;
        let benchmarks = rows_of::<BenchmarkEntry>(Name::Benchmarks, &text)?;
        let meter_rates = rows_of::<MeterRate>(Name::MeterEquipRates, &text)?;

        let holidays = bare(rows_of::<HolidaySpan>(Name::WorkingDays, &text)?);
        let spans = holidays.iter().map(|it| (it.from, it.to, it.kind == "workday"));
        let working_days = WorkingDays::new(spans);

        let violations = rows_of::<Violation>(Name::Violations, &text)?;
        let case_deadlines = rows_of::<CaseDeadline>(Name::CaseDeadlines, &text)?;
        clean(Name::CaseDeadlines, checks::case_deadlines(&case_deadlines))?;
        let credit_acts = rows_of::<CreditAct>(Name::CreditActs, &text)?;

        let known_type = |code: &str| energy_types.iter().any(|it| it.row.code == code);
        clean(Name::Factors, checks::factor_spans(&factors))?;
        clean(Name::Factors, checks::factor_types(&factors, known_type))?;
        clean(Name::Industries, checks::industry_parents(&industries))?;
        let process = |code: &str| processes.iter().any(|it| it.row.code == code);
        let benchmark = |key: &str| benchmarks.iter().any(|it| it.row.product_zh == key);
        clean(Name::Products, checks::product_links(&products, process, benchmark))?;
        let product = |code: &str| products.iter().any(|it| it.row.code == code);
        clean(Name::Indicators, checks::indicator_links(&indicators, product))?;
        clean(Name::MeterEquipRates, checks::meter_types(&meter_rates, known_type))?;

        Ok(Self {
            energy_types: bare(energy_types),
            factors: bare(factors),
            usage_roles: bare(usage_roles),
            regions: bare(regions),
            industries: bare(industries),
            processes: bare(processes),
            products: bare(products),
            indicators: bare(indicators),
            benchmarks: bare(benchmarks),
            meter_rates: bare(meter_rates),
            holidays,
            working_days,
            violations: bare(violations),
            case_deadlines: bare(case_deadlines),
            credit_acts: bare(credit_acts),
            replaced,
            version,
        })
    }
}

type Checked<T> = Result<T, (DictionaryName, Vec<RowProblem>)>;

fn rows_of<'a, T: Entry>(
    name: DictionaryName,
    text: &impl Fn(DictionaryName) -> &'a str,
) -> Checked<Vec<NumberedRow<T>>> {
    read_table(text(name)).map_err(|problems| (name, problems))
}

fn clean(name: DictionaryName, problems: Vec<RowProblem>) -> Checked<()> {
    if problems.is_empty() { Ok(()) } else { Err((name, problems)) }
}

fn bare<T>(rows: Vec<NumberedRow<T>>) -> Vec<T> {
    rows.into_iter().map(|it| it.row).collect()
}

fn version<'a>(text: &impl Fn(DictionaryName) -> &'a str) -> String {
    let mut hash = Sha256::new();
    for name in DictionaryName::ALL {
        hash.update(name.as_str());
        hash.update([0]);
        hash.update(text(name));
        hash.update([0]);
    }
    const_hex::encode(&hash.finalize()[..6])
}
