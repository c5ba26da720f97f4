//! The shape of the command line: commands, flags, help.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use toml::Value;

use super::{
    backup, check_config, compact, demo, device, export, import, restore, serve, simulate, token,
    verify,
};
use crate::config::{Config, Sources};

#[derive(Parser)]
#[command(name = "nengce", version, about = "能测: online energy monitoring of key energy-using units", long_about = None)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Receive uploads and serve the portal
    Serve(ServerArgs),
    /// Serve the portal with an invented city that keeps sending
    Demo(demo::Args),
    /// Play the terminals of an invented city against a server
    Simulate(simulate::Args),
    /// Load files: readings, economy, targets, units, dictionaries
    Import(Box<import::Args>),
    /// Write a list of the portal to a file: CSV, XLSX or JSON
    Export(export::Args),
    /// List, approve or revoke terminals
    Device(device::Args),
    /// Make, list or revoke tokens of industry systems
    Token(token::Args),
    /// Copy the database consistently, while the server serves
    Backup(backup::Args),
    /// Put a backup in the place of a data folder's database
    Restore(restore::Args),
    /// Check every invariant of the stored data
    Verify(verify::Args),
    /// Sort the readings of closed quarters now
    Compact(compact::Args),
    /// Read the configuration and say what is wrong with it
    CheckConfig(check_config::Args),
}

/// Flags that every command with a configuration takes; each overrides the file and the environment.
#[derive(Args, Debug, Clone, Default)]
pub struct ServerArgs {
    /// Configuration file [default: nengce.toml of the working folder, when it is there]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address and port [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
    /// Data folder [default: data]
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Address that terminals reach the server at
    #[arg(long, value_name = "URL")]
    pub public_address: Option<String>,
    /// Approve every device as it registers
    #[arg(long)]
    pub auto_approve: bool,
}

impl ServerArgs {
    pub fn sources(&self) -> Sources {
        let mut flags = Vec::new();
        if let Some(it) = self.listen {
            flags.push(("listen", Value::String(it.to_string())));
        }
        if let Some(it) = &self.data {
            flags.push(("data", Value::String(it.to_string_lossy().into_owned())));
        }
        if let Some(it) = &self.public_address {
            flags.push(("public_address", Value::String(it.clone())));
        }
        if self.auto_approve {
            flags.push(("auto_approve_devices", Value::Boolean(true)));
        }
        Sources { file: self.config.clone(), flags }
    }

    pub fn load(&self) -> anyhow::Result<Config> {
        Config::load(&self.sources())
    }
}

/// Where a command finds its server.
#[derive(Args, Debug, Clone)]
pub struct TargetArgs {
    /// Data folder: the server that runs on it is spoken to; without one, the folder is opened for this command
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Configuration file
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address of a server elsewhere, with --token
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,
    /// Administrator's token of that server [default: NENGCE_ADMIN_TOKEN]
    #[arg(long)]
    pub token: Option<String>,
}

impl TargetArgs {
    /// A folder that the server is to write: of this machine, or as that of the server elsewhere.
    pub fn folder(&self, it: &std::path::Path) -> anyhow::Result<String> {
        let meant = match self.server {
            Some(_) => it.to_owned(),
            None => std::path::absolute(it)?,
        };
        Ok(meant.display().to_string())
    }
}

impl Cli {
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Serve(args) => {
                let runtime = runtime()?;
                let done = runtime.block_on(serve::run(args.load()?));
                // What still runs is undone or goes on after the next start.
                runtime.shutdown_timeout(LAST_MOMENT);
                done
            }
            Command::Demo(args) => demo::run(&args),
            Command::Simulate(args) => simulate::run(&args),
            Command::Import(args) => import::run(&args),
            Command::Export(args) => export::run(&args),
            Command::Device(args) => device::run(&args),
            Command::Token(args) => token::run(&args),
            Command::Backup(args) => backup::run(&args),
            Command::Restore(args) => restore::run(&args),
            Command::Verify(args) => verify::run(&args),
            Command::Compact(args) => compact::run(&args),
            Command::CheckConfig(args) => check_config::run(&args),
        }
    }
}

/// For work that does not end by itself when the server has stopped.
const LAST_MOMENT: std::time::Duration = std::time::Duration::from_millis(500);

/// The runtime of commands that serve or speak HTTP.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
