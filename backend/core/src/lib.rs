//! Pure field logic of the server: dictionaries, quality rules, accounts, the demo city, the audit chain.
//! No I/O, no clock.

#![warn(missing_docs)]

pub mod accounts;
pub mod audit;
pub mod audit_pack;
pub mod cases;
pub mod city;
pub mod costs;
pub mod credit;
pub mod inspection;
pub mod quality;
pub mod reference;
pub mod savings;
