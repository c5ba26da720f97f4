//! `GET /api/v1/replacements`: replacements of old values that wait for an operator, and the decisions.

use crate::codes::stat_type::StatType;

use super::common::PageInfo;
use super::wire;

wire! {
pub struct ReplacementList {
    pub rows: Vec<ReplacementRow>,
    pub page: PageInfo,
    /// The number of replacements that await a decision, whatever the filter.
    pub open: u64,
    /// The window in force; 0: every replacement counts at once.
    pub window_days: u32,
}
pub struct ReplacementRow {
    pub replacement_id: u64,
    pub enterprise_code: String,
    pub unit_name: String,
    pub data_code: String,
    pub stat_type: StatType,
    pub stat_date: String,
    /// Unit of the values.
    pub unit: Option<String>,
    /// The stored value when the new one came, and who had sent it.
    pub old_value: f64,
    pub old_valid: bool,
    pub old_upload_id: u64,
    pub new_value: f64,
    pub new_valid: bool,
    /// The upload that brought the new value.
    pub upload_id: u64,
    pub sent_by: String,
    pub received_at: String,
    /// `open`, `approved`, `refused`, or `superseded` by a later upload of the same value's key.
    pub state: String,
    pub decided_at: Option<String>,
    pub decided_by: Option<String>,
}
/// `POST /api/v1/replacements/{approve|refuse}`: the open replacements to decide on; at least one part must be set.
pub struct ReplacementBatch {
    /// Replacements by id.
    pub ids: Vec<u64>,
    /// All of these uploads.
    pub upload_ids: Vec<u64>,
    /// All of this unit, by credit code.
    pub unit: Option<String>,
    /// All open replacements.
    pub all: bool,
}
pub struct ReplacementsDecided {
    pub decided: u64,
    pub open: u64,
}
}
