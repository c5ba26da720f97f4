//! Who looked at a unit's data, from the entries of the log.

use duckdb::{Connection, params};
use jiff::civil::Date;

use crate::store::database::each;

/// Whose looks are asked for.
#[derive(Debug, Clone)]
pub struct LookQuery {
    pub enterprise_code: String,
    pub unit_id: i32,
    /// Days, both included.
    pub from: Date,
    pub to: Date,
    /// Number of the last row of the page before.
    pub after: Option<u64>,
    pub limit: u32,
}

/// The looks of one actor on one day at one kind of page.
#[derive(Debug, Clone)]
pub struct Look {
    /// Of the last entry.
    pub number: u64,
    pub day: String,
    pub first: String,
    pub last: String,
    pub times: u32,
    pub actor_kind: String,
    pub actor: String,
    pub what: String,
}

/// A page of looks, newest first, and how many rows there are on all pages.
pub fn looks(conn: &Connection, it: &LookQuery) -> duckdb::Result<(Vec<Look>, u64)> {
    let after = it.after.map_or(-1, |it| i64::try_from(it).unwrap_or(i64::MAX));
    let (from, to) = (it.from.to_string(), it.to.to_string());
    let query = params![it.enterprise_code, it.unit_id, from, to, after, it.limit];
    let (mut rows, mut total) = (Vec::new(), 0);
    each(conn, include_str!("sql/looks.sql"), query, |row| {
        rows.push(Look {
            number: row.get(0)?,
            day: row.get(1)?,
            first: row.get(2)?,
            last: row.get(3)?,
            times: row.get(4)?,
            actor_kind: row.get(5)?,
            actor: row.get(6)?,
            what: row.get(7)?,
        });
        total = row.get(8)?;
        Ok(())
    })?;
    Ok((rows, total))
}

/// The day of the oldest entry that is kept.
pub fn oldest(conn: &Connection) -> duckdb::Result<Option<String>> {
    conn.query_row(include_str!("sql/audit_oldest.sql"), [], |row| row.get(0))
}
