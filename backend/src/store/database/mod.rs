//! Access to DuckDB: connections, migrations, queries by row, appends by column, and the `meta` table.

pub(super) mod append;
pub(super) mod connections;
pub(super) mod meta;
pub(super) mod migrate;

use duckdb::{Connection, Params, Row};
use jiff::civil::Date;
use nengce_shared::month::Month;
use nengce_shared::stat_type::StatType;

/// A span without any day.
pub(crate) const EMPTY_SPAN: (&str, &str) = ("1900-01-02", "1900-01-01");

/// Runs a statement and hands over each row. Planned anew each time: DuckDB does not plan a kept statement without
/// parameters again when the data change, and goes on skipping what its literals could not match before.
pub(crate) fn each<P: Params>(
    conn: &Connection,
    sql: &str,
    params: P,
    mut take: impl FnMut(&Row<'_>) -> duckdb::Result<()>,
) -> duckdb::Result<()> {
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

/// A list as SQL takes it.
pub(crate) fn list<T: ToString>(of: impl IntoIterator<Item = T>) -> String {
    let of: Vec<String> = of.into_iter().map(|it| it.to_string()).collect();
    format!("[{}]", of.join(","))
}

/// The stat type in a column.
pub(crate) fn stat_type(row: &Row<'_>, at: usize) -> duckdb::Result<StatType> {
    let wrong = |error| {
        duckdb::Error::FromSqlConversionFailure(at, duckdb::types::Type::UTinyInt, Box::new(error))
    };
    row.get::<_, u8>(at)?.try_into().map_err(wrong)
}

/// A text of a column that must be one of its kind.
pub(crate) fn parsed<T>(
    row: &Row<'_>,
    at: usize,
    parse: impl Fn(&str) -> Option<T>,
) -> duckdb::Result<T> {
    let text: String = row.get(at)?;
    parse(&text).ok_or_else(|| unreadable(at, text))
}

/// The text of a column is not what it must be.
pub(crate) fn unreadable(
    at: usize,
    why: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> duckdb::Error {
    duckdb::Error::FromSqlConversionFailure(at, duckdb::types::Type::Text, why.into())
}

/// A month from its ordinal, year × 12 + month − 1.
pub(crate) fn month_of(ordinal: i32) -> Option<Month> {
    Month::new(
        i16::try_from(ordinal.div_euclid(12)).ok()?,
        i8::try_from(ordinal.rem_euclid(12) + 1).ok()?,
    )
}

/// A day as the store prints it.
pub(crate) fn day_of(text: Option<String>) -> Option<Date> {
    text?.parse().ok()
}
