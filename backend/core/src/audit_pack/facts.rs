//! What the pack is made from: plain values of one unit, gathered by the server.

use nengce_analysis::snapshot::Target;
use nengce_shared::api::unit::MeterRow;

use crate::reference::Dictionaries;

/// What is known of a unit for its audit.
pub struct Facts<'a> {
    /// The dictionaries in force.
    pub dictionaries: &'a Dictionaries,
    /// The audit year; the year before is compared with it.
    pub year: i16,
    /// The local day on which the pack is made.
    pub made_on: String,
    /// The data version.
    pub data_version: u64,
    /// The unit itself.
    pub unit: UnitFacts,
    /// Whole years, oldest first; the audit year is the last.
    pub years: Vec<YearFacts>,
    /// Items of energy of the audit year and of the year before.
    pub energy: Vec<EnergyFacts>,
    /// Products by year.
    pub products: Vec<ProductFacts>,
    /// Meters.
    pub meters: Vec<MeterRow>,
    /// Meters that the limit of a file left out.
    pub meters_left_out: usize,
    /// Control targets of the unit.
    pub targets: Vec<Target>,
}

/// Names and profile of the unit.
#[derive(Debug, Clone, Default)]
pub struct UnitFacts {
    /// The credit code.
    pub code: String,
    /// The name.
    pub name: String,
    /// GB/T 2260.
    pub region: String,
    /// GB/T 4754 with its letter.
    pub industry: String,
    /// The class under which it is assessed, in Chinese.
    pub class: String,
    /// It converts energy.
    pub converts: bool,
    /// Fields of the configuration upload.
    pub profile: Vec<(String, String)>,
}

/// The sums of a year.
#[derive(Debug, Clone, Default)]
pub struct YearFacts {
    /// The year.
    pub year: i16,
    /// Comprehensive consumption, calorific and equivalent, tce.
    pub tce: [Option<f64>; 2],
    /// Months with a figure of energy.
    pub months: u32,
    /// Received ÷ expected points.
    pub completeness: Option<f64>,
    /// 10^4 yuan at comparable prices.
    pub value_added: Option<f64>,
    /// 10^4 yuan.
    pub output_value: Option<f64>,
}

/// The items of one energy type with one role, of the whole plant or of one process, over a year.
#[derive(Debug, Clone, Default)]
pub struct EnergyFacts {
    /// The year.
    pub year: i16,
    /// Two digits; `00` for the whole plant.
    pub process: String,
    /// Four digits.
    pub energy_type: String,
    /// The class digits of the data code: 1 or 2.
    pub data_class: u8,
    /// `consumption`, `output` or `recovered`.
    pub role: String,
    /// In the unit of the dictionary.
    pub quantity: f64,
    /// Calorific and equivalent, without sign; none without a factor.
    pub tce: [Option<f64>; 2],
    /// Some of it was converted by the unit's own factor.
    pub measured: bool,
}

/// A product over a year.
#[derive(Debug, Clone, Default)]
pub struct ProductFacts {
    /// The year.
    pub year: i16,
    /// The class 04 type.
    pub code: String,
    /// In the product's output unit.
    pub output: f64,
    /// Energy of its process on the product's basis, tce; none where a month has no process data.
    pub process_tce: Option<f64>,
    /// The reported unit consumption, weighted by output, in the product's value unit.
    pub indicator: Option<f64>,
    /// Value units per tce.
    pub value_per_tce: f64,
}

/// Whole-plant items.
pub(super) const WHOLE_PLANT: &str = "00";

impl Facts<'_> {
    /// The sums of a year, if it is known.
    pub(super) fn of_year(&self, year: i16) -> Option<&YearFacts> {
        self.years.iter().find(|it| it.year == year)
    }

    /// The items of the whole plant in a year with a role.
    pub(super) fn whole<'a>(
        &'a self,
        year: i16,
        role: &'a str,
    ) -> impl Iterator<Item = &'a EnergyFacts> {
        self.energy
            .iter()
            .filter(move |it| it.year == year && it.process == WHOLE_PLANT && it.role == role)
    }

    /// The energy types of the whole plant in a year, in the order of their codes.
    pub(super) fn types(&self, year: i16) -> Vec<&str> {
        let mine = self.energy.iter().filter(|it| it.year == year && it.process == WHOLE_PLANT);
        let mut all: Vec<&str> = mine.map(|it| it.energy_type.as_str()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Quantity of a type and role of the whole plant; none without an item.
    pub(super) fn quantity(&self, year: i16, energy_type: &str, role: &str) -> Option<f64> {
        let mine = self.whole(year, role).filter(|it| it.energy_type == energy_type);
        mine.map(|it| it.quantity).reduce(|a, b| a + b)
    }

    /// tce of a type and role of the whole plant; none without a figure.
    pub(super) fn tce(
        &self,
        year: i16,
        energy_type: &str,
        role: &str,
        basis: usize,
    ) -> Option<f64> {
        let mine = self.whole(year, role).filter(|it| it.energy_type == energy_type);
        mine.filter_map(|it| it.tce[basis]).reduce(|a, b| a + b)
    }

    /// The Chinese name of an energy type; its code where the dictionary lacks it.
    pub(super) fn energy_name(&self, code: &str) -> String {
        self.dictionaries.energy_type(code).map_or_else(|| code.to_owned(), |it| it.name_zh.clone())
    }

    /// The unit of an energy type in Chinese; empty where the dictionary lacks it.
    pub(super) fn energy_unit(&self, code: &str) -> String {
        self.dictionaries.energy_type(code).map_or_else(String::new, |it| unit_zh(&it.unit))
    }

    /// The first and the last year of the five-year plan that holds the audit year: 2021–2025, 2026–2030, …
    pub(super) fn plan(&self) -> (i16, i16) {
        plan_of(self.year)
    }
}

/// The five-year plan of a year.
pub fn plan_of(year: i16) -> (i16, i16) {
    let first = year - (year - 1).rem_euclid(5);
    (first, first + 4)
}

/// A unit of measure in Chinese, as forms write it.
pub(super) fn unit_zh(unit: &str) -> String {
    match unit {
        "t" => "吨".to_owned(),
        "GJ" => "吉焦".to_owned(),
        "tce" => "吨标准煤".to_owned(),
        "10^4 kWh" => "万千瓦时".to_owned(),
        "10^4 m3" => "万立方米".to_owned(),
        "weight case" => "重量箱".to_owned(),
        other => other
            .replace("weight case", "重量箱")
            .replace("10^4 yuan", "万元")
            .replace("10^4 ", "万 ")
            .replace("m3", "m³"),
    }
}
