//! Roll-ups by day and month.

pub mod changed_days;
pub mod schedule;
