//! The shifts of units; the newest row of a unit counts.

use duckdb::{Connection, OptionalExt, params};
use jiff::civil::DateTime;
use nengce_shared::api::shifts::{Shift, ShiftPlan};

use crate::clock;
use crate::store::error::Result;
use crate::store::json;

/// The shifts that count; empty where none were named.
pub fn of_unit(conn: &Connection, unit_id: i32) -> Result<ShiftPlan> {
    let read = |row: &duckdb::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found: Option<(String, String, String)> =
        conn.query_row(include_str!("sql/shifts.sql"), params![unit_id], read).optional()?;
    let Some((content, saved_by, saved_at)) = found else {
        return Ok(ShiftPlan { shifts: Vec::new(), saved_by: None, saved_at: None });
    };
    let shifts = json::read(&content)?;
    Ok(ShiftPlan { shifts, saved_by: Some(saved_by), saved_at: Some(saved_at) })
}

/// Keeps shifts beside those before them.
pub fn insert(
    conn: &Connection,
    unit_id: i32,
    shifts: &[Shift],
    by: &str,
    now: DateTime,
) -> Result<()> {
    let content = json::text(shifts)?;
    conn.execute(
        include_str!("sql/shifts_insert.sql"),
        params![unit_id, content, by, clock::text(now)],
    )?;
    Ok(())
}
