//! `nengce backup DIR`: a consistent copy of the database, read back and compared; the server may go on serving.

use std::path::PathBuf;

use anyhow::Result;
use nengce_shared::api::maintenance::{BackupBody, BackupDone};

use super::arguments::{TargetArgs, runtime};
use super::client::Client;

#[derive(clap::Args)]
#[command(
    after_help = "The folder gets the database file and manifest.json (counts, checksums, SHA-256).
With --server the folder lies below one of the server's backup_folders; a relative one below the first of them. `nengce restore DIR --data DATA` brings it back."
)]
pub struct Args {
    /// New or empty folder
    folder: PathBuf,
    #[command(flatten)]
    target: TargetArgs,
}

pub(super) fn run(args: &Args) -> Result<()> {
    let body = BackupBody { folder: args.target.folder(&args.folder)? };
    let done: BackupDone = runtime()?.block_on(Client::maintain(&args.target, "backup", &body))?;
    for it in &done.tables {
        println!("{:>14}  {}", it.rows, it.table);
    }
    println!(
        "{}: {:.1} MB in {:.1} s, read back and compared; sha256 {}",
        done.folder,
        done.bytes as f64 / 1e6,
        done.seconds,
        done.sha256
    );
    Ok(())
}
