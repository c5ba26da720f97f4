//! Queries, one file each: run SQL and return plain values. Nothing is derived here.

pub mod audit_pack;
pub mod balance;
pub mod calendar;
pub mod claims;
pub mod compliance;
pub mod device_evidence;
pub mod devices;
pub mod home;
pub mod load_duration;
pub mod load_profile;
pub mod manual;
pub mod operation;
pub mod partial_month;
pub mod readings;
pub mod series;
pub mod slice;
pub mod snapshot;
pub mod terminal;
pub mod unit_card;
pub mod unit_energy;
pub mod unit_items;
pub mod uploads;

use super::database::{EMPTY_SPAN, day_of, each, month_of, stat_type};

#[cfg(test)]
mod tests;
