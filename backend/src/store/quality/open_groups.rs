//! Open findings in groups of those that have the same rule, first day and answer: what a city's list of targets needs of
//! them, without each row.

use duckdb::{Connection, params};
use jiff::civil::Date;

use super::answers::StoredAnswer;
use crate::store::database::{day_of, each};
use crate::store::error::Result;
use crate::store::unit_ids::UnitIds;

/// Open findings of one unit with the same rule, first day and answer.
#[derive(Debug, Clone)]
pub struct OpenGroup {
    pub unit_id: i32,
    pub rule: String,
    pub first_seen: Option<Date>,
    /// None: nobody has answered. Who answered and when is not told apart.
    pub answer: Option<StoredAnswer>,
    pub excused_until: Option<Date>,
    pub count: u32,
}

/// The groups of the units, by unit.
pub fn open_groups(conn: &Connection, units: &UnitIds) -> Result<Vec<OpenGroup>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/quality_open_groups.sql"), params![units], |row| {
        found.push(OpenGroup {
            unit_id: row.get(0)?,
            rule: row.get(1)?,
            first_seen: day_of(row.get(2)?),
            answer: StoredAnswer::read(row, 3)?,
            excused_until: day_of(row.get(9)?),
            count: row.get(10)?,
        });
        Ok(())
    })?;
    Ok(found)
}
