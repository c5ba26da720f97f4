//! The parts of the tool, so that its tests can reach the pure ones. Nothing of the product.
pub mod bench;
pub mod cli;
pub mod dist;
pub mod duckdb;
pub mod machine;
pub mod npm;
pub mod oidc_provider;
pub mod paths;
pub mod prepare;
pub mod python;
pub mod run;
pub mod server;
pub mod steps;
pub mod test;
pub mod web;
