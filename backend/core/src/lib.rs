//! Pure field logic: dictionaries, ingest, analysis, the demo city. No I/O, no clock.

pub mod analysis;
pub mod city;
pub mod ingest;
pub mod quality;
pub mod reference;
