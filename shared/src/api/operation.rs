//! `GET /api/v1/operation`: how the server is doing, for its operator: queue, uploads by hour, reasons of rejected
//! entries over all units, editions of the dictionaries and which terminal has which.

use super::wire;

wire! {
pub struct Operation {
    pub queue: QueueState,
    /// The last 48 hours, oldest first; an hour without uploads is there with zeros.
    pub hours: Vec<UploadHour>,
    /// Of the last `days`, most frequent first, at most 50.
    pub reasons: Vec<RejectedReason>,
    pub days: u32,
    /// The edition of all dictionaries together that terminals compare.
    pub dic_version: String,
    pub dictionaries: Vec<DictionaryEdition>,
    /// Approved terminals: those that do not have the edition in force first, at most 1,000.
    pub terminals: Vec<TerminalEdition>,
    pub terminals_total: u32,
    /// Of them, how many downloaded the edition in force.
    pub terminals_current: u32,
}
pub struct QueueState {
    /// Callers that wait for the writer, and how many messages its queue takes.
    pub waiting: u64,
    pub queue_messages: u64,
    /// Bytes of terminals' messages under way, and how many may be.
    pub bytes_in_flight: u64,
    pub max_bytes_in_flight: u64,
    pub roll_ups_behind: bool,
    /// Item-days whose quality is still to be assessed.
    pub quality_behind_days: u64,
}
pub struct UploadHour {
    /// `2025-10-18 01:00`
    pub hour: String,
    pub uploads: u64,
    pub entries: u64,
    pub rejected: u64,
}
pub struct RejectedReason {
    pub code: String,
    pub field: String,
    pub entries: u64,
    pub units: u64,
    /// The reason as one of the entries was told it.
    pub reason_zh: String,
    pub reason_en: String,
    pub last_at: String,
    /// An upload with such entries, the newest.
    pub upload_id: u64,
}
pub struct DictionaryEdition {
    pub name: String,
    pub rows: u32,
    /// Whether the operator put it in the place of the built-in one.
    pub replaced: bool,
    /// The editions that its rows name, each once.
    pub editions: Vec<String>,
}
pub struct TerminalEdition {
    pub enterprise_code: String,
    pub unit_name: String,
    /// The edition that it downloaded last, and when; `None` where it never downloaded one.
    pub dic_version: Option<String>,
    pub downloaded_at: Option<String>,
}
}
