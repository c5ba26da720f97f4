//! `nengce verify`: every invariant of the stored data, by name, with how much was looked at; fails when one is broken.

use anyhow::{Result, bail};
use nengce_shared::api::maintenance::VerifyReport;
use serde_json::json;

use super::arguments::{TargetArgs, runtime};
use super::client::Client;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    target: TargetArgs,
}

pub fn run(args: &Args) -> Result<()> {
    let report: VerifyReport =
        runtime()?.block_on(Client::maintain(&args.target, "verify", &json!({})))?;
    for it in &report.checks {
        let word = if it.wrong == 0 { "ok    " } else { "BROKEN" };
        print!("{word}  {:<20} {:>12} checked", it.name, it.checked);
        match it.wrong {
            0 => println!("  {}", it.en),
            wrong => println!(
                ", {wrong} wrong  {} / {}{}",
                it.zh,
                it.en,
                it.example.as_ref().map(|it| format!(" ({it})")).unwrap_or_default()
            ),
        }
    }
    let broken = report.checks.iter().filter(|it| it.wrong > 0).count();
    if !report.ok {
        bail!(
            "{broken} 项检查不符，请从备份恢复 / {broken} checks are broken: restore the last backup that verifies"
        );
    }
    println!("every check holds ({:.1} s)", report.seconds);
    Ok(())
}
