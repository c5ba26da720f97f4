//! One enterprise of the invented city and its items, each with a base quantity and a rhythm.

use nengce_shared::stat_type::StatType;
use nengce_shared::unit_class::UnitClass;

use super::kinds::Kind;
use super::patterns::DemoPattern;

/// What a series measures, which determines how it moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Role {
    /// Energy input or conversion output of the whole plant; daily, `hourly` also in real time.
    Energy { hourly: bool, quarter: bool },
    /// Output of a product, monthly.
    Output,
    /// Energy of a process per ton of output, monthly; the value is its kgce share of the product's.
    Process { product: usize },
    /// Reported unit product consumption, monthly.
    Indicator { product: usize },
    /// Value added, monthly.
    ValueAdded,
    /// Output value, monthly.
    OutputValue,
}

/// One data item.
#[derive(Debug, Clone)]
pub struct Item {
    pub data_code: String,
    pub name: String,
    pub role: Role,
    pub scope: u8,
    /// The mean per day on the epoch in the dictionary's unit; for a process item the quantity per unit of output.
    pub base: f64,
    /// How the process item depends on the unit product consumption.
    pub line: Line,
    /// The shares that follow the need for heating and for cooling.
    pub heating: f64,
    pub cooling: f64,
    pub pattern: DemoPattern,
    pub input_type: u8,
}

/// How much of a process's unit consumption an item carries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Line {
    None,
    /// A share of the value: quantity per output = value · share / factor.
    Share(f64),
    /// Fixed kgce per output, whatever the value.
    Fixed(f64),
    /// The recovered energy that makes the sum equal the value: (fixed sum − value) / factor.
    Recovered(f64),
}

/// A product line of a unit.
#[derive(Debug, Clone)]
pub struct ProductLine {
    pub code: &'static str,
    pub process: String,
    /// Mean output per day on the epoch.
    pub output: f64,
    /// kgce per output on the epoch, calorific.
    pub kgce_per_output: f64,
    /// The same in the product's own unit.
    pub per_value_unit: f64,
}

/// A meter of a unit.
#[derive(Debug, Clone)]
pub struct Meter {
    pub code: String,
    pub name: String,
    pub level: u8,
    pub state: u8,
    pub energy_type: String,
    pub accuracy_class: &'static str,
    /// Days from the first day of the run to the last calibration, negative before it.
    pub calibrated: i32,
    pub cycle_days: i32,
    pub data_code: String,
}

/// An invented enterprise.
#[derive(Debug, Clone)]
pub struct CityUnit {
    pub index: usize,
    pub enterprise_code: String,
    pub name: String,
    pub region: String,
    pub industry: &'static str,
    pub kind: &'static Kind,
    pub class: UnitClass,
    /// energyConsumeLevel of its size.
    pub energy_level: u8,
    /// tce a year on the epoch, by input for conversion units.
    pub gross_tce: f64,
    /// The same after conversion outputs, on the equivalent basis: the unit's weight in the city.
    pub net_tce: f64,
    /// Yearly growth of activity, and yearly change of energy per activity.
    pub growth: f64,
    pub efficiency: f64,
    /// Yearly change of value added per activity.
    pub upgrade: f64,
    pub items: Vec<Item>,
    pub products: Vec<ProductLine>,
    pub meters: Vec<Meter>,
    /// False for a unit that is listed but never sends anything.
    pub uploads: bool,
    /// Whether the unit sends months only, no days.
    pub monthly: bool,
    /// False for a unit that does not even have a terminal.
    pub has_terminal: bool,
    /// The first and last day of a real standstill.
    pub shutdown: Option<(i32, i32)>,
    /// The share of the usual that still runs during the standstill.
    pub standstill: f64,
}

impl CityUnit {
    /// The minimum and maximum that the unit's configuration states for the values of an item: twenty times the usual
    /// value.
    pub fn bounds(&self, item: &Item, stat_type: StatType) -> (f64, f64) {
        let usual_day = match item.role {
            Role::Process { product } => {
                let line = &self.products[product];
                let kgce_per_output = match item.line {
                    Line::None => 0.0,
                    Line::Share(share) => share * line.kgce_per_output.abs(),
                    Line::Fixed(kgce) | Line::Recovered(kgce) => kgce,
                };
                item.base * kgce_per_output * line.output
            }
            _ => item.base.abs(),
        };
        let days = match stat_type {
            // A product's consumption per ton does not grow with the days.
            _ if matches!(item.role, Role::Indicator { .. }) => 1.0,
            StatType::RealTime | StatType::Day => 1.0,
            StatType::Month => 31.0,
            StatType::Year => 366.0,
        };
        (0.0, 20.0 * usual_day * days)
    }
}
