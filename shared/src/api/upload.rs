//! `GET /api/v1/uploads…`: uploads, and which entries were rejected and why.

use super::common::{PageInfo, UnitRef};
use super::wire;

wire! {
pub struct UploadList {
    pub rows: Vec<UploadRow>,
    pub page: PageInfo,
    pub today: UploadDay,
}
pub struct UploadDay {
    pub units: u32,
    pub units_reported: u32,
    pub uploads: u64,
    pub entries: u64,
    pub rejected: u64,
    /// Approved units without any upload today, for 「272/286 家已上报」.
    pub missing: Vec<UnitRef>,
    /// Codes stored but not in the dictionary.
    pub unknown_codes: Vec<UnknownCode>,
}
pub struct UnknownCode {
    pub data_code: String,
    pub units: u32,
    pub first_seen: String,
}
pub struct UploadRow {
    pub upload_id: u64,
    pub received_at: String,
    pub enterprise_code: String,
    pub unit_name: Option<String>,
    /// Device id (its last four characters to everyone but administrators), `import:FILE` or `bulk:NAME`.
    pub sent_by: String,
    /// `energy`, `config`, `metering`, `import`, `bulk`.
    pub kind: String,
    pub entries: u32,
    pub stored: u32,
    pub unchanged: u32,
    pub replaced: u32,
    /// The number of replacements that await an operator's decision.
    pub awaiting_approval: u32,
    pub rejected: u32,
    /// Data of a device that is not approved yet is kept and not counted.
    pub counted: bool,
    pub first_stat_date: Option<String>,
    pub last_stat_date: Option<String>,
}
pub struct RejectedList {
    pub upload_id: u64,
    pub rows: Vec<RejectedRow>,
    /// Rejected entries that were only counted, because the upload exceeded its bounds.
    pub not_kept: u64,
    /// The page; `total` counts the entries that are kept.
    pub page: PageInfo,
}
pub struct RejectedRow {
    pub index: u32,
    pub field: String,
    pub code: String,
    pub reason_zh: String,
    pub reason_en: String,
    /// The entry as it was sent, to correct and send again; of a long entry its beginning, with the length and SHA-256
    /// of the whole.
    pub entry: String,
}
}
