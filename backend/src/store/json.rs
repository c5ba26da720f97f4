//! Values that a column keeps as JSON.

use duckdb::Row;
use duckdb::types::Type;
use serde::Serialize;
use serde::de::DeserializeOwned;

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
    let wrong = |error| duckdb::Error::FromSqlConversionFailure(at, Type::Text, Box::new(error));
    serde_json::from_str(&text).map_err(wrong)
}
