//! Baselines for the benchmarks: DuckDB's bare Arrow appender, and the bare statements behind a view, without any code
//! of the server in between.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use duckdb::Connection;
use duckdb::arrow::array::{Array, ArrayRef};

use super::error::Result;
use crate::store::database::append::{append, bytes, doubles, flags, ints, maybe_bytes, stamps};
use crate::store::database::migrate;

/// The rows that so many terminals send round by round, each time so many quarter-hours of ten items.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub rows: usize,
    pub terminals: usize,
    pub entries: usize,
}

impl Load {
    /// The columns of the readings from one row to before another.
    fn columns(&self, range: std::ops::Range<usize>) -> Vec<ArrayRef> {
        let message = |row: usize| row / self.entries;
        let place = |row: usize| {
            let at = message(row) / self.terminals * self.entries + row % self.entries;
            (message(row) % self.terminals * 10 + at % 10, at / 10)
        };
        // Within a message by item and time, as the server writes it.
        let mut rows: Vec<usize> = range.collect();
        rows.sort_by_key(|row| (message(*row), place(*row)));
        let rows = rows.as_slice();
        vec![
            ints(rows.iter().map(|row| place(*row).0 as i32 + 1)),
            bytes(rows.iter().map(|_| 0)),
            stamps(rows.iter().map(|row| Some(946_684_800 + place(*row).1 as i64 * 900))),
            doubles(rows.iter().map(|row| (place(*row).1 % 977) as f64 + 0.25)),
            flags(rows.iter().map(|_| true)),
            maybe_bytes(rows.iter().map(|_| Some(1))),
            ints(rows.iter().map(|row| message(*row) as i32 + 1)),
        ]
    }
}

/// Appends a load on one connection, durably committed each so many rows; the columns are ready beforehand.
pub fn append_readings(folder: &Path, load: Load, per_commit: usize) -> Result<Duration> {
    let conn = Connection::open(folder.join("baseline.duckdb"))?;
    migrate::migrate(&conn)?;
    let mut spent = Duration::ZERO;
    let mut done = 0;
    while done < load.rows {
        let range = done..done.saturating_add(per_commit).min(load.rows);
        done = range.end;
        let columns = load.columns(range);
        spent += commit(&conn, columns)?;
    }
    Ok(spent)
}

fn commit(conn: &Connection, columns: Vec<ArrayRef>) -> Result<Duration> {
    let start = Instant::now();
    conn.execute_batch("BEGIN")?;
    append(conn, "reading", columns)?;
    conn.execute_batch("COMMIT")?;
    Ok(start.elapsed())
}

/// Milliseconds of each group of rows, committed, and written as a frame with its checksum into a synced journal.
pub fn journal_and_commits(
    folder: &Path,
    per_commit: usize,
    groups: usize,
) -> Result<(Vec<f64>, Vec<f64>)> {
    let load = Load { rows: per_commit * groups, terminals: 16, entries: per_commit.min(1_000) };
    let conn = Connection::open(folder.join("baseline.duckdb"))?;
    migrate::migrate(&conn)?;
    let mut journal = std::fs::File::create(folder.join("journal"))?;
    let mut frame = Vec::new();
    let (mut commits, mut frames) = (Vec::new(), Vec::new());
    for group in 0..groups {
        let columns = load.columns(group * per_commit..(group + 1) * per_commit);
        let start = Instant::now();
        frame.clear();
        for column in &columns {
            for buffer in column.to_data().buffers() {
                frame.extend_from_slice(buffer.as_slice());
            }
        }
        let mut checksum = flate2::Crc::new();
        checksum.update(&frame);
        journal.write_all(&(frame.len() as u64).to_le_bytes())?;
        journal.write_all(&checksum.sum().to_le_bytes())?;
        journal.write_all(&frame)?;
        journal.sync_data()?;
        frames.push(start.elapsed().as_secs_f64() * 1000.0);
        commits.push(commit(&conn, columns)?.as_secs_f64() * 1000.0);
    }
    Ok((frames, commits))
}

/// What a statement is given.
#[derive(Clone, Copy)]
enum Given {
    Ids,
    Today,
    ValueAdded,
    Days,
}

/// A statement and what it is given, in order.
type Statement = (&'static str, &'static [Given]);

