//! The mean week of one real-time item.

use duckdb::{Connection, OptionalExt, params};
use jiff::civil::DateTime;

use super::each;

const ITEM: &str = include_str!("sql/unit_load_item.sql");
const PROFILE: &str = include_str!("sql/unit_load_profile.sql");

/// An item with real-time readings and the time of its last one.
#[derive(Debug, Clone)]
pub struct LoadItem {
    pub id: i32,
    pub data_code: String,
    pub last: Option<DateTime>,
}

/// The named item, or the main one of the unit.
pub fn item(conn: &Connection, unit: i32, data_code: &str) -> duckdb::Result<Option<LoadItem>> {
    conn.query_row(ITEM, params![unit, data_code], |row| {
        let last: Option<String> = row.get(2)?;
        Ok(LoadItem {
            id: row.get(0)?,
            data_code: row.get(1)?,
            last: last.and_then(|it| it.parse().ok()),
        })
    })
    .optional()
}

/// Mean hourly value by weekday, Monday first, and hour, from `from` to before `to`.
pub fn week(
    conn: &Connection,
    item: i32,
    from: &str,
    to: &str,
) -> duckdb::Result<Vec<Vec<Option<f64>>>> {
    let mut hours = vec![vec![None; 24]; 7];
    each(conn, PROFILE, params![item, from, to], |row| {
        let (day, hour): (usize, usize) = (row.get(0)?, row.get(1)?);
        if let Some(slot) =
            day.checked_sub(1).and_then(|it| hours.get_mut(it)).and_then(|it| it.get_mut(hour))
        {
            *slot = row.get(2)?;
        }
        Ok(())
    })?;
    Ok(hours)
}
