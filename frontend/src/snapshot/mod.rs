//! Holds the city in the browser: it reads the same snapshot that the server derives from, so that a selection on a page
//! needs no request. It draws nothing and does not touch the address.

mod answers;
mod client;
mod days;
mod engine;
mod fetch;
mod query;

pub use answers::{benchmark, decomposition, dual_control, intensity, subjects, timeline};
pub use client::{is_grouped, linked_version, snapshot, unit_name, use_snapshot};
