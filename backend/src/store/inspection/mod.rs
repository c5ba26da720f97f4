//! Inspection programmes as they were made.

use duckdb::{Connection, OptionalExt, params};
use jiff::civil::DateTime;
use nengce_shared::api::programme::{Programme, ProgrammeSummary, ProgrammeWithdrawn};

use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::json::{read, text};

/// Keeps a programme; its number.
pub fn insert(conn: &Connection, it: &Programme, now: DateTime) -> Result<u64> {
    let (name, cycle, by) = (&it.summary.name, &it.summary.cycle, &it.summary.made_by);
    let row = params![name, cycle, text(&it.summary)?, text(it)?, by, clock::text(now)];
    Ok(conn.query_row(include_str!("sql/programme_insert.sql"), row, |row| row.get(0))?)
}

/// The newest programmes, at most so many.
pub fn list(conn: &Connection, most: u32) -> Result<Vec<ProgrammeSummary>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/programmes.sql"), params![most], |row| {
        found.push(stored(row)?);
        Ok(())
    })?;
    found.into_iter().map(|it: Stored| Ok(it.summary(&read(&it.json)?))).collect()
}

/// A programme by its number.
pub fn find(conn: &Connection, id: u64) -> Result<Option<Programme>> {
    let sql = include_str!("sql/programme.sql");
    let Some(it) = conn.query_row(sql, params![id], stored).optional()? else { return Ok(None) };
    let mut whole: Programme = read(&it.json)?;
    whole.summary = it.summary(&whole.summary);
    Ok(Some(whole))
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

/// A row: its number, its JSON, and by whom, when and why it was withdrawn.
struct Stored {
    id: u64,
    json: String,
    withdrawn: [Option<String>; 3],
}

fn stored(row: &duckdb::Row<'_>) -> duckdb::Result<Stored> {
    let withdrawn = [row.get(2)?, row.get(3)?, row.get(4)?];
    Ok(Stored { id: row.get(0)?, json: row.get(1)?, withdrawn })
}

impl Stored {
    /// The summary as it was made, with what became of it.
    fn summary(&self, made: &ProgrammeSummary) -> ProgrammeSummary {
        let mut it = ProgrammeSummary { programme_id: self.id, ..made.clone() };
        if let [Some(by), Some(at), Some(reason)] = self.withdrawn.clone() {
            it.state = "withdrawn".to_owned();
            it.withdrawn = Some(ProgrammeWithdrawn { by, at, reason });
        }
        it
    }
}
