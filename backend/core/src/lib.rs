//! Pure field logic: dictionaries, ingest, analysis, the demo city. No I/O, no clock.

pub mod analysis;
#[cfg(feature = "server")]
pub mod city;
#[cfg(feature = "server")]
pub mod ingest;
#[cfg(feature = "server")]
pub mod quality;
#[cfg(feature = "server")]
pub mod reference;
