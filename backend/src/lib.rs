//! Nengce's server as a library, one module per concern. `main.rs` only reads the command line.

pub mod certificate_authority;
pub mod clock;
pub mod commands;
pub mod config;
pub mod credit_push;
pub mod fail_point;
pub mod file_permissions;
pub mod freed_memory;
pub mod http;
mod https_client;
pub mod import;
pub mod link;
pub mod list_rows;
pub mod maintenance_schedule;
pub mod network;
pub mod oidc;
pub mod panics;
pub mod quality_worker;
mod rest;
pub mod server_file;
pub mod simulate;
pub mod store;
pub mod web_assets;
