//! The link to platforms above: item-days that wait, what a platform above has of each, values that it refused, units at it,
//! dictionaries from there; and the units that platforms below registered here.

pub mod below_units;
pub mod due;
pub mod figures;
pub mod members;
pub mod offers;
pub mod outcome;
pub mod regions;
pub mod scan;
pub(crate) mod secrets;
mod sweep;
pub mod units;
pub mod upper;
