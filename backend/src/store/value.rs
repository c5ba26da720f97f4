//! A stored value and its key.

use duckdb::Connection;
use nengce_shared::stat_type::StatType;

use super::database::append::{bytes, fill_temporary, ints, stamps};
use super::error::Result;

/// (item, stat type, start of the period in seconds of local wall time)
pub(super) type Key = (i32, StatType, i64);

/// A value under a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StoredValue {
    pub value: f64,
    pub valid: bool,
    pub input_type: Option<u8>,
    pub upload_id: i32,
}

impl StoredValue {
    pub fn same_value(&self, other: &Self) -> bool {
        self.value.to_bits() == other.value.to_bits() && self.valid == other.valid
    }
}

/// Fills one of the temporary tables that statements join with by key.
pub(crate) fn put_keys(conn: &Connection, table: &str, keys: &[Key]) -> Result<()> {
    fill_temporary(
        conn,
        table,
        vec![
            ints(keys.iter().map(|it| it.0)),
            bytes(keys.iter().map(|it| it.1.code())),
            stamps(keys.iter().map(|it| Some(it.2))),
        ],
    )
}

/// Rows of a batch with their keys.
#[derive(Default)]
pub struct KeyedReadings {
    pub rows: Vec<(Key, StoredValue)>,
}
