//! The `meta` table: single values by name.

use duckdb::{Connection, params};

/// A value of the `meta` table.
pub(crate) fn meta(conn: &Connection, key: &str) -> duckdb::Result<Option<String>> {
    let mut statement = conn.prepare_cached(include_str!("sql/meta_read.sql"))?;
    let mut rows = statement.query(params![key])?;
    rows.next()?.map(|row| row.get(0)).transpose()
}

/// Sets a value of the `meta` table.
pub(crate) fn set_meta(conn: &Connection, key: &str, value: &str) -> duckdb::Result<()> {
    conn.execute(include_str!("sql/meta_delete.sql"), params![key])?;
    conn.execute(include_str!("sql/meta_insert.sql"), params![key, value])?;
    Ok(())
}
