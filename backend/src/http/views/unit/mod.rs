//! The views of one unit: its card, its figures by day, and its readings.

pub mod audit_pack;
pub mod balance;
pub mod calendar;
pub mod card;
pub mod compliance;
pub mod energy;
pub mod load_duration;
pub mod load_profile;
pub mod meters;
pub mod peers;
mod place_names;
pub mod readings;
pub mod savings;
pub mod series;
