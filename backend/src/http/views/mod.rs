//! The views behind the portal's pages: each handler reads parameters, takes the snapshot, derives the answer by
//! `nengce_analysis`, and sends it.

mod asked;
pub mod benchmarks;
mod city_question;
pub mod cube;
pub mod cube_frame;
pub mod cube_products;
pub mod cube_slice;
mod cubes;
pub mod decomposition;
pub mod dual_control;
pub mod energy_flow;
pub mod factors;
pub mod intensity;
pub mod meta;
pub mod parameters;
mod snapshot;
pub mod targets;
pub mod timeline;
pub mod unit;
pub mod unit_calendar;
pub mod unit_energy;
pub mod unit_load_duration;
pub mod unit_load_profile;
pub mod unit_meters;
pub mod unit_readings;
pub mod unit_series;
pub mod units;

pub use asked::Asked;
pub use city_question::CityQuestion;
pub use cubes::Cubes;
pub use snapshot::{City, Snapshots};
