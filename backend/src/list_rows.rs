//! Rows of the lists that an administrator imports, as `import` reads them and `store` writes them.

use jiff::civil::Date;
use nengce_shared::month::Month;

#[derive(Debug, Clone, PartialEq)]
pub struct EconomyRow {
    pub region_code: String,
    pub month: Month,
    /// 10^4 yuan at comparable prices.
    pub value_added: f64,
    pub price_year: Option<i16>,
    pub estimated: bool,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TargetRow {
    pub scope: String,
    pub code: String,
    pub kind: String,
    pub from_year: i16,
    pub to_year: i16,
    pub value: f64,
    pub basis: String,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct UnitRow {
    pub enterprise_code: String,
    pub name: String,
    pub region_code: String,
    pub industry_code: String,
    pub class: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TemperatureRow {
    pub region_code: String,
    pub day: Date,
    /// Of the whole day, °C.
    pub mean_celsius: f64,
    pub source: String,
}
