//! Bounds the disk space of configurations and meters of devices that nobody approved, each and all together. The sum
//! in memory is never too small. The database is asked before anything is refused, but only once in a while as long as
//! the bound is reached.

use std::time::{Duration, Instant};

use duckdb::Connection;
use nengce_shared::problem::ProblemCode;

use super::sender_limits::SenderLimits;
use crate::store::error::{Result, StoreError};

/// While the bound is reached, the store is counted again after this time, or once something was deleted.
const COUNTED_AGAIN_AFTER: Duration = Duration::from_secs(60);

pub struct PendingTexts {
    pub limits: SenderLimits,
    /// Bytes that wait, never too few; `None`: they must be counted in the database.
    bytes: Option<u64>,
    full_since: Option<Instant>,
}

impl PendingTexts {
    pub fn new(limits: SenderLimits) -> Self {
        Self { limits, bytes: None, full_since: None }
    }

    /// Something was approved, listed or revoked: the store is asked again.
    pub fn forget(&mut self) {
        self.bytes = None;
        self.full_since = None;
    }

    /// Notes what was just written in the open transaction; refused where all that waits is too much.
    pub fn add(&mut self, conn: &Connection, more: usize) -> Result<()> {
        let most = self.limits.pending_config_bytes_in_all;
        let full = Err(StoreError::Limited(ProblemCode::PendingFull));
        if self.full_since.is_some_and(|it| it.elapsed() < COUNTED_AGAIN_AFTER) {
            return full;
        }
        if let Some(bytes) = &mut self.bytes {
            *bytes = bytes.saturating_add(more as u64);
            if *bytes <= most {
                return Ok(());
            }
        }
        let sql = include_str!("sql/pending_texts.sql");
        let counted: u64 = conn.query_row(sql, [], |row| row.get(0))?;
        self.bytes = Some(counted);
        self.full_since = (counted > most).then(Instant::now);
        match counted > most {
            true => full,
            false => Ok(()),
        }
    }
}
