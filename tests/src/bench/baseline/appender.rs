//! Baselines of uploads: DuckDB's bare Arrow appender, and a journal with fsync beside commits of the same rows.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int32Array, RecordBatch,
    TimestampMicrosecondArray, UInt8Array,
};
use duckdb::Connection;

/// The rows that so many terminals send round by round, each time so many quarter-hours of ten items.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
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
        let stamp = |row: &usize| (946_684_800 + place(*row).1 as i64 * 900) * 1_000_000;
        let item = rows.iter().map(|row| place(*row).0 as i32 + 1);
        let value = rows.iter().map(|row| (place(*row).1 % 977) as f64 + 0.25);
        let upload = rows.iter().map(|row| message(*row) as i32 + 1);
        vec![
            Arc::new(Int32Array::from_iter_values(item)),
            Arc::new(UInt8Array::from(vec![0; rows.len()])),
            Arc::new(TimestampMicrosecondArray::from_iter_values(rows.iter().map(stamp))),
            Arc::new(Float64Array::from_iter_values(value)),
            Arc::new(BooleanArray::from(vec![true; rows.len()])),
            Arc::new(UInt8Array::from(vec![1; rows.len()])),
            Arc::new(Int32Array::from_iter_values(upload)),
        ]
    }
}

/// Appends a load on one connection, durably committed each so many rows; the columns are ready beforehand.
pub(crate) fn append_readings(folder: &Path, load: Load, per_commit: usize) -> Result<Duration> {
    let conn = super::create(folder)?;
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
    let named = columns.into_iter().enumerate();
    let named = named.map(|(at, column)| (format!("c{at}"), column, true));
    let mut appender = conn.appender("reading")?;
    appender.append_record_batch(RecordBatch::try_from_iter_with_nullable(named)?)?;
    appender.flush()?;
    drop(appender);
    conn.execute_batch("COMMIT")?;
    Ok(start.elapsed())
}

/// Milliseconds of each group of rows, committed, and written as a frame with its checksum into a synced journal.
pub(crate) fn journal_and_commits(
    folder: &Path,
    per_commit: usize,
    groups: usize,
) -> Result<(Vec<f64>, Vec<f64>)> {
    let load = Load { rows: per_commit * groups, terminals: 16, entries: per_commit.min(1_000) };
    let conn = super::create(folder)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_appender_stores_what_it_is_given() {
        let folder = tempfile::tempdir().expect("a folder");
        let load = Load { rows: 1_000, terminals: 3, entries: 48 };
        append_readings(folder.path(), load, 96).expect("appended");
        let conn = Connection::open(folder.path().join("baseline.duckdb")).expect("opens");
        let sql = include_str!("../sql/readings_apart.sql");
        let rows: i64 = conn.query_row(sql, [], |row| row.get(0)).expect("counted");
        assert_eq!(rows, 1_000);
    }

    #[test]
    fn a_journal_and_commits_are_timed_group_by_group() {
        let folder = tempfile::tempdir().expect("a folder");
        let (frames, commits) = journal_and_commits(folder.path(), 20, 3).expect("timed");
        assert_eq!((frames.len(), commits.len()), (3, 3));
    }
}
