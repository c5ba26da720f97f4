//! What the page of the link shows of a platform above: what waits and since when, the last days, units, refused values.

use duckdb::{Connection, params};
use nengce_shared::api::link::{LinkDay, LinkRefused, LinkUnit};

use crate::store::database::each;
use crate::store::error::Result;

/// Days of the list of days.
const DAYS: u32 = 14;

/// What waits for a platform above.
#[derive(Debug, Clone, Default)]
pub struct Waiting {
    pub item_days: u64,
    pub since: Option<String>,
    pub refused: u64,
}

/// What waits, and how many values stand refused.
pub fn waiting(conn: &Connection, upper: &str) -> Result<Waiting> {
    Ok(conn.query_row(include_str!("sql/waiting.sql"), params![upper], |row| {
        Ok(Waiting { item_days: row.get(0)?, since: row.get(1)?, refused: row.get(2)? })
    })?)
}

/// The last days with values, newest first.
pub fn days(conn: &Connection, upper: &str) -> Result<Vec<LinkDay>> {
    let mut rows = Vec::new();
    each(conn, include_str!("sql/days.sql"), params![upper, DAYS], |row| {
        rows.push(LinkDay {
            day: row.get(0)?,
            sent: row.get(1)?,
            due: row.get(2)?,
            refused: row.get(3)?,
        });
        Ok(())
    })?;
    Ok(rows)
}

/// The approved units, with what a platform above has of each: those with a failure first, then those with most that waits.
pub fn units(conn: &Connection, upper: &str) -> Result<Vec<LinkUnit>> {
    let mut rows = Vec::new();
    each(conn, include_str!("sql/units.sql"), params![upper], |row| {
        rows.push(LinkUnit {
            enterprise_code: row.get(0)?,
            name: row.get(1)?,
            region_code: row.get(2)?,
            registered: row.get(3)?,
            due_item_days: row.get(4)?,
            sent_at: row.get(5)?,
            code: row.get(6)?,
            reason_zh: row.get(7)?,
            reason_en: row.get(8)?,
            next_at: row.get(9)?,
        });
        Ok(())
    })?;
    Ok(rows)
}

/// The values that a platform above refused, newest first.
pub fn refused(conn: &Connection, upper: &str, most: u32) -> Result<Vec<LinkRefused>> {
    let mut rows = Vec::new();
    each(conn, include_str!("sql/refused.sql"), params![upper, most], |row| {
        rows.push(LinkRefused {
            enterprise_code: row.get(0)?,
            name: row.get(1)?,
            data_code: row.get(2)?,
            stat_type: row.get(3)?,
            at: row.get(4)?,
            value: row.get(5)?,
            code: row.get(6)?,
            reason: row.get(7)?,
            refused_at: row.get(8)?,
        });
        Ok(())
    })?;
    Ok(rows)
}
