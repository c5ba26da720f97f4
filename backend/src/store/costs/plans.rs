//! The plans of units; the newest of a year counts.

use duckdb::{Connection, OptionalExt, params};
use jiff::civil::DateTime;
use nengce_shared::api::plan::PlanRequest;

use crate::clock;
use crate::store::error::Result;
use crate::store::json;

/// A plan, who entered it and when.
#[derive(Debug, Clone)]
pub struct StoredPlan {
    pub plan: PlanRequest,
    pub saved_by: String,
    pub saved_at: String,
}

/// The plan of a year that counts.
pub fn of_year(conn: &Connection, unit_id: i32, year: i16) -> Result<Option<StoredPlan>> {
    let read = |row: &duckdb::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found: Option<(String, String, String)> =
        conn.query_row(include_str!("sql/plan.sql"), params![unit_id, year], read).optional()?;
    let Some((content, saved_by, saved_at)) = found else { return Ok(None) };
    let plan = json::read(&content)?;
    Ok(Some(StoredPlan { plan, saved_by, saved_at }))
}

/// Keeps a plan beside those before it.
pub fn insert(
    conn: &Connection,
    unit_id: i32,
    plan: &PlanRequest,
    by: &str,
    now: DateTime,
) -> Result<()> {
    let content = json::text(plan)?;
    let row = params![unit_id, plan.year, content, by, clock::text(now)];
    conn.execute(include_str!("sql/plan_insert.sql"), row)?;
    Ok(())
}
