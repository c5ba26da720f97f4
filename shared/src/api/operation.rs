//! `GET /api/v1/operation`: how the server is doing, for its operator: queue, uploads by hour, reasons of rejected
//! entries over all units, editions of the dictionaries and which terminal has which.

use super::wire;

wire! {
/// How the server is doing (`GET /api/v1/operation`).
pub struct Operation {
    /// What waits to be written.
    pub queue: QueueState,
    /// The last 48 hours, oldest first; an hour without uploads is there with zeros.
    pub hours: Vec<UploadHour>,
    /// The reasons of rejected entries of the last `days`, most frequent first, at most 50.
    pub reasons: Vec<RejectedReason>,
    /// The days of rejected entries that are counted, 1 to 31.
    pub days: u32,
    /// The edition of all dictionaries together that terminals compare.
    pub dic_version: String,
    /// The dictionaries in force.
    pub dictionaries: Vec<DictionaryEdition>,
    /// Approved terminals: those that do not have the edition in force first, at most 1,000.
    pub terminals: Vec<TerminalEdition>,
    /// The number of approved terminals.
    pub terminals_total: u32,
    /// The number of approved terminals that downloaded the edition in force.
    pub terminals_current: u32,
}
/// What waits to be written.
pub struct QueueState {
    /// The callers that wait for the writer.
    pub waiting: u64,
    /// The number of messages that the writer's queue takes.
    pub queue_messages: u64,
    /// Bytes of terminals' messages under way.
    pub bytes_in_flight: u64,
    /// Bytes of terminals' messages that may be under way.
    pub max_bytes_in_flight: u64,
    /// Whether days and months are not yet summed up to the last commit.
    pub roll_ups_behind: bool,
    /// Item-days whose quality is still to be assessed.
    pub quality_behind_days: u64,
}
/// The uploads of data in one hour.
pub struct UploadHour {
    /// The start of the hour, local time: `2025-10-18 01:00`.
    pub hour: String,
    /// The number of uploads.
    pub uploads: u64,
    /// The number of their entries.
    pub entries: u64,
    /// The number of entries that were rejected.
    pub rejected: u64,
}
/// Rejected entries of one problem code and field, over all units.
pub struct RejectedReason {
    /// The problem code.
    pub code: String,
    /// The field with the problem.
    pub field: String,
    /// The number of entries.
    pub entries: u64,
    /// The number of units that sent them.
    pub units: u64,
    /// The reason as the newest of the entries was told it, in Chinese.
    pub reason_zh: String,
    /// The same in English.
    pub reason_en: String,
    /// When the newest of them was received, local time `YYYY-MM-DD HH:MM:SS`.
    pub last_at: String,
    /// The newest upload with such entries.
    pub upload_id: u64,
}
/// A dictionary in force.
pub struct DictionaryEdition {
    /// The name of the dictionary.
    pub name: String,
    /// The number of its rows.
    pub rows: u32,
    /// Whether the operator put it in the place of the built-in one.
    pub replaced: bool,
    /// The editions that its rows name, each once.
    pub editions: Vec<String>,
}
/// An approved terminal with the dictionaries that it has.
pub struct TerminalEdition {
    /// The credit code of its enterprise.
    pub enterprise_code: String,
    /// The name of its unit.
    pub unit_name: String,
    /// The edition that it downloaded last; null where it never downloaded one.
    pub dic_version: Option<String>,
    /// When it downloaded that, local time; null where it never downloaded one.
    pub downloaded_at: Option<String>,
}
}
