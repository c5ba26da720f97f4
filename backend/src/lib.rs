//! Nengce's server as a library: rooms in the order of the data's way. `main.rs` only reads the command line.

pub mod clock;
pub mod store;
pub mod web_assets;
