//! The units that go up to a platform above: all item-days of one that came into the rules are noted once, and one that left
//! them has nothing that waits.

use std::collections::HashMap;

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};
use nengce_shared::stat_type::StatType;

use super::due;
use crate::clock;
use crate::store::database::{each, list};
use crate::store::error::Result;
use crate::store::item_day::ItemDay;

/// A unit as it was noted.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The rules by which all its item-days were noted; empty: they are noted anew.
    pub rules_sha256: String,
    /// Since when the rules do not take it any more.
    pub left_at: Option<String>,
}

/// The units that went up to a platform above at any time.
pub fn all(conn: &Connection, upper: &str) -> Result<HashMap<i32, Member>> {
    let mut found = HashMap::new();
    each(conn, include_str!("sql/members.sql"), params![upper], |row| {
        found.insert(row.get(0)?, Member { rules_sha256: row.get(1)?, left_at: row.get(2)? });
        Ok(())
    })?;
    Ok(found)
}

/// Since when each unit is out of the rules, by credit code.
pub fn left_at(conn: &Connection, upper: &str) -> Result<HashMap<String, String>> {
    let mut found = HashMap::new();
    each(conn, include_str!("sql/members_left.sql"), params![upper], |row| {
        found.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(found)
}

/// Every item-day of units with a value of these grains, from a day on, each with its data code.
pub fn item_days(
    conn: &Connection,
    units: &[i32],
    since: Date,
    grains: &[StatType],
) -> Result<Vec<(ItemDay, String)>> {
    let mut found = Vec::new();
    let wanted = params![list(units), since.to_string(), list(grains.iter().map(|it| *it as u8))];
    each(conn, include_str!("sql/members_item_days.sql"), wanted, |row| {
        found.push((ItemDay { item_id: row.get(0)?, day: row.get(1)? }, row.get(2)?));
        Ok(())
    })?;
    Ok(found)
}

/// Notes item-days of units, and that these units are noted whole by the rules.
pub fn put(
    conn: &Connection,
    upper: &str,
    (units, rules_sha256): (&[i32], &str),
    item_days: &[ItemDay],
    now: DateTime,
) -> Result<()> {
    due::note(conn, upper, item_days, now)?;
    let units = list(units);
    conn.execute(include_str!("sql/members_forget.sql"), params![upper, units])?;
    conn.execute(include_str!("sql/members_insert.sql"), params![upper, units, rules_sha256])?;
    Ok(())
}

/// Notes that the rules do not take units any more: nothing of them waits.
pub fn leave(conn: &Connection, upper: &str, units: &[i32], now: DateTime) -> Result<()> {
    let units = list(units);
    conn.execute(include_str!("sql/due_of_units_delete.sql"), params![upper, units])?;
    conn.execute(include_str!("sql/members_leave.sql"), params![upper, units, clock::text(now)])?;
    Ok(())
}
