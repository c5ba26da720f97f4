//! What each centre is owed. A row stands for a period whose present value the centre has not accepted.

use nengce_shared::stat_type::StatType;
use rusqlite::{Row, params};

use super::records::{Rejected, RejectedState};
use super::statements::sql;
use super::store::{Batch, Store};
use crate::error::EngineError;
use crate::values::{Period, Refused};

fn stat(row: &Row<'_>, at: usize) -> rusqlite::Result<StatType> {
    Ok(StatType::from_code(row.get(at)?).unwrap_or_default())
}

impl Store {
    /// Periods owed to a centre that start in a span, and before a time where they are totals; oldest first.
    pub(crate) fn due(
        &self,
        centre: i64,
        (from, to): (i64, i64),
        totals_before: i64,
        limit: usize,
    ) -> Result<Vec<Period>, EngineError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.db.prepare_cached(sql("due"))?;
        let row = |row: &Row<'_>| {
            Ok(Period { start: row.get(0)?, stat: stat(row, 1)?, point: row.get(2)? })
        };
        Ok(statement
            .query_map([centre, from, to, totals_before, limit], row)?
            .collect::<Result<_, _>>()?)
    }

    pub(crate) fn waiting(&self, centre: i64) -> Result<(i64, Option<i64>), EngineError> {
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        Ok(self.db.prepare_cached(sql("waiting"))?.query_row([centre], row)?)
    }

    pub(crate) fn count_rejected(&self, centre: i64) -> Result<i64, EngineError> {
        Ok(self.db.prepare_cached(sql("count_rejected"))?.query_row([centre], |row| row.get(0))?)
    }

    /// Values of a day that were made, and those of them that a centre accepted.
    pub(crate) fn sent(
        &self,
        centre: i64,
        from: i64,
        to: i64,
        grain: i64,
    ) -> Result<(i64, i64), EngineError> {
        let one = |name: &str, with: &[&dyn rusqlite::ToSql]| -> Result<i64, EngineError> {
            Ok(self.db.prepare_cached(sql(name))?.query_row(with, |row| row.get(0))?)
        };
        let all =
            one("yesterday_buckets", &[&from, &to, &grain])? + one("yesterday_totals", &[&from])?;
        let open = one("yesterday_waiting", &[&centre, &from, &to])?
            + one("yesterday_rejected", &[&centre, &from, &to])?;
        Ok(((all - open).max(0), all))
    }

    pub(crate) fn rejected(&self, centre: i64, limit: usize) -> Result<Vec<Rejected>, EngineError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.db.prepare_cached(sql("rejected"))?;
        let row = |row: &Row<'_>| {
            Ok(Rejected {
                period: Period { point: row.get(0)?, stat: stat(row, 1)?, start: row.get(2)? },
                value: row.get(3)?,
                field: row.get(4)?,
                code: row.get(5)?,
                reason: row.get(6)?,
                at: row.get(7)?,
                state: RejectedState::of_number(row.get(8)?),
                point: row.get(9)?,
                name: row.get(10)?,
            })
        };
        Ok(statement.query_map([centre, limit], row)?.collect::<Result<_, _>>()?)
    }
}

impl Batch<'_> {
    pub(crate) fn enqueue(&self, centre: i64, it: Period) -> Result<(), EngineError> {
        self.tx.prepare_cached(sql("enqueue"))?.execute(params![
            centre,
            it.start,
            it.stat.code(),
            it.point
        ])?;
        self.set_rejected(centre, it, RejectedState::SentAgain)
    }

    pub(crate) fn drop_due(&self, centre: i64, it: Period) -> Result<(), EngineError> {
        self.tx.prepare_cached(sql("drop_due"))?.execute(params![
            centre,
            it.start,
            it.stat.code(),
            it.point
        ])?;
        Ok(())
    }

    pub(crate) fn put_rejected(
        &self,
        centre: i64,
        it: &Refused,
        value: Option<f64>,
        now: i64,
    ) -> Result<(), EngineError> {
        let of = it.period;
        let mut put = self.tx.prepare_cached(sql("put_rejected"))?;
        put.execute(params![
            centre,
            of.point,
            of.stat.code(),
            of.start,
            value,
            it.field,
            it.code,
            it.reason,
            now
        ])?;
        Ok(())
    }

    pub(crate) fn set_rejected(
        &self,
        centre: i64,
        it: Period,
        state: RejectedState,
    ) -> Result<(), EngineError> {
        let mut set = self.tx.prepare_cached(sql("set_rejected"))?;
        set.execute(params![centre, it.point, it.stat.code(), it.start, state as i64])?;
        Ok(())
    }
}
