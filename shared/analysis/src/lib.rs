//! Derives an answer from a snapshot and a query: spans, sums, comparison, trajectory, decomposition, benchmarks, scores.
//! It uses no clock, no store and no HTTP.

#![warn(missing_docs)]

pub mod balance;
pub mod benchmark;
pub mod catalog;
pub mod codec;
pub mod compliance;
pub mod cube;
pub mod dual_control;
pub mod evaluation;
pub mod flow;
pub mod grouping;
pub mod intensity;
pub mod meta;
pub mod partial_days;
pub mod path;
pub mod query;
pub mod ratio;
pub mod ratio_sums;
pub mod reporting;
pub mod required;
pub mod restriction;
pub mod shifts;
pub mod snapshot;
pub mod snapshot_builder;
pub mod spans;
pub mod targets;
pub mod timeline;
pub mod typed_values;
pub mod unit_energy;
pub mod unit_group;
pub mod unit_scope;
pub mod unit_status;
pub mod unit_totals;
pub mod units;

#[cfg(test)]
mod equal_tests;
#[cfg(test)]
mod flow_tests;
#[cfg(test)]
mod grouping_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod restriction_tests;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
