//! How the approved units of each region report.

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_shared::api::link::RegionRow;
use nengce_shared::link::RegionLevel;

use crate::store::database::each;
use crate::store::error::Result;

/// The regions of a level within one, those that lag most first, without their names.
pub fn list(
    conn: &Connection,
    level: RegionLevel,
    within: &str,
    day: Date,
) -> Result<Vec<RegionRow>> {
    let mut rows = Vec::new();
    let bounds = params![level.digits(), within, day.to_string()];
    each(conn, include_str!("sql/regions.sql"), bounds, |row| {
        rows.push(RegionRow {
            region: row.get(0)?,
            name_zh: String::new(),
            name_en: String::new(),
            units: row.get(1)?,
            reporting: row.get(2)?,
            late: row.get(3)?,
            silent: row.get(4)?,
            last_day: row.get(5)?,
            complete_through: row.get(6)?,
        });
        Ok(())
    })?;
    Ok(rows)
}
