//! Months, and spans of whole local calendar days.

pub mod month;
pub mod period;
