//! Where the columns of a file stand that a person sent, and its cells that are wrong.

use nengce_shared::api::account::WrongCell;

use super::problem::ApiError;
use crate::import::sheet::Sheet;

/// Where one of the names of a column stands.
pub fn column(sheet: &Sheet, names: &[&str]) -> Result<usize, ApiError> {
    let found = names.iter().map(|it| sheet.column(it));
    let mut failed = None;
    for it in found {
        match it {
            Ok(at) => return Ok(at),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    Err(failed.map_or_else(|| ApiError::parameter("file", "column"), ApiError::from))
}

/// A cell that is wrong, with what it holds.
pub fn wrong_cell(row: u32, field: &str, found: &str, zh: &str, en: &str) -> WrongCell {
    let found = nengce_core::ingest::echo(found);
    WrongCell {
        row, field: field.to_owned(), reason: format!("「{found}」{zh} / '{found}' {en}")
    }
}