/// The aggregates that a view is made of.
const VIEWS: [(&str, &[Statement]); 4] = [
    (
        "dual-control",
        &[
            (include_str!("sql/snapshot_energy.sql"), &[Given::Ids]),
            (include_str!("sql/snapshot_points.sql"), &[Given::Ids, Given::Today]),
        ],
    ),
    (
        "intensity",
        &[
            (include_str!("sql/snapshot_energy.sql"), &[Given::Ids]),
            (include_str!("sql/snapshot_value_added.sql"), &[Given::Ids, Given::ValueAdded]),
        ],
    ),
    (
        "benchmarks",
        &[
            (include_str!("sql/snapshot_output.sql"), &[Given::Ids]),
            (include_str!("sql/snapshot_process.sql"), &[Given::Ids]),
        ],
    ),
    (
        "inspection-targets",
        &[
            (include_str!("sql/snapshot_recent.sql"), &[Given::Today, Given::Days, Given::Ids]),
            (include_str!("sql/snapshot_units.sql"), &[Given::Today, Given::Today]),
        ],
    ),
];

/// Milliseconds of each run of each view's statements, rows fetched.
pub fn time_views(
    folder: &Path,
    runs: usize,
    today: &str,
) -> Result<Vec<(&'static str, Vec<f64>)>> {
    let conn = Connection::open(folder.join("nengce.duckdb"))?;
    let ids: Option<String> =
        conn.query_row(include_str!("sql/unit_ids.sql"), [], |row| row.get(0))?;
    let mut found = Vec::new();
    for (view, statements) in VIEWS {
        let mut times = Vec::with_capacity(runs);
        for _ in 0..runs {
            let start = Instant::now();
            for (sql, given) in statements {
                let given = given.iter().map(|it| match it {
                    Given::Ids => ids.clone(),
                    Given::Today => Some(today.to_owned()),
                    Given::ValueAdded => Some("0200".to_owned()),
                    Given::Days => Some("30".to_owned()),
                });
                fetch(&conn, sql, given)?;
            }
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        found.push((view, times));
    }
    Ok(found)
}

fn fetch(conn: &Connection, sql: &str, given: impl Iterator<Item = Option<String>>) -> Result<()> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(duckdb::params_from_iter(given))?;
    while rows.next()?.is_some() {}
    Ok(())
}

/// Bytes of the database file after a checkpoint, and the readings in it.
pub fn size(folder: &Path) -> Result<(u64, u64)> {
    let file = folder.join("nengce.duckdb");
    let conn = Connection::open(&file)?;
    conn.execute_batch("CHECKPOINT")?;
    let readings =
        conn.query_row("SELECT count(*) FROM reading", [], |row| row.get::<_, i64>(0))?;
    Ok((std::fs::metadata(&file)?.len(), u64::try_from(readings).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_appender_stores_what_it_is_given() {
        let folder = tempfile::tempdir().expect("a folder");
        let load = Load { rows: 1_000, terminals: 3, entries: 48 };
        append_readings(folder.path(), load, 96).expect("appended");
        let conn = Connection::open(folder.path().join("baseline.duckdb")).expect("opens");
        let rows: i64 = conn
            .query_row("SELECT count(DISTINCT (item_id, ts)) FROM reading", [], |row| row.get(0))
            .expect("counted");
        assert_eq!(rows, 1_000);
    }

    #[test]
    fn a_journal_and_commits_are_timed_group_by_group() {
        let folder = tempfile::tempdir().expect("a folder");
        let (frames, commits) = journal_and_commits(folder.path(), 20, 3).expect("timed");
        assert_eq!((frames.len(), commits.len()), (3, 3));
    }

    #[test]
    fn every_view_s_statements_run_on_an_empty_store() {
        let folder = tempfile::tempdir().expect("a folder");
        let conn = Connection::open(folder.path().join("nengce.duckdb")).expect("opens");
        migrate::migrate(&conn).expect("migrated");
        drop(conn);
        let times = time_views(folder.path(), 2, "2025-01-01").expect("timed");
        assert!(times.iter().all(|(_, times)| times.len() == 2));
        assert_eq!(size(folder.path()).expect("a size").1, 0);
    }
}
