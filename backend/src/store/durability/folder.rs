//! The data folder: the names of its files, and the lock by which one process alone serves it.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::store::error::{Result, StoreError};

pub const DATABASE: &str = "nengce.duckdb";
/// The file whose lock the serving process holds.
pub(crate) const LOCK: &str = "nengce.lock";
/// Locks the folder for as long as the process serves it. The database's own lock is released while it is opened again.
pub(crate) fn lock(folder: &Path) -> Result<File> {
    let file = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(locked(folder, "nengce.lock is held")),
        Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

pub(crate) fn locked(folder: &Path, text: &str) -> StoreError {
    StoreError::Locked(format!(
        "another process already serves the data folder {}; stop it, or choose another folder with --data ({text})",
        folder.display()
    ))
}

/// The log beside the database.
pub(crate) fn log_of(folder: &Path) -> PathBuf {
    folder.join(format!("{DATABASE}.wal"))
}
