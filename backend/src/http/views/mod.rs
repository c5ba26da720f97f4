//! The views behind the portal's pages: each handler reads parameters, takes the snapshot, derives the answer by
//! `nengce_analysis`, and sends it.

pub mod city;
pub mod cube;
pub mod cube_frame;
pub mod cube_products;
pub mod cube_slice;
mod cubes;
pub mod parameters;
mod snapshots;
pub mod unit;
mod view_request;

pub use cubes::Cubes;
pub use snapshots::{City, Snapshots};
pub use view_request::ViewRequest;
