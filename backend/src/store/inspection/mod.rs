//! Inspection programmes as they were made.

use duckdb::{Connection, OptionalExt, params};
use jiff::civil::DateTime;
use nengce_shared::api::programme::{Programme, ProgrammeSummary, ProgrammeWithdrawn};

use crate::clock;
use crate::store::database::each;
use crate::store::error::{Result, StoreError};

/// Keeps a programme; its number.
pub fn insert(conn: &Connection, it: &Programme, now: DateTime) -> Result<u64> {
    let content =
        serde_json::to_string(it).map_err(|error| StoreError::Refused(error.to_string()))?;
    let (name, cycle, by) = (&it.summary.name, &it.summary.cycle, &it.summary.made_by);
    let row = params![name, cycle, content, by, clock::text(now)];
    Ok(conn.query_row(include_str!("sql/programme_insert.sql"), row, |row| row.get(0))?)
}

/// The newest programmes, at most so many, without their units.
pub fn list(conn: &Connection, most: u32) -> Result<Vec<ProgrammeSummary>> {
    let mut found: Vec<(u64, String, Withdrawn)> = Vec::new();
    each(conn, include_str!("sql/programmes.sql"), params![most], |row| {
        found.push((row.get(0)?, row.get(1)?, (row.get(2)?, row.get(3)?, row.get(4)?)));
        Ok(())
    })?;
    found.into_iter().map(|it| Ok(whole(it)?.summary)).collect()
}

/// A programme by its number.
pub fn find(conn: &Connection, id: u64) -> Result<Option<Programme>> {
    let read = |row: &duckdb::Row<'_>| {
        Ok((row.get(0)?, row.get(1)?, (row.get(2)?, row.get(3)?, row.get(4)?)))
    };
    let found = conn.query_row(include_str!("sql/programme.sql"), params![id], read).optional()?;
    found.map(whole).transpose()
}

/// Withdraws a programme; whether there was one that stood.
pub fn withdraw(
    conn: &Connection,
    id: u64,
    (by, reason): (&str, &str),
    now: DateTime,
) -> Result<bool> {
    let row = params![id, by, clock::text(now), reason];
    Ok(conn.execute(include_str!("sql/programme_withdraw.sql"), row)? > 0)
}

/// By whom, when and why.
type Withdrawn = (Option<String>, Option<String>, Option<String>);

fn whole((id, content, withdrawn): (u64, String, Withdrawn)) -> Result<Programme> {
    let read = serde_json::from_str::<Programme>(&content);
    let mut it = read.map_err(|error| StoreError::Refused(error.to_string()))?;
    it.summary.programme_id = id;
    if let (Some(by), Some(at), Some(reason)) = withdrawn {
        it.summary.state = "withdrawn".to_owned();
        it.summary.withdrawn = Some(ProgrammeWithdrawn { by, at, reason });
    }
    Ok(it)
}
