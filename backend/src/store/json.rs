//! Values that a column keeps as JSON.

use duckdb::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::database::unreadable;
use super::error::{Result, StoreError};

/// The text of a value.
pub(crate) fn text(it: &(impl Serialize + ?Sized)) -> Result<String> {
    serde_json::to_string(it).map_err(|error| StoreError::Refused(error.to_string()))
}

/// The value of a text.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| StoreError::Refused(error.to_string()))
}

/// The value of a column.
pub(crate) fn column<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> duckdb::Result<T> {
    let text: String = row.get(at)?;
    serde_json::from_str(&text).map_err(|error| unreadable(at, error))
}
