//! The rows of the fourteen dictionaries, and how each reads itself. Checks across rows and files are in `checks`.

mod calendar;
mod codes;
mod energy;
mod products;
mod supervision;

pub use calendar::HolidaySpan;
pub use codes::{Industry, Process, Region};
pub use energy::{EnergyType, FactorEntry, MeterRate, UsageRole};
pub use products::{BenchmarkEntry, Indicator, Product};
pub(super) use supervision::CASE_DEADLINES;
pub use supervision::{CREDIT_RULES, CaseDeadline, CreditAct, FineRange, Violation};
