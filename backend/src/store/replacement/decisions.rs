//! Decisions about replacements as a reader sees them: what one is about before it is made, and which can be undone.

use duckdb::{Connection, params};
use nengce_shared::api::replacements::{ReplacementDecision, ReplacementSummary};

use crate::store::database::each;
use crate::store::error::Result;

/// What waits of a unit, or of all (empty text).
pub fn summary(conn: &Connection, unit: &str) -> Result<ReplacementSummary> {
    let sql = include_str!("sql/replacements_summary.sql");
    Ok(conn.query_row(sql, params![unit], |row| {
        Ok(ReplacementSummary {
            values: row.get(0)?,
            last_id: row.get(1)?,
            units: row.get(2)?,
            items: row.get(3)?,
            first_day: row.get(4)?,
            last_day: row.get(5)?,
            tce_now: row.get(6)?,
            tce_approved: row.get(7)?,
        })
    })?)
}

/// The last decisions that can be undone, newest first; of one id, or of all (0).
pub fn undoable(conn: &Connection, id: i32) -> Result<Vec<ReplacementDecision>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/decisions_undoable.sql"), params![id], |row| {
        found.push(ReplacementDecision {
            decision_id: row.get(0)?,
            state: row.get(1)?,
            replacements: row.get(2)?,
            decided_at: row.get(3)?,
            decided_by: row.get(4)?,
        });
        Ok(())
    })?;
    Ok(found)
}
