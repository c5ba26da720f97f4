//! Replacements of values of old periods: which ones wait for an operator, those that wait, and the decisions about them.

pub mod decisions;
pub mod pending;
pub mod policy;
