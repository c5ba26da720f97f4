//! The server binary: holds the web files, reads the command line and hands over.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use nengce::commands::cli::Cli;
use nengce::store::StoreError;
use nengce::{file_permissions, freed_memory, panics, web_assets};
use rust_embed::RustEmbed;

/// The built front end, or a page that says how to build it.
#[derive(RustEmbed)]
#[folder = "../target/portal/"]
struct Portal;

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("NENGCE_LOG")
        .unwrap_or_else(|_| "info,tower_http=warn".into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match std::env::var("NENGCE_LOG_FORMAT").as_deref() {
        Ok("json") => log.json().flatten_event(true).with_span_list(false).init(),
        _ => log.with_ansi(wants_colours()).init(),
    }
    freed_memory::give_back_large_blocks();
    panics::install();
    file_permissions::owner_only();
    web_assets::embed(Portal::get);
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(exit_code(&error))
        }
    }
}

/// Colours are for people at a terminal, never for files.
fn wants_colours() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
    !refused && std::io::stderr().is_terminal()
}

/// 3: another process serves the data folder; 4: its database is damaged; 5: a part of the server could not be kept
/// running; 6: the data key is missing or another one; 1: anything else.
fn exit_code(error: &anyhow::Error) -> u8 {
    if error.is::<panics::GaveUp>() {
        return 5;
    }
    match error.downcast_ref() {
        Some(StoreError::Locked(_)) => 3,
        Some(StoreError::Damaged(_)) => 4,
        Some(StoreError::DataKey(_)) => 6,
        _ => 1,
    }
}
