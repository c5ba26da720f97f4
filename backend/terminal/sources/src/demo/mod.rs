//! Simulated meters whose counters follow a given function of time, for demonstrations and tests.
mod dlt645;
mod modbus;
mod value;

pub use dlt645::{Meters, serve_dlt645};
pub use modbus::{Registers, serve_modbus};
pub use value::Value;
