//! `nengce baseline`, hidden: figures of the bare store for the measuring program, as JSON on one line.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::store::baseline;

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
        #[arg(long, default_value_t = 10_000)]
        per_commit: usize,
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
    /// Bytes on disk and readings stored
    Size {
        #[arg(long)]
        data: PathBuf,
    },
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let answer = match &arguments.what {
        What::Append {
            folder,
            rows,
            per_commit,
        } => {
            let spent = baseline::append_readings(folder, *rows, *per_commit)?;
            json!({"rows": rows, "seconds": spent.as_secs_f64()})
        }
        What::Views { data, runs, today } => {
            let times = baseline::time_views(data, *runs, today)?;
            json!(
                times
                    .into_iter()
                    .collect::<std::collections::BTreeMap<_, _>>()
            )
        }
        What::Size { data } => {
            let (bytes, readings) = baseline::size(data)?;
            json!({"bytes": bytes, "readings": readings})
        }
    };
    println!("{answer}");
    Ok(())
}
