//! `nengce check-config`: reads the configuration as `serve` would, and says what is wrong with it.

use anyhow::Result;

use super::arguments::ServerArgs;
use crate::config::Config;

#[derive(clap::Args)]
pub struct Args {
    /// Print a sample nengce.toml with every key and its default
    #[arg(long)]
    print_sample: bool,
    #[command(flatten)]
    server: ServerArgs,
}

pub fn run(args: &Args) -> Result<()> {
    if args.print_sample {
        print!("{}", toml::to_string(&Config::default())?);
        return Ok(());
    }
    let mut config = args.server.load()?;
    if !config.admin_token.is_empty() {
        config.admin_token = "(set)".to_owned();
    }
    if !config.data_key.is_empty() {
        config.data_key = "(set)".to_owned();
    }
    print!("{}", toml::to_string(&config)?);
    println!("# the configuration is valid");
    Ok(())
}
