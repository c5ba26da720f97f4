//! Retention: oldest first, and only what every centre has acknowledged and every total has counted.

use super::statements::sql;
use super::store::{Batch, Store};
use crate::error::EngineError;

impl Store {
    /// Before which moment nothing is owed to any centre and no total is open; none where nothing is.
    pub(crate) fn settled_before(&self) -> Result<Option<i64>, EngineError> {
        let one = |name: &str| -> Result<Option<i64>, EngineError> {
            Ok(self.db.prepare_cached(sql(name))?.query_row([], |row| row.get(0))?)
        };
        let (due, dirty) = (one("oldest_due")?, one("oldest_dirty")?);
        Ok(due.into_iter().chain(dirty).min())
    }
}

impl Batch<'_> {
    /// Deletes the buckets before a moment.
    pub(crate) fn drop_before(&self, before: i64) -> Result<usize, EngineError> {
        let mut statement = self.tx.prepare_cached(sql("numbers"))?;
        let numbers: Vec<i64> =
            statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut dropped = 0;
        for number in numbers {
            dropped += self.tx.prepare_cached(sql("drop_buckets"))?.execute([number, before])?;
        }
        Ok(dropped)
    }

    /// Deletes old lines of the log and old refusals.
    pub(crate) fn trim(&self, before: i64) -> Result<(), EngineError> {
        self.tx.prepare_cached(sql("trim_log"))?.execute([before])?;
        self.tx.prepare_cached(sql("trim_rejected"))?.execute([before])?;
        Ok(())
    }
}
