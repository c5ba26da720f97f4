//! From a snapshot and a question to an answer: spans, sums, comparison, trajectory, decomposition, benchmarks, scores.
//! Pure: no clock, no store, no HTTP.

pub mod benchmark;
pub mod catalog;
pub mod cube;
pub mod dual_control;
pub mod facts;
pub mod facts_builder;
pub mod flow;
pub mod frame;
mod frame_groups;
pub mod frame_products;
pub mod group;
pub mod groups;
pub mod intensity;
pub mod meta;
pub mod path;
pub mod picture;
pub mod question;
pub mod ratio;
pub mod required;
pub mod spans;
pub mod sums;
pub mod sums_of_pairs;
pub mod targets;
pub mod timeline;
pub mod unit_energy;
pub mod units;

#[cfg(test)]
mod equal_tests;
#[cfg(test)]
mod flow_tests;
#[cfg(test)]
mod frame_tests;
#[cfg(test)]
mod groups_tests;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
