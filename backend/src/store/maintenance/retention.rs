//! Deletes the readings of a stat type before a given day, which `maintenance_schedule.rs` computes from the
//! configuration. The day figures that they formed are kept (`retired_day`), so roll-ups, points per day and the counts
//! of uploads stay as they were. Months and years are kept for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_shared::stat_type::StatType;

use super::rows_of;
use crate::store::Store;
use crate::store::database::meta::{meta, set_meta};
use crate::store::error::Result;
use crate::store::maintenance::{StepPace, next_chunk, next_step_rows};
use crate::store::state::RetiredBefore;

/// Stat types that a retention may name: real-time values and days.
pub const RETIRING: [StatType; 2] = [StatType::RealTime, StatType::Day];

const EARLIEST_DAY: &str = "1990-01-01";

pub(crate) fn load(conn: &Connection) -> Result<RetiredBefore> {
    let of = |key| Ok::<_, duckdb::Error>(meta(conn, key)?.and_then(|it| it.parse().ok()));
    Ok([of(META_KEYS[0])?, of(META_KEYS[1])?])
}

const META_KEYS: [&str; 2] = ["retired_before_0", "retired_before_1"];

impl Store {
    /// Takes away the readings of a stat type before a day. From the first step on, uploads for these days are
    /// refused. Returns how many left.
    pub async fn retire(&self, stat_type: StatType, before: Date, pace: StepPace) -> Result<u64> {
        let _alone = self.lock_maintenance()?;
        let at = usize::from(stat_type.min(StatType::Day).code());
        // What was on its way when an earlier call drew the line leaves now.
        let before = self.retired_before()[at].map_or(before, |it| it.max(before));
        let shared = Arc::clone(&self.inner.shared);
        self.run_maintenance_step(true, move |conn| {
            set_meta(conn, META_KEYS[at], &before.to_string())?;
            shared.set_retired_before(at, before);
            Ok(())
        })
        .await?;
        let day = before.to_string();
        let until = day.clone();
        let items = self
            .read(move |conn| {
                rows_of(conn, EARLIEST_DAY, &until, stat_type.code(), stat_type.code())
            })
            .await?;
        let (mut rest, mut rows) = (items.as_slice(), pace.step_rows);
        let left = Arc::new(AtomicU64::new(0));
        while let Some(chunk) = next_chunk(&mut rest, rows) {
            let (day, gone) = (day.clone(), Arc::clone(&left));
            let took = self
                .run_maintenance_step(true, move |conn| {
                    conn.execute(
                        include_str!("sql/retire_take.sql"),
                        params![day, stat_type.code(), chunk.first, chunk.last],
                    )?;
                    let count: u64 =
                        conn.query_row(include_str!("sql/retire_count.sql"), [], |row| row.get(0))?;
                    gone.fetch_add(count, Ordering::Relaxed);
                    conn.execute_batch(include_str!("sql/retire_put.sql"))?;
                    Ok(())
                })
                .await?;
            rows = next_step_rows(rows, took, pace.step_rows);
            tokio::time::sleep(took * pace.rest).await;
        }
        let left = left.load(Ordering::Relaxed);
        if left > 0 {
            self.checkpoint().await?;
            tracing::info!(%stat_type, %before, readings = left, "readings left by retention");
        }
        Ok(left)
    }

    pub fn retired_before(&self) -> RetiredBefore {
        self.inner.shared.retired_before()
    }
}
