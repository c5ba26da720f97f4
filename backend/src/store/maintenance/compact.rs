//! Compaction: rewrites the readings of a quarter in the order of their items, some items per step, each step in one
//! transaction. Only size and speed change for readers.

use std::time::Duration;

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};

use super::rows_of;
use crate::clock;
use crate::store::Store;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::maintenance::{Chunk, StepPace, next_chunk, next_step_rows};

/// What a run did.
#[derive(Debug, Clone, Copy, Default)]
pub struct Compacted {
    pub quarters: u32,
    pub readings: u64,
    pub steps: u32,
    /// How long uploads waited at most.
    pub longest_step: Duration,
}

/// The first day of a day's quarter.
pub fn quarter_of(day: Date) -> Date {
    let first = day.first_of_month();
    let month = first.month();
    first.saturating_sub(jiff::Span::new().months((month - 1) % 3))
}

#[derive(Debug, Clone)]
struct Quarter {
    from: String,
    to: String,
}

impl Store {
    /// Sorts the quarters before `before` (the first day of one) that hold enough loose readings.
    pub async fn compact(&self, before: Date, pace: StepPace, now: DateTime) -> Result<Compacted> {
        let _alone = self.lock_maintenance()?;
        let due = self.read(move |conn| due(conn, before)).await?;
        let mut done = Compacted::default();
        for quarter in due {
            self.compact_quarter(&quarter, pace, now, &mut done).await?;
        }
        if done.steps > 0 {
            self.checkpoint().await?;
            tracing::info!(?done, "compacted");
        }
        Ok(done)
    }

    async fn compact_quarter(
        &self,
        quarter: &Quarter,
        pace: StepPace,
        now: DateTime,
        done: &mut Compacted,
    ) -> Result<()> {
        let asked = quarter.clone();
        let (items, upto) = self
            .read(move |conn| {
                let upto: Option<i32> =
                    conn.query_row(include_str!("sql/upload_last.sql"), [], |row| row.get(0))?;
                Ok((rows_of(conn, &asked.from, &asked.to, 0, 3)?, upto.unwrap_or(0)))
            })
            .await?;
        let mut rest = items.as_slice();
        let mut rows = pace.step_rows;
        while let Some(chunk) = next_chunk(&mut rest, rows) {
            let span = quarter.clone();
            let took =
                self.run_maintenance_step(false, move |conn| rewrite(conn, &span, chunk)).await?;
            done.steps += 1;
            done.readings += chunk.rows;
            done.longest_step = done.longest_step.max(took);
            rows = next_step_rows(rows, took, pace.step_rows);
            tokio::time::sleep(took * pace.rest).await;
        }
        done.quarters += 1;
        let span = quarter.clone();
        self.run_maintenance_step(false, move |conn| {
            conn.execute(include_str!("sql/compact_forget.sql"), params![span.from])?;
            conn.execute(
                include_str!("sql/compact_note.sql"),
                params![span.from, span.to, upto, clock::text(now)],
            )?;
            Ok(())
        })
        .await?;
        Ok(())
    }
}

fn due(conn: &Connection, before: Date) -> Result<Vec<Quarter>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/compact_due.sql"), params![before.to_string()], |row| {
        found.push(Quarter { from: row.get(0)?, to: row.get(1)? });
        Ok(())
    })?;
    Ok(found)
}

fn rewrite(conn: &Connection, span: &Quarter, chunk: Chunk) -> Result<()> {
    let given = params![span.from, span.to, chunk.first, chunk.last];
    conn.execute(include_str!("sql/compact_take.sql"), given)?;
    conn.execute(include_str!("sql/compact_delete.sql"), given)?;
    conn.execute_batch(include_str!("sql/compact_put.sql"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::quarter_of;

    #[test]
    fn quarters_begin_in_january_april_july_and_october() {
        assert_eq!(quarter_of(date(2026, 11, 23)), date(2026, 10, 1));
        assert_eq!(quarter_of(date(2026, 3, 31)), date(2026, 1, 1));
        assert_eq!(quarter_of(date(2026, 4, 1)), date(2026, 4, 1));
    }
}
