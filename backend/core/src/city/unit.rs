//! One enterprise of the invented city and its items, each with a base quantity and a frequency.

use nengce_shared::stat_type::StatType;
use nengce_shared::unit_class::UnitClass;

use super::kinds::Kind;
use super::patterns::DemoPattern;

/// What a series measures, which determines how it moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Role {
    /// Energy input or conversion output of the whole plant; daily, `hourly` also in real time.
    Energy {
        /// Whether it also comes in real time.
        hourly: bool,
        /// Whether its real-time values are quarter-hours.
        quarter: bool,
    },
    /// Output of a product, monthly.
    Output,
    /// Energy of a process per ton of output, monthly; the value is its kgce share of the product's.
    Process {
        /// The place of the product among the unit's.
        product: usize,
    },
    /// A part of the plant's electricity that a sub-unit uses, in days and hours.
    SubUnit {
        /// The place of the plant's item among the unit's.
        plant: usize,
        /// The part.
        share: f64,
    },
    /// Reported unit product consumption, monthly.
    Indicator {
        /// The place of the product among the unit's.
        product: usize,
    },
    /// Value added, monthly.
    ValueAdded,
    /// Output value, monthly.
    OutputValue,
}

/// One data item.
#[derive(Debug, Clone)]
pub struct Item {
    /// The data code.
    pub data_code: String,
    /// The name that the configuration gives it.
    pub name: String,
    /// What the item measures.
    pub role: Role,
    /// How much of the unit the item covers (`scope`).
    pub scope: u8,
    /// The mean per day on the epoch in the dictionary's unit; for a process item the quantity per unit of output.
    pub base: f64,
    /// How the process item depends on the unit product consumption.
    pub line: Line,
    /// The share that follows the need for heating.
    pub heating: f64,
    /// The share that follows the need for cooling.
    pub cooling: f64,
    /// How the item moves apart from the unit's activity.
    pub pattern: DemoPattern,
    /// How its values are taken (`inputType`).
    pub input_type: u8,
}

/// How much of a process's unit consumption an item carries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Line {
    /// The item does not depend on it.
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
    /// The code of the product.
    pub code: &'static str,
    /// The two digits of the process.
    pub process: String,
    /// The name of the process.
    pub process_name: String,
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
    /// The unit's own number of the meter.
    pub code: String,
    /// The name of the meter.
    pub name: String,
    /// 1 unit in and out, 2 main sub-unit, 3 main equipment.
    pub level: u8,
    /// 1 normal, 2 faulty, 3 stopped.
    pub state: u8,
    /// The energy type that it measures.
    pub energy_type: String,
    /// Its accuracy class.
    pub accuracy_class: &'static str,
    /// Days from the first day of the run to the last calibration, negative before it.
    pub calibrated: i32,
    /// Days from one calibration to the next.
    pub cycle_days: i32,
    /// The data code of the item that it measures.
    pub data_code: String,
}

/// An invented enterprise.
#[derive(Debug, Clone)]
pub struct CityUnit {
    /// The place of the unit in the city.
    pub index: usize,
    /// The credit code.
    pub enterprise_code: String,
    /// The name.
    pub name: String,
    /// The GB/T 2260 code of its district.
    pub region: String,
    /// The GB/T 4754 code of its industry with the letter.
    pub industry: &'static str,
    /// The kind of enterprise.
    pub kind: &'static Kind,
    /// The class under which it is assessed.
    pub class: UnitClass,
    /// energyConsumeLevel of its size.
    pub energy_level: u8,
    /// tce a year on the epoch, by input for conversion units.
    pub gross_tce: f64,
    /// The same after conversion outputs, on the equivalent basis: the unit's weight in the city.
    pub net_tce: f64,
    /// Yearly growth of activity.
    pub growth: f64,
    /// Yearly change of energy per activity.
    pub efficiency: f64,
    /// Yearly change of value added per activity.
    pub upgrade: f64,
    /// The data items.
    pub items: Vec<Item>,
    /// The product lines.
    pub products: Vec<ProductLine>,
    /// The meters.
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
