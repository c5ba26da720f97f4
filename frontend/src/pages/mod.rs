//! One folder per page: `load.rs` states what the page needs, `mod.rs` arranges components.

pub mod benchmark;
pub mod dual_control;
pub mod import;
pub mod intensity;
pub mod lazy;
pub mod not_found;
pub mod operation;
pub mod quality;
pub mod targets;
pub mod terminals;
pub mod unit;
pub mod units;
pub mod uploads;
