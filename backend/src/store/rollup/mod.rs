//! Roll-ups by day and month.

pub(super) mod changed_days;
pub(super) mod schedule;
