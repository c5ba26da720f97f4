//! `nengce restore DIR`: puts a backup in the place of a data folder's database, after the whole backup was checked.
//! Records that break an invariant are named and restored.

use std::path::PathBuf;

use anyhow::Result;

use super::arguments::ServerArgs;
use crate::clock::Clock;
use crate::store::maintenance::backup;

#[derive(clap::Args)]
pub struct Args {
    /// Folder that `nengce backup` wrote
    backup: PathBuf,
    /// Data folder; no server may run on it [default: data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Configuration file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Restore into a folder that is not empty; its content is put aside in DATA/before-restore-…
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args) -> Result<()> {
    let config = ServerArgs {
        config: args.config.clone(),
        data: args.data.clone(),
        ..ServerArgs::default()
    }
    .load()?;
    let now = Clock::new(&config.time_zone)?.now();
    let (manifest, aside, checks) = backup::restore(&args.backup, &config.data, args.force, now)?;
    if let Some(aside) = aside {
        println!("what was there lies in {}", aside.display());
    }
    let odd: Vec<_> = checks.iter().filter(|it| !it.holds()).collect();
    for it in &odd {
        let example = it.example.as_ref().map(|it| format!(" ({it})"));
        eprintln!(
            "odd     {:<20} {} of {} wrong  {} / {}{}",
            it.invariant.name,
            it.wrong,
            it.checked,
            it.invariant.zh,
            it.invariant.en,
            example.unwrap_or_default()
        );
    }
    println!(
        "{}: the backup of {} is restored, {} checks hold",
        config.data.display(),
        manifest.created_at,
        checks.len() - odd.len()
    );
    if !odd.is_empty() {
        println!(
            "{} 项检查不符，已如数恢复；`nengce verify` 可再查 / {} checks do not hold; everything is restored as it was, `nengce verify` names them again",
            odd.len(),
            odd.len()
        );
    }
    Ok(())
}
