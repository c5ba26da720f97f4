//! The units that platforms below registered here.

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};
use nengce_shared::api::link::BelowPlatform;

use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::registry::tokens;

/// Notes that a platform below registered a unit.
pub fn put(conn: &Connection, unit_id: i32, token: &str, now: DateTime) -> Result<()> {
    conn.execute(include_str!("sql/below_delete.sql"), params![unit_id])?;
    let row = params![unit_id, token, clock::text(now)];
    conn.execute(include_str!("sql/below_insert.sql"), row)?;
    Ok(())
}

/// Whether the platform below with this token registered the unit.
pub fn is_of(conn: &Connection, unit_id: i32, token: &str) -> Result<bool> {
    let sql = include_str!("sql/below_is_of.sql");
    Ok(conn.query_row(sql, params![unit_id, token], |row| row.get(0))?)
}

/// The platforms below, with how their units report; `day` is the last complete one.
pub fn list(conn: &Connection, day: Date) -> Result<Vec<BelowPlatform>> {
    let mut found: Vec<BelowPlatform> = tokens::list(conn)?
        .into_iter()
        .filter(|it| !it.regions.is_empty() && it.revoked_at.is_none())
        .map(|it| BelowPlatform {
            name: it.name,
            regions: it.regions,
            expires_at: it.expires_at,
            units: 0,
            units_reporting: 0,
            last_seen: None,
        })
        .collect();
    each(conn, include_str!("sql/below_figures.sql"), params![day.to_string()], |row| {
        let name: String = row.get(0)?;
        if let Some(it) = found.iter_mut().find(|it| it.name == name) {
            it.units = row.get(1)?;
            it.units_reporting = row.get(2)?;
            it.last_seen = row.get(3)?;
        }
        Ok(())
    })?;
    Ok(found)
}
