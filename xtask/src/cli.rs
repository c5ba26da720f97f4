//! The command line of `cargo xtask`; each command is a module.
use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{bench, dist, prepare, run, server, test};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Builds, runs and tests Nengce",
    version
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and start the server with a demo city
    Run(run::Options),
    /// Prepare a browser and run the tests: all, or the named parts
    Test(test::Options),
    /// Build in release and measure
    Bench(bench::Options),
    /// Build in release and pack the server and the terminal as dist/<program>-<version>-<arch>.tar.gz
    Dist,
    /// Fetch what a build needs, build nothing: afterwards plain cargo works too
    Prepare,
    /// Build the front end into target/portal
    Web,
    #[command(hide = true)]
    OpenWhenUp { address: String, url: String },
}

impl Cli {
    pub fn act(&self) -> Result<()> {
        match &self.command {
            Command::Run(options) => run::run(options),
            Command::Test(options) => test::run(options),
            Command::Bench(options) => bench::run(options),
            Command::Dist => dist::run(),
            Command::Prepare => prepare::run(),
            Command::Web => prepare::all().and_then(|library| server::web_files(&library)),
            Command::OpenWhenUp { address, url } => run::open_when_up(address, url),
        }
    }
}
