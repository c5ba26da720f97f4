//! What the first pages of the roles show: meters that are due, and rejected entries by unit.

use std::collections::HashMap;

use duckdb::{Connection, params};

use super::each;
use crate::store::database::list;
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

/// Rejected entries of one code, with the last reason; entries that were only counted have no reason.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRejected {
    pub unit_id: i32,
    pub entries: u64,
    pub reason: Option<RejectedReason>,
}

/// Why entries of a code were rejected the last time, and the upload that holds them.
#[derive(Debug, Clone, PartialEq)]
pub struct RejectedReason {
    pub zh: String,
    pub en: String,
    pub upload_id: i64,
}

/// Rejected entries of the last seven days up to `today`, by unit and code, the most frequent of a unit first.
pub fn rejected(
    conn: &Connection,
    today: &str,
    units: &UnitIds,
) -> duckdb::Result<Vec<UnitRejected>> {
    let mut all = Vec::new();
    each(conn, include_str!("sql/home_rejected.sql"), params![today, units], |row| {
        let code: Option<String> = row.get(2)?;
        let reason = match code {
            None => None,
            Some(_) => {
                Some(RejectedReason { zh: row.get(3)?, en: row.get(4)?, upload_id: row.get(5)? })
            }
        };
        all.push(UnitRejected { unit_id: row.get(0)?, entries: row.get(1)?, reason });
        Ok(())
    })?;
    Ok(all)
}

/// tce at stake of findings, where that is known.
pub fn at_stake(conn: &Connection, findings: &[u64]) -> duckdb::Result<HashMap<u64, f64>> {
    let mut all = HashMap::new();
    each(conn, include_str!("sql/home_at_stake.sql"), params![list(findings)], |row| {
        all.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(all)
}
