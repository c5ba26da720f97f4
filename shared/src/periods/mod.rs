//! Months, and spans of whole local calendar days.

mod error;
pub mod month;
pub mod period;
