//! Files of readings: a table with a column per data item, or a row per value; and bulk uploads.

pub mod bulk;
mod numbers;
pub mod record_sheet;
pub mod records;
pub mod table;
pub mod totals;
