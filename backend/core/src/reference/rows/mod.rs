//! The rows of the ten dictionaries, and how each reads itself. Checks across rows and files are in `checks`.

mod codes;
mod energy;
mod products;

pub use codes::{Industry, Process, Region};
pub use energy::{EnergyType, FactorEntry, MeterRate, UsageRole};
pub use products::{BenchmarkEntry, Indicator, Product};
