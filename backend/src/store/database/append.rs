//! Appends Arrow columns to a table through DuckDB's appender, and refills the temporary tables that statements join
//! with. Only this file knows how the rows of a commit are laid out.

use std::sync::Arc;

use duckdb::Connection;
use duckdb::arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, UInt8Array,
};
use duckdb::arrow::error::ArrowError;

use crate::store::error::{Result, StoreError};

pub(crate) fn ints(it: impl IntoIterator<Item = i32>) -> ArrayRef {
    Arc::new(Int32Array::from_iter_values(it))
}

pub(crate) fn maybe_ints(it: impl IntoIterator<Item = Option<i32>>) -> ArrayRef {
    Arc::new(Int32Array::from_iter(it))
}

pub(crate) fn bytes(it: impl IntoIterator<Item = u8>) -> ArrayRef {
    Arc::new(UInt8Array::from_iter_values(it))
}

pub(crate) fn maybe_bytes(it: impl IntoIterator<Item = Option<u8>>) -> ArrayRef {
    Arc::new(UInt8Array::from_iter(it))
}

pub(crate) fn doubles(it: impl IntoIterator<Item = f64>) -> ArrayRef {
    Arc::new(Float64Array::from_iter_values(it))
}

pub(crate) fn maybe_doubles(it: impl IntoIterator<Item = Option<f64>>) -> ArrayRef {
    Arc::new(Float64Array::from_iter(it))
}

pub(crate) fn flags(it: impl IntoIterator<Item = bool>) -> ArrayRef {
    Arc::new(BooleanArray::from_iter(it.into_iter().map(Some)))
}

pub(crate) fn texts<S: AsRef<str>>(it: impl IntoIterator<Item = S>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(it))
}

pub(crate) fn maybe_texts<S: AsRef<str>>(it: impl IntoIterator<Item = Option<S>>) -> ArrayRef {
    Arc::new(StringArray::from_iter(it))
}

/// Days since 1970-01-01.
pub(crate) fn dates(it: impl IntoIterator<Item = Option<i32>>) -> ArrayRef {
    Arc::new(Date32Array::from_iter(it))
}

/// Seconds of local wall time.
pub(crate) fn stamps(it: impl IntoIterator<Item = Option<i64>>) -> ArrayRef {
    Arc::new(TimestampMicrosecondArray::from_iter(
        it.into_iter().map(|it| it.map(|it| it * 1_000_000)),
    ))
}

/// Appends columns in the table's order. Flushes: an appender that is dropped swallows its errors.
pub(crate) fn append(conn: &Connection, table: &str, columns: Vec<ArrayRef>) -> Result<()> {
    append_to(conn.appender(table)?, columns)
}

/// The same into a table of this connection alone.
pub(crate) fn append_temp(conn: &Connection, table: &str, columns: Vec<ArrayRef>) -> Result<()> {
    append_to(conn.appender_to_catalog_and_db(table, "temp", "main")?, columns)
}

/// The temporary tables of the writer's connection, one statement per line.
pub(crate) const TEMPORARY_TABLES: &str = include_str!("sql/writer_temp.sql");

/// Replaces the content of one of the writer's temporary tables. The table is created again instead of emptied, because
/// DuckDB would keep deleted rows, scan over them, and count them when it plans a join, whose hash table would then be
/// built from the wrong side.
pub(crate) fn fill_temporary(conn: &Connection, table: &str, columns: Vec<ArrayRef>) -> Result<()> {
    let made = format!(" {table} (");
    if let Some(statement) = TEMPORARY_TABLES.lines().find(|it| it.contains(&made)) {
        conn.execute_batch(statement)?;
    }
    append_temp(conn, table, columns)
}

fn append_to(mut appender: duckdb::Appender<'_>, columns: Vec<ArrayRef>) -> Result<()> {
    let named =
        columns.into_iter().enumerate().map(|(at, column)| (format!("c{at}"), column, true));
    let batch = RecordBatch::try_from_iter_with_nullable(named)
        .map_err(|error: ArrowError| StoreError::Unavailable(error.to_string()))?;
    if batch.num_rows() > 0 {
        appender.append_record_batch(batch)?;
    }
    appender.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refilled_table_holds_and_counts_what_was_put_last() {
        let conn = Connection::open_in_memory().expect("a database");
        conn.execute_batch(TEMPORARY_TABLES).expect("the tables");
        for at in 0..40 {
            let rows = || 0..1_000 + at;
            let columns = vec![ints(rows()), dates(rows().map(Some))];
            fill_temporary(&conn, "changed_month", columns).expect("rows");
        }
        let counted: i64 = conn
            .query_row(include_str!("../tests/sql/temp_size.sql"), ["changed_month"], |row| {
                row.get(0)
            })
            .expect("a table");
        assert_eq!(counted, 1_039);
    }
}
