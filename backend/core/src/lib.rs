//! Pure field logic: dictionaries, ingest, analysis, the demo city. No I/O, no clock.

pub mod city;
pub mod analysis;
pub mod ingest;
pub mod reference;
