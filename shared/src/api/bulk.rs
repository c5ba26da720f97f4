//! `/api/v1/bulk…`, `/api/v1/tokens…`: uploads of industry systems that send for many units.

use super::common::PageInfo;
use super::wire;

wire! {
/// `GET /api/v1/bulk/{bulk_id}`: one bulk upload.
pub struct BulkUpload {
    pub bulk_id: u64,
    pub idempotency_key: Option<String>,
    /// Name of the token that sent it.
    pub sent_by: String,
    pub content_type: String,
    pub received_at: String,
    pub finished_at: Option<String>,
    /// `running`, `done`, `interrupted` (sending the same upload again continues it where it ended) or `failed`.
    pub state: String,
    pub rows: u64,
    pub stored: u64,
    pub unchanged: u64,
    pub replaced: u64,
    pub awaiting_approval: u64,
    pub rejected: u64,
}
pub struct BulkList {
    pub rows: Vec<BulkUpload>,
    pub page: PageInfo,
}

/// `POST /api/v1/tokens`: a token for an industry system.
pub struct TokenBody {
    pub name: String,
    /// The credit codes of the units that it may send for; empty with `all_units`.
    pub units: Vec<String>,
    pub all_units: bool,
}
/// The answer to a new token, which is shown only this once.
pub struct TokenMade {
    pub name: String,
    pub token: String,
    pub units: Vec<String>,
    pub all_units: bool,
}
pub struct TokenList {
    pub rows: Vec<TokenRow>,
}
pub struct TokenRow {
    pub name: String,
    pub units: Vec<String>,
    pub all_units: bool,
    pub created_at: String,
    pub created_by: String,
    pub revoked_at: Option<String>,
}
}
