//! Files that are kept as evidence, with the hash of their content. Nothing is deleted.

use duckdb::{Connection, OptionalExt, params};
use jiff::civil::DateTime;

use crate::clock;
use crate::store::error::Result;

/// A file that is added now.
#[derive(Debug, Clone)]
pub struct NewFile {
    pub unit_id: i32,
    /// What it is about, such as `finding-12`.
    pub subject: String,
    pub name: String,
    pub media_type: &'static str,
    pub sm3: String,
    pub content: Vec<u8>,
    pub added_by: String,
}

/// A file with its content.
#[derive(Debug, Clone)]
pub struct KeptFile {
    pub name: String,
    pub media_type: String,
    pub sm3: String,
    pub content: Vec<u8>,
}

/// Keeps a file; its number.
pub fn insert(conn: &Connection, it: &NewFile, now: DateTime) -> Result<i32> {
    let row = params![
        it.unit_id,
        it.subject,
        it.name,
        it.media_type,
        it.content.len() as u64,
        it.sm3,
        it.content,
        it.added_by,
        clock::text(now)
    ];
    Ok(conn.query_row(include_str!("sql/insert.sql"), row, |row| row.get(0))?)
}

/// The number of files of a subject, and the bytes of all files of a unit.
pub fn kept(conn: &Connection, unit_id: i32, subject: &str) -> Result<(u32, u64)> {
    let row = params![unit_id, subject];
    Ok(conn.query_row(include_str!("sql/kept.sql"), row, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// A file of a subject.
pub fn content(conn: &Connection, subject: &str, file: i32) -> Result<Option<KeptFile>> {
    let read = |row: &duckdb::Row<'_>| {
        Ok(KeptFile {
            name: row.get(0)?,
            media_type: row.get(1)?,
            sm3: row.get(2)?,
            content: row.get(3)?,
        })
    };
    Ok(conn.query_row(include_str!("sql/content.sql"), params![subject, file], read).optional()?)
}
