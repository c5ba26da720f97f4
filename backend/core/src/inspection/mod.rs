//! Inspections: which units a programme visits, and who visits them.

pub mod draw;
