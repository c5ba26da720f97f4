//! The shape of the command line: commands, flags, help.

use clap::{Parser, Subcommand};

use super::arguments::{ServerArgs, runtime};
use super::{
    accounts, audit, backup, ca, check_config, compact, demo, device, export, import, restore,
    serve, simulate, token, verify,
};

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
    /// Invite, list, suspend or resume the accounts of people
    Account(accounts::Args),
    /// Make, list or revoke tokens of industry systems
    Token(token::Args),
    /// Issue and revoke certificates of terminals by an authority of your own
    Ca(ca::Args),
    /// Copy the database consistently, while the server serves
    Backup(backup::Args),
    /// Put a backup in the place of a data folder's database
    Restore(restore::Args),
    /// Check every invariant of the stored data
    Verify(verify::Args),
    /// Write the audit log to a file that proves itself, or check such a file
    Audit(audit::Args),
    /// Sort the readings of closed quarters now
    Compact(compact::Args),
    /// Read the configuration and say what is wrong with it
    CheckConfig(check_config::Args),
}

impl Cli {
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Serve(args) => {
                let runtime = runtime()?;
                let config = args.load()?;
                check_config::log_unsafe(&config, &args.sources());
                let done = runtime.block_on(serve::run(config));
                // What still runs is undone or goes on after the next start.
                runtime.shutdown_timeout(LAST_MOMENT);
                done
            }
            Command::Demo(args) => demo::run(&args),
            Command::Simulate(args) => simulate::run(&args),
            Command::Import(args) => import::run(&args),
            Command::Export(args) => export::run(&args),
            Command::Device(args) => device::run(&args),
            Command::Account(args) => accounts::run(&args),
            Command::Token(args) => token::run(&args),
            Command::Ca(args) => ca::run(&args),
            Command::Backup(args) => backup::run(&args),
            Command::Restore(args) => restore::run(&args),
            Command::Audit(args) => audit::run(&args),
            Command::Verify(args) => verify::run(&args),
            Command::Compact(args) => compact::run(&args),
            Command::CheckConfig(args) => check_config::run(&args),
        }
    }
}

/// For work that does not end by itself when the server has stopped.
const LAST_MOMENT: std::time::Duration = std::time::Duration::from_millis(500);
