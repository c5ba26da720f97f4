//! Roll-ups by day and month, refreshed from the raw readings for the days that commits changed. All days that have
//! gathered form one pass, which is written in slices, so that commits need not wait for the whole pass.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_messages::stamp;
use nengce_shared::stat_type::StatType;

use crate::store::database::stat_type;
use crate::store::error::Result;
use crate::store::item_day::{ItemDay, put_item_days};

/// The upload up to which roll-ups are true; a start after a crash refreshes what came later.
pub(crate) const ROLLED_UP_TO: &str = "rolled_up_to";

const MONTH: &str =
    concat!(include_str!("sql/rollup_month_parts.sql"), include_str!("sql/rollup_month.sql"));
const MONTH_OF_YEAR: &str =
    concat!(include_str!("sql/rollup_month_parts.sql"), include_str!("sql/rollup_month_year.sql"));

/// The days, and the first days of the months, that a commit touched.
#[derive(Debug, Default)]
pub(crate) struct ChangedDays {
    days: HashSet<ItemDay, RandomState>,
    months: HashSet<ItemDay, RandomState>,
    /// (item, year) that have a value of the whole year: their months depend on one another.
    years: HashSet<(i32, i16), RandomState>,
    pass: Option<Pass>,
}

/// Slices of a pass, at most: each one reads the readings of its whole span, however few item-days it has.
const MOST_SLICES: usize = 64;

/// The days and months that a pass refreshes, the earliest last.
#[derive(Debug, Default)]
struct Pass {
    days: Vec<ItemDay>,
    months: Vec<ItemDay>,
    /// Item-days it had when something last joined it.
    size: usize,
    /// The last upload it holds.
    upto: i32,
    /// Some of it is written.
    changed: bool,
}

impl ChangedDays {
    pub(crate) fn is_empty(&self) -> bool {
        self.days.is_empty() && self.months.is_empty() && self.pass.is_none()
    }

    /// Whether some slices of a pass are still to come.
    pub(crate) fn in_pass(&self) -> bool {
        self.pass.is_some()
    }

    /// All that was touched up to an upload joins the pass.
    pub(crate) fn begin_pass(&mut self, upto: i32) {
        let pass = self.pass.get_or_insert_default();
        pass.upto = upto;
        for (set, list) in [(&mut self.days, &mut pass.days), (&mut self.months, &mut pass.months)]
        {
            if !set.is_empty() {
                list.extend(set.drain());
                list.sort_unstable_by_key(|it| std::cmp::Reverse((it.day, it.item_id)));
                list.dedup();
            }
        }
        pass.size = pass.days.len().max(pass.months.len());
    }

    /// The item-days of a slice: as many as wanted, and more where the pass would take too many of them.
    pub(crate) fn slice(&self, wanted: usize) -> usize {
        let size = self.pass.as_ref().map_or(0, |it| it.size);
        wanted.max(size.div_ceil(MOST_SLICES))
    }

    pub(crate) fn add_day(&mut self, item_id: i32, stat_type: StatType, day: i32) {
        if stat_type < StatType::Month && !self.days.insert(ItemDay { item_id, day }) {
            return;
        }
        let date = stamp::date_of(day);
        if stat_type == StatType::Year {
            self.years.insert((item_id, date.year()));
            self.add_year(item_id, date.year());
            return;
        }
        let first = stamp::day_number(date.first_of_month());
        let fresh = self.months.insert(ItemDay { item_id, day: first });
        if fresh && self.has_year(item_id, first) {
            self.add_year(item_id, date.year());
        }
    }

    /// Items that have a value of some whole year.
    pub(crate) fn items_with_years(&self) -> impl Iterator<Item = i32> + '_ {
        self.years.iter().map(|it| it.0)
    }

    fn has_year(&self, item_id: i32, day: i32) -> bool {
        !self.years.is_empty() && self.years.contains(&(item_id, stamp::date_of(day).year()))
    }

    fn add_year(&mut self, item_id: i32, year: i16) {
        let months = (1..=12).filter_map(|it| Date::new(year, it, 1).ok());
        self.months.extend(months.map(|it| ItemDay { item_id, day: stamp::day_number(it) }));
    }

    /// Takes the items and years that have a value of the whole year.
    pub(crate) fn load_years(&mut self, conn: &Connection) -> Result<()> {
        let mut statement = conn.prepare(include_str!("sql/load_years.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.years.insert((row.get(0)?, row.get(1)?));
        }
        Ok(())
    }

    pub(crate) fn items(&self) -> impl Iterator<Item = i32> + '_ {
        self.days.iter().chain(&self.months).map(|it| it.item_id)
    }

    /// Takes all that readings later than an upload touched.
    pub(crate) fn add_since(&mut self, conn: &Connection, rolled_up_to: i32) -> Result<()> {
        let mut statement = conn.prepare(include_str!("sql/days_since_upload.sql"))?;
        let mut rows = statement.query(params![rolled_up_to])?;
        while let Some(row) = rows.next()? {
            let day: i64 = row.get(2)?;
            self.add_day(row.get(0)?, stat_type(row, 1)?, day as i32);
        }
        Ok(())
    }

    /// Refreshes a slice of the pass; the caller holds the transaction. The upload up to which roll-ups are then true,
    /// if it was the last. Days before `summaries_before` may have lost readings to the retention.
    pub(crate) fn refresh(
        &self,
        conn: &Connection,
        summaries_before: Option<i32>,
        slice: usize,
    ) -> Result<Option<i32>> {
        let Some(pass) = &self.pass else {
            return Ok(None);
        };
        let (old, days): (Vec<_>, Vec<_>) = tail(&pass.days, slice)
            .iter()
            .partition(|it| summaries_before.is_some_and(|before| it.day < before));
        let days_done = pass.days.len() <= slice;
        let months = match days_done {
            true => tail(&pass.months, slice),
            false => &[],
        };
        let (of_years, months): (Vec<_>, Vec<_>) =
            months.iter().partition(|it| self.has_year(it.item_id, it.day));
        for (table, rows, sql) in [
            ("changed_day", days, include_str!("sql/rollup_day.sql")),
            ("changed_day", old, include_str!("sql/rollup_day_retired.sql")),
            ("changed_month", months, MONTH),
            ("changed_month", of_years, MONTH_OF_YEAR),
        ] {
            if !rows.is_empty() {
                put_item_days(conn, table, &rows)?;
                conn.execute_batch(sql)?;
            }
        }
        Ok((days_done && pass.months.len() <= slice).then_some(pass.upto))
    }

    /// The slice is on disk. Whether the pass so far changed any figure.
    pub(crate) fn refreshed(&mut self, slice: usize) -> bool {
        let Some(pass) = &mut self.pass else {
            return false;
        };
        pass.changed |= !(pass.days.is_empty() && pass.months.is_empty());
        let changed = pass.changed;
        let days_done = pass.days.len() <= slice;
        pass.days.truncate(pass.days.len().saturating_sub(slice));
        if days_done {
            let left = pass.months.len().saturating_sub(slice);
            pass.months.truncate(left);
            if left == 0 {
                self.pass = None;
            }
        }
        changed
    }
}

fn tail(rows: &[ItemDay], count: usize) -> &[ItemDay] {
    &rows[rows.len().saturating_sub(count)..]
}
