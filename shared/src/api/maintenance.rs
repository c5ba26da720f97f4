//! `POST /api/v1/maintenance/…`: backup, check, compaction and export of the store. An administrator's token.
//! Folders are folders of the server's machine, absolute.

use super::wire;

wire! {
/// `…/backup`
pub struct BackupBody {
    /// New or empty.
    pub folder: String,
}
pub struct BackupDone {
    pub folder: String,
    pub bytes: u64,
    pub sha256: String,
    pub seconds: f64,
    pub tables: Vec<BackupTable>,
}
pub struct BackupTable {
    pub table: String,
    pub rows: u64,
}

/// `…/verify`
pub struct VerifyReport {
    /// Every check holds.
    pub ok: bool,
    pub seconds: f64,
    pub checks: Vec<VerifyCheck>,
}
pub struct VerifyCheck {
    pub name: String,
    pub zh: String,
    pub en: String,
    pub checked: u64,
    pub wrong: u64,
    /// One place where it is broken.
    pub example: Option<String>,
}

/// `…/compact`
pub struct CompactBody {
    /// The running quarter as well.
    pub all: bool,
}
pub struct CompactDone {
    pub quarters: u32,
    pub readings: u64,
    pub steps: u32,
    /// The longest time in milliseconds that uploads waited for a step.
    pub longest_step_ms: f64,
    pub used_bytes_before: u64,
    pub used_bytes_after: u64,
    /// Bytes of the blocks that hold readings.
    pub reading_bytes_before: u64,
    pub reading_bytes_after: u64,
    pub file_bytes: u64,
    pub seconds: f64,
}

/// `…/parquet`
pub struct ParquetBody {
    /// New or empty.
    pub folder: String,
    /// First and last day, included.
    pub from: Option<String>,
    pub to: Option<String>,
    /// Credit code; all units without it.
    pub unit: Option<String>,
}
pub struct ParquetDone {
    pub folder: String,
    pub files: u32,
    pub readings: u64,
    pub bytes: u64,
    pub seconds: f64,
}
}
