//! One data item on one day.

use duckdb::Connection;

use super::database::append::{dates, fill_temporary, ints};
use super::error::Result;

/// A data item and a day, in days since 1970-01-01. For a month it is the first day of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemDay {
    pub item_id: i32,
    pub day: i32,
}

/// Fills one of the temporary tables that statements join with by item and day.
pub(super) fn put_item_days(conn: &Connection, table: &str, rows: &[ItemDay]) -> Result<()> {
    let columns =
        vec![ints(rows.iter().map(|it| it.item_id)), dates(rows.iter().map(|it| Some(it.day)))];
    fill_temporary(conn, table, columns)
}
