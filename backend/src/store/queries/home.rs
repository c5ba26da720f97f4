//! What the first pages of the roles show: meters that are due, and rejected entries by unit.

use std::collections::HashMap;

use duckdb::{Connection, params};

use super::each;
use crate::store::unit_ids::UnitIds;

/// The meters of a unit that are overdue or due soon.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitMeters {
    pub code: String,
    pub name: String,
    pub overdue: u32,
    /// Due within 30 days.
    pub soon: u32,
    /// The earliest day.
    pub first: String,
    /// What the overdue ones measured in the last twelve months, in tce.
    pub overdue_tce: f64,
}

/// Units with such meters on the day `today`, longest overdue first.
pub fn meters(conn: &Connection, today: &str, units: &UnitIds) -> duckdb::Result<Vec<UnitMeters>> {
    let mut all = Vec::new();
    each(conn, include_str!("sql/home_meters.sql"), params![today, units], |row| {
        all.push(UnitMeters {
            code: row.get(0)?,
            name: row.get(1)?,
            overdue: row.get(2)?,
            soon: row.get(3)?,
            first: row.get(4)?,
            overdue_tce: row.get(5)?,
        });
        Ok(())
    })?;
    Ok(all)
}

/// Rejected entries of the last seven days up to `today`, by the id of the unit.
pub fn rejected(
    conn: &Connection,
    today: &str,
    units: &UnitIds,
) -> duckdb::Result<HashMap<i32, u64>> {
    let mut all = HashMap::new();
    each(conn, include_str!("sql/home_rejected.sql"), params![today, units], |row| {
        all.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(all)
}
