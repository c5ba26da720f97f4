//! Replacements of values of old periods: which ones wait for an operator, and those that wait.

pub mod pending;
pub mod policy;
