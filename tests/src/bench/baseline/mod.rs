//! Baselines of the same run: DuckDB alone, over the statements, the schema and the data folder of the server.

mod appender;
pub(super) mod cube;
mod statements;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use duckdb::Connection;

pub(super) use appender::{Load, append_readings, journal_and_commits};
pub(super) use statements::{size, time_series, time_views};

/// The database of a data folder.
fn open(data: &Path) -> Result<Connection> {
    Ok(Connection::open(data.join("nengce.duckdb"))?)
}

/// An empty database with the schema of the server.
fn create(folder: &Path) -> Result<Connection> {
    let conn = Connection::open(folder.join("baseline.duckdb"))?;
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("../backend/src/store/migrations");
    let files = std::fs::read_dir(&migrations)?.map(|it| it.map(|it| it.path()));
    let mut files: Vec<PathBuf> = files.collect::<Result<_, _>>()?;
    files.sort();
    for file in files {
        let sql = std::fs::read_to_string(&file)?;
        conn.execute_batch(&sql).with_context(|| file.display().to_string())?;
    }
    Ok(conn)
}
