//! The views of the city or of a selection of its units: each is derived from the snapshot.

pub mod benchmarks;
pub mod decomposition;
pub mod dual_control;
pub mod energy_flow;
pub mod factors;
pub mod intensity;
pub mod meta;
mod query;
pub mod targets;
pub mod timeline;
pub mod units;

pub use query::CityQuery;
