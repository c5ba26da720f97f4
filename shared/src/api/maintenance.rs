//! `POST /api/v1/maintenance/…`: backup, check, compaction and export of the store. An administrator's token.
//! Folders are folders of the server's machine, absolute.

use super::wire;

wire! {
/// Where a backup goes (`POST /api/v1/maintenance/backup`).
pub struct BackupBody {
    /// The folder, which has to be new or empty.
    pub folder: String,
}
/// A backup that was written, read back and found equal.
pub struct BackupDone {
    /// The folder of the backup.
    pub folder: String,
    /// The size of its database file in bytes.
    pub bytes: u64,
    /// The SHA-256 of its database file.
    pub sha256: String,
    /// How long it took in seconds.
    pub seconds: f64,
    /// The tables of the backup.
    pub tables: Vec<BackupTable>,
}
/// A table of a backup.
pub struct BackupTable {
    /// The name of the table.
    pub table: String,
    /// The number of its rows.
    pub rows: u64,
}

/// The check of the stored data (`POST /api/v1/maintenance/verify`).
pub struct VerifyReport {
    /// Whether every check holds.
    pub ok: bool,
    /// How long it took in seconds.
    pub seconds: f64,
    /// The invariants that were checked.
    pub checks: Vec<VerifyCheck>,
}
/// The check of one invariant.
pub struct VerifyCheck {
    /// The name of the invariant.
    pub name: String,
    /// The invariant in Chinese.
    pub zh: String,
    /// The invariant in English.
    pub en: String,
    /// The number of rows that were checked.
    pub checked: u64,
    /// The number of rows that break it.
    pub wrong: u64,
    /// One row that breaks it; null where it holds.
    pub example: Option<String>,
}

/// What is compacted (`POST /api/v1/maintenance/compact`).
pub struct CompactBody {
    /// Whether the running quarter is compacted as well as the closed ones.
    pub all: bool,
}
/// A compaction that was carried out.
pub struct CompactDone {
    /// The number of quarters that were sorted.
    pub quarters: u32,
    /// The number of readings that were written anew.
    pub readings: u64,
    /// The number of transactions that it took.
    pub steps: u32,
    /// The longest time in milliseconds that uploads waited for a step.
    pub longest_step_ms: f64,
    /// Bytes of all blocks in use before.
    pub used_bytes_before: u64,
    /// Bytes of all blocks in use after.
    pub used_bytes_after: u64,
    /// Bytes of the blocks that hold readings, before.
    pub reading_bytes_before: u64,
    /// Bytes of the blocks that hold readings, after.
    pub reading_bytes_after: u64,
    /// The size of the database file in bytes, free blocks included.
    pub file_bytes: u64,
    /// How long it took in seconds.
    pub seconds: f64,
}

/// Which readings are exported, and where to (`POST /api/v1/maintenance/parquet`).
pub struct ParquetBody {
    /// The folder, which has to be new or empty.
    pub folder: String,
    /// The first day, `YYYY-MM-DD`; without it the export begins with the first reading.
    pub from: Option<String>,
    /// The last day, included; without it the export ends with the last reading.
    pub to: Option<String>,
    /// The credit code of a unit; without it the readings of all units are exported.
    pub unit: Option<String>,
}
/// An export that was written and counted again from its files.
pub struct ParquetDone {
    /// The folder of the export.
    pub folder: String,
    /// The number of files, one per month.
    pub files: u32,
    /// The number of readings in them.
    pub readings: u64,
    /// The size of the files in bytes.
    pub bytes: u64,
    /// How long it took in seconds.
    pub seconds: f64,
}
}
