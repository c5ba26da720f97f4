//! The wire contract and the arithmetic of the field, for the server and the browser. Modules stand in folders by
//! subject, and can also be named at the root of the crate.

#![warn(missing_docs)]

pub mod access;
pub mod api;
pub mod codes;
pub mod files;
pub mod indicators;
pub mod periods;
pub mod problems;
pub mod quantity;
pub mod wire;

pub use codes::{
    basis, case, certainty, compliance_state, credit, credit_code, data_class, data_code,
    dictionary, energy_group, energy_level, inspection, link, place, reporting_state, scope,
    stat_type, submission, tariff, unit_class,
};
pub use files::{cell, parquet};
pub use indicators::{
    benchmark, factor, index, intensity, lmdi, order, percentile, projection, quality, trajectory,
    warning,
};
pub use periods::{month, period, working_days};
pub use problems::{problem, problem_code};
pub use wire::{json, lang, mask, number};
