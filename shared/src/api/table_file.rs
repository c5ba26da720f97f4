//! `POST /api/v1/table-file?format=xlsx|parquet`: a table of the portal that the server writes as a file.

use serde::{Deserialize, Serialize};

use crate::parquet::Value;

/// A table, and the lines above its header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableFile {
    /// Lines that describe the table.
    pub notes: Vec<TableNote>,
    /// The titles of the columns.
    pub head: Vec<String>,
    /// The cells of each row: a text, a number, or `null` for a missing figure.
    pub rows: Vec<Vec<Value>>,
}

/// A line that describes a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableNote {
    /// `title`, `subtitle`, `filters` or `source`.
    pub name: String,
    /// The text of the line, in the language of the portal.
    pub text: String,
}
