//! `GET /api/v1/replacements`: replacements of old values that wait for an operator, the decisions, and their undoing.

use crate::codes::stat_type::StatType;

use super::common::PageInfo;
use super::wire;

wire! {
/// A page of the replacements of old values.
pub struct ReplacementList {
    /// The replacements of the page, newest first.
    pub rows: Vec<ReplacementRow>,
    /// The place of the page.
    pub page: PageInfo,
    /// The number of replacements that await a decision, whatever the filter.
    pub open: u64,
    /// The window in force in days: replacing a value whose period ended longer ago waits for an operator. 0: every
    /// replacement counts at once.
    pub window_days: u32,
    /// What waits of the unit of the filter, or of all: what deciding on all of it is about.
    pub waiting: ReplacementSummary,
    /// The last decisions that can be undone, newest first; administrators alone see them.
    pub undoable: Vec<ReplacementDecision>,
}
/// What waits for a decision.
pub struct ReplacementSummary {
    /// The number of values.
    pub values: u64,
    /// The number of the last replacement among them.
    pub last_id: Option<u64>,
    /// The number of units that the values are of.
    pub units: u64,
    /// The number of data items that the values are of.
    pub items: u64,
    /// The day of the oldest value.
    pub first_day: Option<String>,
    /// The day of the newest value.
    pub last_day: Option<String>,
    /// tce (equivalent, default factors) of the daily values that count, as they stand; null where there are none.
    pub tce_now: Option<f64>,
    /// The same once they are approved.
    pub tce_approved: Option<f64>,
}
/// A decision over one or many replacements. It can be undone while each of its values stands as it left it.
pub struct ReplacementDecision {
    /// The number of the decision.
    pub decision_id: u64,
    /// `approved` or `refused`.
    pub state: String,
    /// The number of replacements that it was about.
    pub replacements: u64,
    /// The moment of the decision, local time.
    pub decided_at: String,
    /// Who decided.
    pub decided_by: String,
}
/// A value that is to replace an old one.
pub struct ReplacementRow {
    /// The number of the replacement.
    pub replacement_id: u64,
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The name of the unit.
    pub unit_name: String,
    /// The data code of the reading.
    pub data_code: String,
    /// The length of the reading's period.
    pub stat_type: StatType,
    /// The start of the reading's period, local time `YYYY-MM-DD HH:MM:SS`.
    pub stat_date: String,
    /// The unit of the values; null where the dictionary names none.
    pub unit: Option<String>,
    /// The value that was stored when the new one came.
    pub old_value: f64,
    /// Whether its sender gave it as valid.
    pub old_valid: bool,
    /// The upload that had brought it.
    pub old_upload_id: u64,
    /// The value that is to replace it.
    pub new_value: f64,
    /// Whether its sender gave it as valid.
    pub new_valid: bool,
    /// The upload that brought the new value.
    pub upload_id: u64,
    /// Who sent the new value: a device id (its last four characters to everyone but administrators), `import:FILE` or
    /// `bulk:NAME`.
    pub sent_by: String,
    /// When the new value was received, local time.
    pub received_at: String,
    /// `open`, `approved`, `refused`, or `superseded` by a later upload of the same value's key.
    pub state: String,
    /// When it was decided or superseded, local time; null while it is open.
    pub decided_at: Option<String>,
    /// The operator who decided it; null where none did.
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
    /// The last id that somebody looked at (`waiting.last_id`): what came later is left to wait.
    pub up_to: Option<u64>,
}
/// The result of a decision.
pub struct ReplacementsDecided {
    /// The id by which `POST /api/v1/replacements/decisions/{decision_id}/undo` undoes it; none where nothing was decided.
    pub decision_id: Option<u64>,
    /// The number of replacements that were decided.
    pub decided: u64,
    /// The number of replacements that still await a decision.
    pub open: u64,
}
/// The result of undoing a decision.
pub struct ReplacementsUndone {
    /// The number of replacements of the decision, which wait again.
    pub undone: u64,
    /// The number of replacements that await a decision now.
    pub open: u64,
}
}
