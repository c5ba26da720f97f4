//! Roll-ups by day and month: refreshed for what commits touched, from the raw readings, in one transaction.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use duckdb::{Connection, params};
use nengce_core::ingest::stamp;

use super::columns::{append_temp, dates, ints};
use super::error::Result;

/// The upload up to which roll-ups are true; a start after a crash refreshes what came later.
pub const ROLLED_UP_TO: &str = "rolled_up_to";

/// (item, day) and (item, first day of month) that a commit touched.
#[derive(Debug, Default)]
pub struct Dirty {
    days: HashSet<(i32, i32), RandomState>,
    months: HashSet<(i32, i32), RandomState>,
}

impl Dirty {
    pub fn is_empty(&self) -> bool {
        self.days.is_empty() && self.months.is_empty()
    }

    pub fn add_day(&mut self, item_id: i32, stat_type: u8, day: i32) {
        if stat_type == 3 {
            return;
        }
        if stat_type < 2 && !self.days.insert((item_id, day)) {
            return;
        }
        let first = stamp::date_of(day).first_of_month();
        self.months.insert((item_id, stamp::day_number(first)));
    }

    pub fn items(&self) -> impl Iterator<Item = i32> + '_ {
        self.days.iter().chain(&self.months).map(|it| it.0)
    }

    /// Takes all that readings later than an upload touched.
    pub fn add_behind(&mut self, conn: &Connection, rolled_up_to: i32) -> Result<()> {
        let mut statement = conn.prepare(include_str!("sql/load_behind.sql"))?;
        let mut rows = statement.query(params![rolled_up_to])?;
        while let Some(row) = rows.next()? {
            let day: i64 = row.get(2)?;
            self.add_day(row.get(0)?, row.get(1)?, day as i32);
        }
        Ok(())
    }

    /// Refreshes the roll-ups; the caller holds the transaction. Days before `summaries_before` may have lost
    /// readings to the retention.
    pub fn refresh(&self, conn: &Connection, summaries_before: Option<i32>) -> Result<()> {
        let (old, days): (Vec<_>, Vec<_>) = self
            .days
            .iter()
            .partition(|it| summaries_before.is_some_and(|before| it.1 < before));
        let months = self.months.iter().copied().collect();
        for (table, rows, sql) in [
            ("dirty_day", days, include_str!("sql/rollup_day.sql")),
            ("dirty_day", old, include_str!("sql/rollup_day_retired.sql")),
            ("dirty_month", months, include_str!("sql/rollup_month.sql")),
        ] {
            if !rows.is_empty() {
                put_dirty(conn, table, &rows)?;
                conn.execute_batch(sql)?;
            }
        }
        Ok(())
    }

    pub fn clear(&mut self) {
        self.days.clear();
        self.months.clear();
    }
}

fn put_dirty(conn: &Connection, table: &str, rows: &[(i32, i32)]) -> Result<()> {
    conn.execute_batch(match table {
        "dirty_day" => "DELETE FROM dirty_day",
        _ => "DELETE FROM dirty_month",
    })?;
    append_temp(
        conn,
        table,
        vec![
            ints(rows.iter().map(|it| it.0)),
            dates(rows.iter().map(|it| Some(it.1))),
        ],
    )
}
