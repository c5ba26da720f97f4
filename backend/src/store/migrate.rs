//! Numbered migrations, each applied once in a transaction of its own.

use duckdb::{Connection, params};

use super::error::{Result, StoreError};

const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_base", include_str!("migrations/0001_base.sql")),
    ("0002_views", include_str!("migrations/0002_views.sql")),
    (
        "0003_lateness",
        include_str!("migrations/0003_lateness.sql"),
    ),
    ("0004_keep", include_str!("migrations/0004_keep.sql")),
    ("0005_imports", include_str!("migrations/0005_imports.sql")),
    (
        "0006_credentials",
        include_str!("migrations/0006_credentials.sql"),
    ),
    ("0007_quality", include_str!("migrations/0007_quality.sql")),
];

/// Brings an empty or older folder up to this version; refuses a newer one.
pub fn migrate(conn: &Connection) -> Result<()> {
    let applied = applied(conn)?;
    if applied > MIGRATIONS.len() {
        return Err(StoreError::Refused(format!(
            "the data folder was written by a newer version (schema {applied}, this one knows {})",
            MIGRATIONS.len()
        )));
    }
    for (at, (name, sql)) in MIGRATIONS.iter().enumerate().skip(applied) {
        tracing::info!(migration = name, "migrating");
        conn.execute_batch("BEGIN")?;
        let done = conn
            .execute_batch(sql)
            .and_then(|()| set_meta(conn, "schema_version", &(at + 1).to_string()))
            .and_then(|()| conn.execute_batch("COMMIT"));
        if let Err(error) = done {
            conn.execute_batch("ROLLBACK")?;
            return Err(error.into());
        }
    }
    Ok(())
}

/// Whether the file's schema is this program's.
pub fn is_current(conn: &Connection) -> Result<bool> {
    Ok(applied(conn)? == MIGRATIONS.len())
}

fn applied(conn: &Connection) -> Result<usize> {
    let known: bool = conn.query_row(include_str!("sql/meta_exists.sql"), [], |row| row.get(0))?;
    if !known {
        return Ok(0);
    }
    Ok(meta(conn, "schema_version")?
        .and_then(|it| it.parse().ok())
        .unwrap_or(0))
}

/// A value of the `meta` table.
pub fn meta(conn: &Connection, key: &str) -> duckdb::Result<Option<String>> {
    let mut statement = conn.prepare_cached(include_str!("sql/meta_read.sql"))?;
    let mut rows = statement.query(params![key])?;
    rows.next()?.map(|row| row.get(0)).transpose()
}

/// Sets a value of the `meta` table.
pub fn set_meta(conn: &Connection, key: &str, value: &str) -> duckdb::Result<()> {
    conn.execute(include_str!("sql/meta_delete.sql"), params![key])?;
    conn.execute(include_str!("sql/meta_insert.sql"), params![key, value])?;
    Ok(())
}
