//! Item-days that wait for a platform above, with their values and with what the platform above has of them.

use std::collections::BTreeMap;

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};
use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;

use crate::clock;
use crate::store::database::{each, list, parsed, stat_type};
use crate::store::error::Result;
use crate::store::item_day::{ItemDay, put_item_days};

/// A value of an item-day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DueValue {
    pub stat_type: StatType,
    /// Seconds of local wall time.
    pub at: i64,
    pub value: f64,
    pub valid: bool,
    pub input_type: Option<u8>,
    pub upload_id: i32,
}

/// What a platform above has of an item-day: the values of the uploads up to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub upto: i32,
    pub content: String,
}

/// An item-day that waits.
#[derive(Debug, Clone)]
pub struct DueItemDay {
    pub item_day: ItemDay,
    pub unit_id: i32,
    pub data_code: DataCode,
    /// It grows with every change.
    pub change: i32,
    pub mark: Option<Mark>,
    /// By stat type and time.
    pub values: Vec<DueValue>,
}

/// Which item-days are wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub upper: String,
    /// Days from this one on come before all others, which come by day.
    pub recent_from: Date,
    pub grains: Vec<StatType>,
    pub most: u32,
}

/// The next item-days of units that are not resting after a failure.
pub fn next(conn: &Connection, wanted: &Wanted, now: DateTime) -> Result<Vec<DueItemDay>> {
    let mut found: BTreeMap<(bool, ItemDay), DueItemDay> = BTreeMap::new();
    let recent = nengce_messages::stamp::day_number(wanted.recent_from);
    let grains = list(wanted.grains.iter().map(|it| *it as u8));
    let row = params![
        wanted.upper,
        wanted.recent_from.to_string(),
        clock::text(now),
        wanted.most,
        grains
    ];
    each(conn, include_str!("sql/due_next.sql"), row, |row| {
        let item_day = ItemDay { item_id: row.get(0)?, day: row.get(1)? };
        let data_code = parsed(row, 4, |it| DataCode::parse_strict(it).ok())?;
        let (upto, content): (Option<i32>, Option<String>) = (row.get(5)?, row.get(6)?);
        let it = found.entry((item_day.day < recent, item_day)).or_insert(DueItemDay {
            item_day,
            unit_id: row.get(2)?,
            change: row.get(3)?,
            data_code,
            mark: upto.zip(content).map(|(upto, content)| Mark { upto, content }),
            values: Vec::new(),
        });
        if row.get::<_, Option<u8>>(7)?.is_some() {
            it.values.push(DueValue {
                stat_type: stat_type(row, 7)?,
                at: row.get(8)?,
                value: row.get(9)?,
                valid: row.get(10)?,
                input_type: row.get(11)?,
                upload_id: row.get(12)?,
            });
        }
        Ok(())
    })?;
    let mut found: Vec<DueItemDay> = found.into_values().collect();
    for it in &mut found {
        it.values.sort_unstable_by_key(|it| (it.stat_type, it.at));
    }
    Ok(found)
}

/// Notes item-days that go up; one that waits already changed once more.
pub(super) fn note(
    conn: &Connection,
    upper: &str,
    item_days: &[ItemDay],
    now: DateTime,
) -> Result<()> {
    if item_days.is_empty() {
        return Ok(());
    }
    put_item_days(conn, "link_changed", item_days)?;
    conn.execute(include_str!("sql/due_again.sql"), params![upper])?;
    conn.execute(include_str!("sql/due_insert.sql"), params![upper, clock::text(now)])?;
    Ok(())
}

/// What was refused is sent again, what rests is tried now, and all item-days are compared again.
pub fn retry(conn: &Connection, upper: &str, now: DateTime) -> Result<()> {
    conn.execute(include_str!("sql/refused_marks_delete.sql"), params![upper])?;
    conn.execute(include_str!("sql/refused_due.sql"), params![upper, clock::text(now)])?;
    conn.execute(include_str!("sql/units_now.sql"), params![upper])?;
    conn.execute(include_str!("sql/members_again.sql"), params![upper])?;
    Ok(())
}
