//! Months, spans of whole local calendar days, and working days.

mod error;
pub mod month;
pub mod period;
pub mod working_days;
