//! `nengce compact`: the readings of closed quarters sorted now, instead of at night.

use anyhow::Result;
use nengce_shared::api::maintenance::{CompactBody, CompactDone};

use super::arguments::{TargetArgs, runtime};
use super::client::Client;

#[derive(clap::Args)]
pub struct Args {
    /// The running quarter as well
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    target: TargetArgs,
}

pub fn run(args: &Args) -> Result<()> {
    let body = CompactBody { all: args.all };
    let done: CompactDone =
        runtime()?.block_on(Client::maintain(&args.target, "compact", &body))?;
    println!(
        "{} readings of {} quarters in {} steps ({:.1} s, the longest {:.0} ms): {:.1} MB used before, {:.1} MB after, \
         readings {:.1} MB before, {:.1} MB after; file {:.1} MB, what is free in it is used again",
        done.readings,
        done.quarters,
        done.steps,
        done.seconds,
        done.longest_step_ms,
        done.used_bytes_before as f64 / 1e6,
        done.used_bytes_after as f64 / 1e6,
        done.reading_bytes_before as f64 / 1e6,
        done.reading_bytes_after as f64 / 1e6,
        done.file_bytes as f64 / 1e6
    );
    Ok(())
}
