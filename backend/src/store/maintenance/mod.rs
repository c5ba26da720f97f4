//! Runs maintenance jobs on the writer's thread, in steps so short that uploads hardly wait. Each other file is one
//! job: compaction, retention, backup, check, export to Parquet, trimming, ended claims.

pub mod backup;
pub mod compact;
pub mod invariants;
pub mod parquet;
pub mod retention;
mod sweep;
pub mod trim;
pub mod verify;

use std::time::Duration;

use duckdb::Connection;
use jiff::civil::DateTime;
use tokio::sync::MutexGuard;

use crate::store::Store;
use crate::store::database::each;
use crate::store::database::meta::{meta, set_meta};
use crate::store::durability::folder::DATABASE;
use crate::store::error::{Result, StoreError};

/// How long a step may take before the next ones are made smaller: uploads wait for it.
const STEP: Duration = Duration::from_millis(400);
/// No step is made smaller than this.
const LEAST_ROWS: u64 = 10_000;

const MAINTAINED_AT: &str = "maintained_at";

/// How housekeeping goes about it.
#[derive(Debug, Clone, Copy)]
pub struct StepPace {
    /// Readings of a step, at most about this many.
    pub step_rows: u64,
    /// Pause after a step, in times of what it took.
    pub rest: u32,
}

/// Items that a step takes, with their readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    pub first: i32,
    pub last: i32,
    pub rows: u64,
}

/// What the city takes on the disk.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub used_bytes: u64,
    /// Of the blocks in which readings lie.
    pub reading_bytes: u64,
    pub file_bytes: u64,
}

/// The next items of about `rows` readings; at least one.
pub fn next_chunk(items: &mut &[(i32, u64)], rows: u64) -> Option<Chunk> {
    let ((first, count), mut rest) = items.split_first()?;
    let mut chunk = Chunk { first: *first, last: *first, rows: *count };
    while let Some(((item, count), after)) = rest.split_first()
        && chunk.rows + count <= rows
    {
        chunk.last = *item;
        chunk.rows += count;
        rest = after;
    }
    *items = rest;
    Some(chunk)
}

/// Smaller steps after one that took too long, larger ones after a quick one.
pub fn next_step_rows(rows: u64, took: Duration, most: u64) -> u64 {
    let wanted = if took > STEP {
        rows / 2
    } else if took < STEP / 3 {
        rows * 2
    } else {
        rows
    };
    wanted.clamp(LEAST_ROWS.min(most), most.max(1))
}

/// Items with how many readings of stat types `low` to `high` they have from a moment to before another.
fn rows_of(conn: &Connection, from: &str, to: &str, low: u8, high: u8) -> Result<Vec<(i32, u64)>> {
    let mut found = Vec::new();
    each(
        conn,
        include_str!("sql/compact_items.sql"),
        duckdb::params![from, to, low, high],
        |row| {
            found.push((row.get(0)?, row.get(1)?));
            Ok(())
        },
    )?;
    Ok(found)
}

impl Store {
    /// One housekeeper at a time.
    pub(crate) fn lock_maintenance(&self) -> Result<MutexGuard<'_, ()>> {
        self.inner.maintenance.try_lock().map_err(|_| {
            StoreError::Refused(
                "已有维护任务在运行，请稍后再试 / another backup, compaction or check is under way; try again later"
                    .to_owned(),
            )
        })
    }

    /// Bytes that tables use, and bytes of the file; the difference is used again.
    pub async fn size(&self) -> Result<Size> {
        let file = self.folder().join(DATABASE);
        self.read(move |conn| {
            let file_bytes = std::fs::metadata(file)?.len();
            Ok(conn.query_row(include_str!("sql/size.sql"), [], |row| {
                Ok(Size { used_bytes: row.get(0)?, reading_bytes: row.get(1)?, file_bytes })
            })?)
        })
        .await
    }

    /// When retention and compaction were last through.
    pub async fn maintained_at(&self) -> Result<Option<DateTime>> {
        self.read(|conn| Ok(meta(conn, MAINTAINED_AT)?.and_then(|it| it.parse().ok()))).await
    }

    pub async fn set_maintained_at(&self, now: DateTime) -> Result<()> {
        let note = move |conn: &Connection| Ok(set_meta(conn, MAINTAINED_AT, &now.to_string())?);
        self.run_maintenance_step(false, note).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_hold_every_item_once_and_stay_below_the_rows() {
        let items: Vec<(i32, u64)> = (0..50).map(|it| (it * 3, 10 + it as u64 % 7)).collect();
        let (mut rest, mut seen, mut before) = (items.as_slice(), 0, -1);
        while let Some(chunk) = next_chunk(&mut rest, 40) {
            assert!(chunk.first > before && chunk.last >= chunk.first && chunk.rows <= 40);
            before = chunk.last;
            seen += chunk.rows;
        }
        assert_eq!(seen, items.iter().map(|it| it.1).sum::<u64>());
        let mut one: &[(i32, u64)] = &[(7, 1_000)];
        assert_eq!(next_chunk(&mut one, 40).map(|it| it.rows), Some(1_000));
        assert_eq!(next_chunk(&mut one, 40), None);
    }

    #[test]
    fn a_step_that_took_long_makes_the_next_ones_smaller() {
        assert_eq!(next_step_rows(200_000, STEP * 2, 200_000), 100_000);
        assert_eq!(next_step_rows(100_000, STEP / 10, 200_000), 200_000);
        assert_eq!(next_step_rows(200_000, STEP / 10, 200_000), 200_000);
        assert_eq!(next_step_rows(LEAST_ROWS, STEP * 9, 200_000), LEAST_ROWS);
    }
}
