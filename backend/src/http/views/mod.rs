//! The views behind the portal's pages: each handler reads parameters, takes the snapshot, derives the answer by
//! `nengce_analysis`, and sends it.

pub mod city;
mod cube_cache;
pub mod parameters;
pub mod slice;
pub mod snapshot;
mod snapshots;
pub mod unit;
mod view_request;

pub use cube_cache::CubeCache;
pub use snapshots::{City, PartialMonths, Snapshots};
pub use view_request::ViewRequest;
