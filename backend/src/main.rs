//! The server binary: reads the command line and hands over.

use std::process::ExitCode;

use clap::Parser;
use nengce::commands::cli::Cli;
use nengce::store::StoreError;

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("NENGCE_LOG")
        .unwrap_or_else(|_| "info,tower_http=warn".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(exit_code(&error))
        }
    }
}

/// 3: another process serves the data folder; 4: its database is damaged; 1: anything else.
fn exit_code(error: &anyhow::Error) -> u8 {
    match error.downcast_ref() {
        Some(StoreError::Locked(_)) => 3,
        Some(StoreError::Damaged(_)) => 4,
        _ => 1,
    }
}
