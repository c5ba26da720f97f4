//! The rows of the eleven dictionaries, and how each reads itself. Checks across rows and files are in `checks`.

mod calendar;
mod codes;
mod energy;
mod products;

pub use calendar::HolidaySpan;
pub use codes::{Industry, Process, Region};
pub use energy::{EnergyType, FactorEntry, MeterRate, UsageRole};
pub use products::{BenchmarkEntry, Indicator, Product};
