//! `nengce check-config`: reads the configuration as `serve` would, says what is wrong with it, and warns about what is
//! valid and unsafe.

use anyhow::{Result, ensure};

use super::arguments::ServerArgs;
use crate::config::warnings::warnings;
use crate::config::{Config, Sources};

#[derive(clap::Args)]
pub struct Args {
    /// Print a sample nengce.toml with every key and its default
    #[arg(long)]
    print_sample: bool,
    /// Fail when there is a warning
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    server: ServerArgs,
}

pub fn run(args: &Args) -> Result<()> {
    if args.print_sample {
        print!("{}", toml::to_string(&Config::default())?);
        return Ok(());
    }
    let sources = args.server.sources();
    let config = Config::load(&sources)?;
    let found = warnings(&config, &sources);
    print!("{}", toml::to_string(&config.without_secrets())?);
    println!("# the configuration is valid");
    for it in &found {
        eprintln!("{it}");
    }
    ensure!(!args.strict || found.is_empty(), "{} warnings", found.len());
    Ok(())
}

/// Says in the log of a server that starts how many of its settings are unsafe.
pub(super) fn log_unsafe(config: &Config, sources: &Sources) {
    let found = warnings(config, sources);
    if !found.is_empty() {
        let codes: Vec<&str> = found.iter().map(|it| it.code).collect();
        tracing::warn!(codes = codes.join(", "), "settings are unsafe: see nengce check-config");
    }
}
