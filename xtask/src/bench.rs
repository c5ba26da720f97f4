//! `cargo xtask bench`: a release build of everything, then the measuring program of `tests/`.
//! What is measured, and how, is there.
use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{machine, prepare, server, steps, test, web};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Upload throughput over HTTP against the bare appender
    Ingest,
    /// A file of 122,000 rows: preview and commit against the bare appender
    Import,
    /// Each view's API against its bare SQL
    Views,
    /// The cube: bytes by encoding, times against bare SQL
    Cube,
    /// Bytes and time of the first load in Chromium
    Load,
    /// Choices on a page in Chromium: to the painted frame, and against native
    Interaction,
    /// Bytes per reading on disk
    Disk,
    /// Quality rules against planted faults: recall and precision per class
    Quality,
    All,
}

#[derive(Args)]
pub struct Options {
    #[arg(default_value = "all")]
    what: What,
    /// Passed on to the measuring program
    #[arg(last = true)]
    extra: Vec<String>,
}

pub fn run(options: &Options) -> Result<()> {
    let library = prepare::all()?;
    let browser = matches!(options.what, What::Load | What::Interaction | What::All)
        .then(machine::browser)
        .transpose()?;
    // The rules are tried on readings in memory: no server stands behind them.
    let server = (options.what != What::Quality)
        .then(|| web::build().and_then(|_| server::release(&library)))
        .transpose()?;
    let name = options.what.to_possible_value().map(|value| value.get_name().to_owned());
    let mut cargo = steps::cargo();
    cargo.args([
        "run",
        "--release",
        "--quiet",
        "--package",
        "nengce-tests",
        "--bin",
        "bench",
        "--",
    ]);
    cargo.args(name).args(&options.extra);
    test::environment(&mut cargo, browser.as_ref(), None);
    if let Some(server) = server {
        cargo.env("NENGCE_BIN", server);
    }
    steps::succeed(&mut cargo)
}
