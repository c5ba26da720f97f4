//! `nengce baseline`, hidden: figures of the bare store for the measuring program, as JSON on one line.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::store::{baseline, cube_baseline, series_baseline};

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Rows a second of the bare Arrow appender
    Append {
        #[arg(long)]
        folder: PathBuf,
        #[arg(long, default_value_t = 1_000_000)]
        rows: usize,
        #[arg(long, default_value_t = 16)]
        terminals: usize,
        #[arg(long, default_value_t = 1_000)]
        entries: usize,
        #[arg(long, default_value_t = 10_000)]
        per_commit: usize,
    },
    /// Milliseconds of a group in a synced journal, and committed
    Journal {
        #[arg(long)]
        folder: PathBuf,
        #[arg(long, default_value_t = 1_000)]
        per_commit: usize,
        #[arg(long, default_value_t = 200)]
        groups: usize,
    },
    /// Milliseconds of the statements each view stands on
    Views {
        #[arg(long)]
        data: PathBuf,
        #[arg(long, default_value_t = 20)]
        runs: usize,
        /// The day to ask for, YYYY-MM-DD
        #[arg(long)]
        today: String,
    },
    /// Milliseconds of the cube and of bare SQL over the same invented facts; leaves FOLDER/cube.bin
    Cube {
        #[arg(long)]
        folder: PathBuf,
        #[arg(long, default_value_t = 1_000)]
        units: u32,
        #[arg(long, default_value_t = 10)]
        items: u32,
        #[arg(long, default_value_t = 36)]
        periods: u32,
        #[arg(long)]
        by_day: bool,
        #[arg(long, default_value_t = 40)]
        runs: usize,
    },
    /// Milliseconds of a year's series of every real-time item
    Series {
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        year: i16,
        /// Columns of the screens, one run each
        #[arg(long, value_delimiter = ',')]
        widths: Vec<u32>,
    },
    /// Bytes on disk and readings stored
    Size {
        #[arg(long)]
        data: PathBuf,
    },
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let answer = match &arguments.what {
        What::Append { folder, rows, terminals, entries, per_commit } => {
            let load = baseline::Load {
                rows: *rows,
                terminals: (*terminals).max(1),
                entries: (*entries).max(1),
            };
            let spent = baseline::append_readings(folder, load, (*per_commit).max(1))?;
            json!({"rows": rows, "seconds": spent.as_secs_f64()})
        }
        What::Journal { folder, per_commit, groups } => {
            let (mut frames, mut commits) =
                baseline::journal_and_commits(folder, *per_commit, *groups)?;
            frames.sort_by(f64::total_cmp);
            commits.sort_by(f64::total_cmp);
            let at = |times: &[f64], share: usize| {
                times.get((times.len() * share).div_ceil(100).saturating_sub(1)).copied()
            };
            json!({
                "journal_p50": at(&frames, 50), "journal_p99": at(&frames, 99),
                "commit_p50": at(&commits, 50), "commit_p99": at(&commits, 99),
            })
        }
        What::Views { data, runs, today } => {
            let times = baseline::time_views(data, *runs, today)?;
            json!(times.into_iter().collect::<std::collections::BTreeMap<_, _>>())
        }
        What::Cube { folder, units, items, periods, by_day, runs } => {
            let size = cube_baseline::Size {
                units: *units,
                items: *items,
                periods: *periods,
                by_day: *by_day,
            };
            let found = cube_baseline::measure(folder, size, *runs)?;
            let asked: Vec<_> = found
                .asked
                .iter()
                .map(|it| json!({"question": it.question, "sql": it.sql, "cube": it.cube}))
                .collect();
            json!({
                "facts": found.facts, "build_ms": found.build_ms, "cube_bytes": found.cube_bytes,
                "difference": found.difference, "asked": asked,
            })
        }
        What::Series { data, year, widths } => {
            json!(series_baseline::time_series(data, *year, widths)?)
        }
        What::Size { data } => {
            let (bytes, readings) = baseline::size(data)?;
            json!({"bytes": bytes, "readings": readings})
        }
    };
    println!("{answer}");
    Ok(())
}
