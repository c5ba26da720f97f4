//! Opening the store; points, states, centres and the log.

use std::path::Path;

use rusqlite::{Connection, Error, ErrorCode, OptionalExtension as _, Row, Transaction, params};

use super::records::LogEntry;
use super::statements::{PRAGMAS, SCHEMA, sql};
use crate::arithmetic::PointState;
use crate::error::EngineError;
use crate::points::Point;

/// The size of a page of the store in bytes.
const PAGE: u64 = 4096;
/// Codes of SQLite for a write or a shared memory that found no room.
const NO_ROOM: [i32; 2] = [778, 4874];

impl From<Error> for EngineError {
    fn from(it: Error) -> Self {
        match &it {
            Error::SqliteFailure(why, _)
                if why.code == ErrorCode::DiskFull || NO_ROOM.contains(&why.extended_code) =>
            {
                Self::Full
            }
            _ => Self::Store(it.to_string()),
        }
    }
}

/// The store, open.
pub(crate) struct Store {
    pub(super) db: Connection,
    /// How many batches were begun: what was read since the last one is as it was.
    pub(crate) batches: u64,
}

/// Changes that are on disk together or not at all.
pub(crate) struct Batch<'a> {
    pub(super) tx: Transaction<'a>,
}

/// A point with its number.
pub(crate) struct Stored {
    pub(crate) number: i64,
    pub(crate) point: Point,
    pub(crate) active: bool,
}

impl Store {
    /// Opens or creates the store, bounded in bytes.
    pub(crate) fn open(path: &Path, max_bytes: u64) -> Result<Self, EngineError> {
        let db = Connection::open(path)?;
        db.execute_batch(PRAGMAS)?;
        db.execute_batch(SCHEMA)?;
        let pages = i64::try_from(max_bytes / PAGE).unwrap_or(i64::MAX).max(64);
        db.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self { db, batches: 0 })
    }

    pub(crate) fn begin(&mut self) -> Result<Batch<'_>, EngineError> {
        self.batches += 1;
        Ok(Batch { tx: self.db.transaction()? })
    }

    /// While it lives, reads see one state of the store, and lock its file once instead of each time.
    pub(crate) fn reading(&self) -> Result<Transaction<'_>, EngineError> {
        Ok(self.db.unchecked_transaction()?)
    }

    /// Bytes in use.
    pub(crate) fn used(&self) -> Result<u64, EngineError> {
        let size = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        let (pages, size) = self.db.prepare_cached(sql("pages"))?.query_row([], size)?;
        Ok(u64::try_from(pages * size).unwrap_or(0))
    }

    /// All points that the store ever had; those of the table come first, in its order.
    pub(crate) fn points(&self) -> Result<Vec<Stored>, EngineError> {
        let mut statement = self.db.prepare_cached(sql("points"))?;
        let mut rows = statement.query([])?;
        let mut points = Vec::new();
        while let Some(row) = rows.next()? {
            let text: String = row.get(1)?;
            let point =
                serde_json::from_str(&text).map_err(|it| EngineError::Store(it.to_string()))?;
            let active = row.get::<_, Option<i64>>(2)?.is_some();
            points.push(Stored { number: row.get(0)?, point, active });
        }
        Ok(points)
    }

    pub(crate) fn states(&self) -> Result<Vec<(i64, PointState)>, EngineError> {
        let mut statement = self.db.prepare_cached(sql("states"))?;
        let mut rows = statement.query([])?;
        let mut states = Vec::new();
        while let Some(row) = rows.next()? {
            let text: String = row.get(1)?;
            let state =
                serde_json::from_str(&text).map_err(|it| EngineError::Store(it.to_string()))?;
            states.push((row.get(0)?, state));
        }
        Ok(states)
    }

    /// The registration and the versions of a centre as their owner wrote them.
    pub(crate) fn registration(
        &self,
        centre: i64,
    ) -> Result<(Option<String>, Option<String>), EngineError> {
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let found =
            self.db.prepare_cached(sql("registration"))?.query_row([centre], row).optional()?;
        Ok(found.unwrap_or_default())
    }

    pub(crate) fn put_registration(
        &self,
        centre: i64,
        text: Option<&str>,
    ) -> Result<(), EngineError> {
        self.db.prepare_cached(sql("put_registration"))?.execute(params![centre, text])?;
        Ok(())
    }

    pub(crate) fn put_versions(&self, centre: i64, text: Option<&str>) -> Result<(), EngineError> {
        self.db.prepare_cached(sql("put_versions"))?.execute(params![centre, text])?;
        Ok(())
    }

    pub(crate) fn log(&self, limit: usize) -> Result<Vec<LogEntry>, EngineError> {
        let mut statement = self.db.prepare_cached(sql("log"))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let entry = |row: &Row<'_>| {
            Ok(LogEntry { at: row.get(0)?, kind: row.get(1)?, zh: row.get(2)?, en: row.get(3)? })
        };
        let entries = statement.query_map([limit], entry)?.collect::<Result<_, _>>()?;
        Ok(entries)
    }
}

impl Batch<'_> {
    /// Ends the batch; when it returns, everything in it is on disk.
    pub(crate) fn commit(self) -> Result<(), EngineError> {
        self.tx.commit()?;
        Ok(())
    }

    /// Replaces the table of points; numbers of known ids stay.
    pub(crate) fn put_points(&self, points: &[Point]) -> Result<(), EngineError> {
        self.tx.prepare_cached(sql("clear_places"))?.execute([])?;
        for (place, point) in (0_i64..).zip(points) {
            let text =
                serde_json::to_string(point).map_err(|it| EngineError::Store(it.to_string()))?;
            let coded = point.data_code.is_some();
            self.tx
                .prepare_cached(sql("put_point"))?
                .execute(params![point.id, text, place, coded])?;
        }
        // What is no longer a data item is owed to nobody.
        self.tx.prepare_cached(sql("drop_uncoded"))?.execute([])?;
        Ok(())
    }

    pub(crate) fn put_state(&self, point: i64, state: &PointState) -> Result<(), EngineError> {
        let text = serde_json::to_string(state).map_err(|it| EngineError::Store(it.to_string()))?;
        self.tx.prepare_cached(sql("put_state"))?.execute(params![point, text])?;
        Ok(())
    }

    pub(crate) fn put_log(&self, it: &LogEntry) -> Result<(), EngineError> {
        self.tx.prepare_cached(sql("put_log"))?.execute(params![it.at, it.kind, it.zh, it.en])?;
        Ok(())
    }

    /// The numbers of centres by name; a new one is owed everything that is kept.
    pub(crate) fn centres(&self, names: &[String], grain: i64) -> Result<Vec<i64>, EngineError> {
        let mut numbers = Vec::new();
        for name in names {
            let new = self.tx.prepare_cached(sql("put_centre"))?.execute([name])? > 0;
            let mut statement = self.tx.prepare_cached(sql("centres"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if row.get::<_, String>(1)? == *name {
                    numbers.push(row.get(0)?);
                }
            }
            if let (true, Some(number)) = (new, numbers.last()) {
                self.tx.prepare_cached(sql("seed_buckets"))?.execute(params![number, grain])?;
                self.tx.prepare_cached(sql("seed_totals"))?.execute([number])?;
            }
        }
        Ok(numbers)
    }
}
