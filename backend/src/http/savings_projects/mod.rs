//! Savings projects: a unit keeps what the model answered, signs it, and a second person redoes it from the readings that are
//! stored by then.

pub mod list;
pub mod steps;
