//! `GET /api/v1/uploads…`: uploads, and which entries were rejected and why.

use super::common::{PageInfo, UnitRef};
use super::wire;

wire! {
/// A page of the uploads, newest first, with the state of today's.
pub struct UploadList {
    /// The uploads of the page.
    pub rows: Vec<UploadRow>,
    /// The place of the page.
    pub page: PageInfo,
    /// The uploads of the current local day.
    pub today: UploadDay,
}
/// The uploads of data of one day, from approved devices, files and industry systems.
pub struct UploadDay {
    /// Units with an approved device.
    pub units: u32,
    /// Those of them of which data came on the day.
    pub units_reported: u32,
    /// The number of uploads.
    pub uploads: u64,
    /// The number of their entries.
    pub entries: u64,
    /// The number of entries that were rejected.
    pub rejected: u64,
    /// Units with an approved device and without data on the day, for 「272/286 家已上报」.
    pub missing: Vec<UnitRef>,
    /// Data codes that are stored but not in the dictionary, at most 500.
    pub unknown_codes: Vec<UnknownCode>,
}
/// A data code that the dictionary does not know.
pub struct UnknownCode {
    /// The data code.
    pub data_code: String,
    /// The number of units that send it.
    pub units: u32,
    /// When it came first, local time `YYYY-MM-DD HH:MM:SS`.
    pub first_seen: String,
}
/// An upload and the outcome of its entries.
pub struct UploadRow {
    /// The number of the upload.
    pub upload_id: u64,
    /// When it was received, local time `YYYY-MM-DD HH:MM:SS`.
    pub received_at: String,
    /// The credit code of the unit; empty where the upload belongs to none.
    pub enterprise_code: String,
    /// The name of the unit; null where the upload belongs to none.
    pub unit_name: Option<String>,
    /// Who sent it: a device id (its last four characters to everyone but administrators), `import:FILE` or
    /// `bulk:NAME`.
    pub sent_by: String,
    /// `energy`, `config`, `metering`, `import`, `bulk`.
    pub kind: String,
    /// The number of its entries.
    pub entries: u32,
    /// Values that were new.
    pub stored: u32,
    /// Values that equal the stored one, and those that an operator refused before.
    pub unchanged: u32,
    /// Values that replaced a stored one.
    pub replaced: u32,
    /// The number of replacements that await an operator's decision.
    pub awaiting_approval: u32,
    /// Entries that were rejected.
    pub rejected: u32,
    /// Whether its data count; those of a device that is not approved yet are kept and do not.
    pub counted: bool,
    /// The earliest start of a period in it, local time; null without readings.
    pub first_stat_date: Option<String>,
    /// The latest start of a period in it, local time; null without readings.
    pub last_stat_date: Option<String>,
}
/// A page of the rejected entries of an upload.
pub struct RejectedList {
    /// The number of the upload.
    pub upload_id: u64,
    /// The rejected entries of the page, in order.
    pub rows: Vec<RejectedRow>,
    /// Rejected entries that were only counted, because the upload exceeded its bounds.
    pub not_kept: u64,
    /// The page; `total` counts the entries that are kept.
    pub page: PageInfo,
}
/// An entry that was not accepted, and the reason.
pub struct RejectedRow {
    /// The place of the entry: its index in the message from 0, or its line in the file.
    pub index: u32,
    /// The field with the problem.
    pub field: String,
    /// The problem code.
    pub code: String,
    /// What is wrong and how to correct it, in Chinese.
    pub reason_zh: String,
    /// The same in English.
    pub reason_en: String,
    /// The entry as it was sent, to correct and send again; of a long entry its beginning, with the length and SHA-256
    /// of the whole.
    pub entry: String,
}
}
