//! Looks up rows by code. A missing row is `None`, never a guess.

use jiff::civil::Date;
use nengce_messages::KnownCodes;
use nengce_shared::basis::Basis;
use nengce_shared::data_code::DataCode;

use super::divisions;
use super::{
    BenchmarkEntry, Dictionaries, EnergyType, FactorEntry, Indicator, Industry, MeterRate, Process,
    Product, Region, UsageRole,
};

/// The level of the city among regions.
const CITY_LEVEL: &str = "city";

impl Dictionaries {
    /// The energy type with this code.
    pub fn energy_type(&self, code: &str) -> Option<&EnergyType> {
        self.energy_types.iter().find(|it| it.code == code)
    }

    /// The role of this usage code.
    pub fn usage_role(&self, code: &str) -> Option<&UsageRole> {
        self.usage_roles.iter().find(|it| it.code == code)
    }

    /// The district or city with this code.
    pub fn region(&self, code: &str) -> Option<&Region> {
        self.regions.iter().find(|it| it.code == code)
    }

    /// The row of the city as a whole (`120000`).
    pub fn city(&self) -> Option<&Region> {
        self.regions.iter().find(|it| it.level == CITY_LEVEL)
    }

    /// Districts in the order of the file.
    pub fn districts(&self) -> impl Iterator<Item = &Region> {
        self.regions.iter().filter(|it| it.level != CITY_LEVEL)
    }

    /// Whether a code names a region: within the city a region of its dictionary, elsewhere a division of GB/T 2260.
    pub fn knows_region(&self, code: &str) -> bool {
        let city = self.city().map_or("", |it| it.code.as_str());
        // The code of a municipality ends in four zeros, that of a city of a province in two.
        let prefix = city.strip_suffix("0000").or(city.strip_suffix("00"));
        let is_ours = prefix.is_some_and(|it| code.starts_with(it));
        self.region(code).is_some() || (!is_ours && divisions::name(code).is_some())
    }

    /// The Chinese and English name of a region, from the city's dictionary or from GB/T 2260.
    pub fn region_name(&self, code: &str) -> Option<(&str, &str)> {
        let known = self.region(code);
        known
            .map(|it| (it.name_zh.as_str(), it.name_en.as_str()))
            .or_else(|| divisions::name(code).map(|it| (it, it)))
    }

    /// Whether a code names an industry: a listed one, or a class within a listed division.
    pub fn knows_industry(&self, code: &str) -> bool {
        let digits = code.get(1..).unwrap_or_default();
        self.industry(code).is_some()
            || (code.len() <= 5
                && digits.bytes().all(|it| it.is_ascii_digit())
                && self.division(code).is_some())
    }

    /// The industry with this code.
    pub fn industry(&self, code: &str) -> Option<&Industry> {
        self.industries.iter().find(|it| it.code == code)
    }

    /// The most specific listed industry of a code: class, or else division, or else section.
    pub fn nearest_industry(&self, code: &str) -> Option<&Industry> {
        (1..=code.len()).rev().find_map(|end| code.get(..end).and_then(|it| self.industry(it)))
    }

    /// The division of an industry code: its letter and first two digits.
    pub fn division(&self, code: &str) -> Option<&Industry> {
        code.get(..3).and_then(|it| self.industry(it))
    }

    /// The process with this code.
    pub fn process(&self, code: &str) -> Option<&Process> {
        self.processes.iter().find(|it| it.code == code)
    }

    /// The product with this class 04 type.
    pub fn product(&self, code: &str) -> Option<&Product> {
        self.products.iter().find(|it| it.code == code)
    }

    /// The benchmark and limit levels of a product.
    pub fn benchmark_of(&self, product: &Product) -> Option<&BenchmarkEntry> {
        self.benchmarks.iter().find(|it| it.product_zh == product.benchmark_key)
    }

    /// The indicator of a code in class `08` or `09`.
    pub fn indicator(&self, class: &str, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|it| it.class == class && it.code == code)
    }

    /// The indicator with a role: `value_added` or `output_value`.
    pub fn indicator_of_role(&self, role: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|it| it.role == role)
    }

    /// The required equip rates of meters for an energy type.
    pub fn meter_rate_of(&self, energy_type: &str) -> Option<&MeterRate> {
        self.meter_rates.iter().find(|it| it.energy_types.iter().any(|code| code == energy_type))
    }

    /// The default factor on a day, in kgce per unit of quantity. Types without an equivalent value use the calorific
    /// value on both bases; only electricity differs (GB/T 2589).
    pub fn factor(&self, energy_type: &str, basis: Basis, day: Date) -> Option<&FactorEntry> {
        let on = |basis| {
            self.factors.iter().find(|factor| {
                factor.energy_type == energy_type
                    && factor.basis == basis
                    && factor.valid_from <= day
                    && factor.valid_to.is_none_or(|last| day <= last)
            })
        };
        on(basis).or_else(|| on(Basis::Calorific))
    }

    /// Whether every part of a data code is listed: the type in its class, the usage, and the process.
    pub fn knows(&self, code: &DataCode) -> bool {
        let kind = code.energy_type();
        let type_known = match code.class_digits() {
            _ if code.is_total() => true,
            "01" => self.energy_type(kind).is_some_and(|it| it.data_class == 1),
            "02" => self.energy_type(kind).is_some_and(|it| it.data_class == 2),
            "04" => self.product(kind).is_some(),
            "05" => self.energy_type(kind).is_some_and(|it| it.data_class == 1),
            "06" => self.energy_type(kind).is_some_and(|it| it.data_class == 2),
            class @ ("08" | "09") => self.indicator(class, kind).is_some(),
            _ => false,
        };
        type_known
            && self.usage_role(code.usage()).is_some()
            && self.process(code.process()).is_some()
    }

    /// The unit of measure of a value of this code as a text, if it is one that the dictionary knows.
    pub fn unit_of_measure(&self, data_code: &str) -> Option<String> {
        let code = DataCode::parse_strict(data_code).ok()?;
        self.quantity_unit(&code).map(str::to_owned)
    }

    /// The unit of measure of a value of this code, if the dictionary states one.
    pub fn quantity_unit(&self, code: &DataCode) -> Option<&str> {
        let kind = code.energy_type();
        match code.class_digits() {
            _ if code.is_total() => None,
            "01" | "02" => self.energy_type(kind).map(|it| it.unit.as_str()),
            "04" => self.product(kind).map(|it| it.output_unit.as_str()),
            class @ ("08" | "09") => self.indicator(class, kind).map(|it| it.unit.as_str()),
            _ => None,
        }
    }

    /// The names, in Chinese and English, of what a code measures.
    pub fn item_name(&self, code: &DataCode) -> Option<(&str, &str)> {
        let kind = code.energy_type();
        match code.class_digits() {
            "01" | "02" | "05" | "06" => {
                self.energy_type(kind).map(|it| (it.name_zh.as_str(), it.name_en.as_str()))
            }
            "04" => self.product(kind).map(|it| (it.name_zh.as_str(), it.name_en.as_str())),
            class @ ("08" | "09") => {
                self.indicator(class, kind).map(|it| (it.name_zh.as_str(), it.name_en.as_str()))
            }
            _ => None,
        }
    }
}

impl KnownCodes for Dictionaries {
    fn knows_region(&self, code: &str) -> bool {
        self.knows_region(code)
    }

    fn knows_industry(&self, code: &str) -> bool {
        self.knows_industry(code)
    }
}
