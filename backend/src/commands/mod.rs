//! One file per command. The command line's shape stands in `cli.rs`.

mod account_flush;
pub mod accounts;
pub mod arguments;
pub mod audit;
mod backup;
pub mod ca;
pub mod check_config;
pub mod cli;
pub mod client;
pub mod compact;
mod configuration_change;
pub mod demo;
mod demo_cases;
mod demo_costs;
pub mod device;
pub mod export;
pub mod import;
mod import_print;
pub mod restore;
pub mod serve;
pub mod simulate;
pub mod token;
pub mod verify;
