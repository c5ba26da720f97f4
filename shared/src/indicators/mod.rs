//! The arithmetic of the field: factors, intensity, decomposition, benchmarks, trajectories, projections, limits of
//! data quality, and the statistics that they need.

pub mod benchmark;
pub mod factor;
pub mod index;
pub mod intensity;
pub mod lmdi;
pub mod order;
pub mod percentile;
pub mod projection;
pub mod quality;
pub mod trajectory;
pub mod warning;
