//! Reads the log: its entries by what is asked for, and the last place of the chain.

use duckdb::{Connection, Row, params};
use jiff::civil::Date;
use nengce_core::audit::FIRST_HASH;
use nengce_shared::api::audit::{AuditEvent, AuditRow};

use crate::store::database::each;

/// Which entries are asked for; an empty text asks for any.
#[derive(Debug, Clone)]
pub struct AuditQuery {
    /// Days, both included.
    pub from: Date,
    pub to: Date,
    /// Part of the actor's name, its kind, or its address.
    pub actor: String,
    /// The beginning of an action's code.
    pub action: String,
    /// Part of the object's code, or its kind.
    pub object: String,
    pub outcome: String,
    pub oldest_first: bool,
    /// Number of the last entry of the page before.
    pub after: Option<u64>,
    pub limit: u32,
}

/// A page of entries.
pub fn page(conn: &Connection, it: &AuditQuery) -> duckdb::Result<Vec<AuditRow>> {
    let (from, to) = (it.from.to_string(), it.to.to_string());
    let after = it.after.map_or(-1, |it| i64::try_from(it).unwrap_or(i64::MAX));
    let query = params![
        from,
        to,
        it.actor,
        it.action,
        it.object,
        it.outcome,
        it.oldest_first,
        after,
        it.limit
    ];
    let mut rows = Vec::new();
    each(conn, include_str!("sql/audit_page.sql"), query, |row| {
        rows.push(read(row)?);
        Ok(())
    })?;
    Ok(rows)
}

/// How many entries there are of what is asked for.
pub fn count(conn: &Connection, it: &AuditQuery) -> duckdb::Result<u64> {
    let (from, to) = (it.from.to_string(), it.to.to_string());
    let query = params![from, to, it.actor, it.action, it.object, it.outcome];
    conn.query_row(include_str!("sql/audit_count.sql"), query, |row| row.get(0))
}

/// The entries with a number above `from` and up to `to`.
pub(super) fn span(conn: &Connection, from: i64, to: u64) -> duckdb::Result<Vec<AuditRow>> {
    let mut rows = Vec::new();
    each(conn, include_str!("sql/audit_span.sql"), params![from, to], |row| {
        rows.push(read(row)?);
        Ok(())
    })?;
    Ok(rows)
}

/// Number and hash of an entry, or of the last one; an entry that retention removed is known by its anchor.
pub(super) fn place(
    conn: &Connection,
    number: Option<u64>,
) -> duckdb::Result<Option<(u64, String)>> {
    let Some(number) = number else {
        return last(conn).map(Some);
    };
    let mut found = (number == 0).then(|| (0, FIRST_HASH.to_owned()));
    each(conn, include_str!("sql/audit_place.sql"), params![number], |row| {
        found = Some((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    Ok(found)
}

pub(super) fn last(conn: &Connection) -> duckdb::Result<(u64, String)> {
    let mut found = (0, FIRST_HASH.to_owned());
    each(conn, include_str!("sql/audit_last.sql"), [], |row| {
        found = (row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(found)
}

fn read(row: &Row<'_>) -> duckdb::Result<AuditRow> {
    Ok(AuditRow {
        number: row.get(0)?,
        event: AuditEvent {
            at: row.get(1)?,
            actor_kind: row.get(2)?,
            actor: row.get(3)?,
            address: row.get(4)?,
            request_id: row.get(5)?,
            action: row.get(6)?,
            object_kind: row.get(7)?,
            object: row.get(8)?,
            outcome: row.get(9)?,
            before: row.get(10)?,
            after: row.get(11)?,
            reason: row.get(12)?,
        },
        algorithm: row.get(13)?,
        hash: row.get(14)?,
    })
}
