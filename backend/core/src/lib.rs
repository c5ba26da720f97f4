//! Pure field logic of the server: dictionaries, ingest, quality rules, accounts, the demo city. No I/O, no clock.

#![warn(missing_docs)]

pub mod accounts;
pub mod city;
pub mod ingest;
pub mod quality;
pub mod reference;
