//! A small table that a person sent as a file: its rows, where its columns stand, and its cells that are wrong.

use axum::body::Bytes;
use nengce_shared::api::account::WrongCell;

use super::problem::{ApiError, ApiResult};
use crate::import::limits::Limits;
use crate::import::sheet::{Choice, Sheet};

/// Bytes that a workbook may unpack to.
const MOST_UNPACKED: usize = 16 << 20;

/// The table of a file, of at most so many rows.
pub async fn sheet(body: Bytes, rows: usize) -> ApiResult<Sheet> {
    let limits = Limits { rows, unpacked_bytes: MOST_UNPACKED, ..Limits::default() };
    let read = move || Sheet::read_as(&body, &Choice::default(), &limits);
    Ok(tokio::task::spawn_blocking(read).await.map_err(ApiError::internal)??)
}

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
    let found = nengce_messages::echo(found);
    WrongCell {
        row, field: field.to_owned(), reason: format!("「{found}」{zh} / '{found}' {en}")
    }
}
