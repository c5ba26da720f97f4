//! Buckets and totals: written with what changed told back, so that a changed value is due again.

use nengce_shared::stat_type::StatType;
use rusqlite::{OptionalExtension as _, Row, params};

use super::statements::sql;
use super::store::{Batch, Store};
use crate::arithmetic::Amount;
use crate::calendar::end_of;
use crate::error::EngineError;
use crate::values::{ManualValue, Marks};

fn amount(row: &Row<'_>) -> rusqlite::Result<Amount> {
    Ok(Amount { value: row.get(0)?, seconds: row.get(1)?, marks: Marks(row.get(2)?) })
}

fn summed(row: &Row<'_>) -> rusqlite::Result<Option<Amount>> {
    let value: Option<f64> = row.get(0)?;
    value
        .map(|value| Ok(Amount { value, seconds: row.get(1)?, marks: Marks(row.get(2)?) }))
        .transpose()
}

impl Store {
    /// The buckets of a point in a span.
    pub(crate) fn buckets(
        &self,
        point: i64,
        from: i64,
        to: i64,
    ) -> Result<Vec<(i64, Amount)>, EngineError> {
        let mut statement = self.db.prepare_cached(sql("buckets"))?;
        let row = |row: &Row<'_>| {
            Ok((
                row.get(0)?,
                Amount { value: row.get(1)?, seconds: row.get(2)?, marks: Marks(row.get(3)?) },
            ))
        };
        Ok(statement.query_map([point, from, to], row)?.collect::<Result<_, _>>()?)
    }

    /// The amount of a period; real-time periods are `grain` seconds long.
    pub(crate) fn amount(
        &self,
        point: i64,
        stat: StatType,
        start: i64,
        grain: i64,
    ) -> Result<Option<Amount>, EngineError> {
        if stat == StatType::RealTime {
            let mut sum = self.db.prepare_cached(sql("sum_buckets"))?;
            return Ok(sum.query_row([point, start, start + grain], summed)?);
        }
        let mut total = self.db.prepare_cached(sql("total"))?;
        Ok(total.query_row(params![point, stat.code(), start], amount).optional()?)
    }

    pub(crate) fn oldest_bucket(&self) -> Result<Option<i64>, EngineError> {
        Ok(self.db.prepare_cached(sql("oldest_bucket"))?.query_row([], |row| row.get(0))?)
    }
}

impl Batch<'_> {
    pub(crate) fn bucket(&self, point: i64, start: i64) -> Result<Option<Amount>, EngineError> {
        Ok(self.tx.prepare_cached(sql("bucket"))?.query_row([point, start], amount).optional()?)
    }

    /// Writes a bucket as it is; tells whether it changed.
    pub(crate) fn set_bucket(
        &self,
        point: i64,
        start: i64,
        new: Amount,
    ) -> Result<bool, EngineError> {
        let old = self.bucket(point, start)?;
        if old == Some(new) {
            return Ok(false);
        }
        let mut put = self.tx.prepare_cached(sql("put_bucket"))?;
        put.execute(params![point, start, new.value, new.seconds, new.marks.0])?;
        Ok(old.is_none_or(|it| it.value.to_bits() != new.value.to_bits() || it.marks != new.marks))
    }

    /// Adds to a bucket; one entered by hand stays as it is.
    pub(crate) fn add_bucket(
        &self,
        point: i64,
        start: i64,
        more: Amount,
    ) -> Result<bool, EngineError> {
        let old = self.bucket(point, start)?.unwrap_or_default();
        if old.marks.has(Marks::MANUAL) {
            return Ok(false);
        }
        let new = Amount {
            value: old.value + more.value,
            seconds: old.seconds + more.seconds,
            marks: old.marks.and(more.marks),
        };
        self.set_bucket(point, start, new)
    }

    pub(crate) fn bucket_starts(
        &self,
        point: i64,
        from: i64,
        to: i64,
    ) -> Result<Vec<i64>, EngineError> {
        let mut statement = self.tx.prepare_cached(sql("bucket_starts"))?;
        Ok(statement.query_map([point, from, to], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Writes a total; tells whether it changed.
    pub(crate) fn set_total(
        &self,
        point: i64,
        stat: StatType,
        start: i64,
        new: Amount,
    ) -> Result<bool, EngineError> {
        let mut total = self.tx.prepare_cached(sql("total"))?;
        let old = total.query_row(params![point, stat.code(), start], amount).optional()?;
        if old == Some(new) {
            return Ok(false);
        }
        let mut put = self.tx.prepare_cached(sql("put_total"))?;
        put.execute(params![point, stat.code(), start, new.value, new.seconds, new.marks.0])?;
        Ok(old.is_none_or(|it| it.value.to_bits() != new.value.to_bits() || it.marks != new.marks))
    }

    /// Computes a total out of its parts; one that was entered by hand stays.
    pub(crate) fn sum_total(
        &self,
        point: i64,
        stat: StatType,
        start: i64,
    ) -> Result<bool, EngineError> {
        let mut total = self.tx.prepare_cached(sql("total"))?;
        let old = total.query_row(params![point, stat.code(), start], amount).optional()?;
        if old.is_some_and(|it| it.marks == Marks::MANUAL && it.seconds == 0.0) {
            return Ok(false);
        }
        let end = end_of(stat, start);
        let sum = match stat {
            StatType::Month | StatType::Year => {
                let parts = if stat == StatType::Month { StatType::Day } else { StatType::Month };
                let mut sum = self.tx.prepare_cached(sql("sum_totals"))?;
                sum.query_row(params![point, parts.code(), start, end], summed)?
            }
            _ => self
                .tx
                .prepare_cached(sql("sum_buckets"))?
                .query_row([point, start, end], summed)?,
        };
        sum.map_or(Ok(false), |sum| self.set_total(point, stat, start, sum))
    }

    pub(crate) fn mark_dirty(
        &self,
        stat: StatType,
        start: i64,
        point: i64,
    ) -> Result<(), EngineError> {
        self.tx.prepare_cached(sql("mark_dirty"))?.execute(params![stat.code(), start, point])?;
        Ok(())
    }

    pub(crate) fn dirty(&self, stat: StatType, to: i64) -> Result<Vec<(i64, i64)>, EngineError> {
        let mut statement = self.tx.prepare_cached(sql("dirty"))?;
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        Ok(statement.query_map(params![stat.code(), to], row)?.collect::<Result<_, _>>()?)
    }

    pub(crate) fn clean(&self, stat: StatType, start: i64, point: i64) -> Result<(), EngineError> {
        self.tx.prepare_cached(sql("clean"))?.execute(params![stat.code(), start, point])?;
        Ok(())
    }

    pub(crate) fn put_manual(
        &self,
        point: i64,
        start: i64,
        it: &ManualValue,
        now: i64,
    ) -> Result<(), EngineError> {
        let mut put = self.tx.prepare_cached(sql("put_manual"))?;
        put.execute(params![point, it.stat.code(), start, it.value, it.reason, it.by, now])?;
        Ok(())
    }
}
