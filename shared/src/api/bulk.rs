//! `/api/v1/bulk…`, `/api/v1/tokens…`: uploads of industry systems that send for many units.

use super::common::PageInfo;
use super::wire;

wire! {
/// `GET /api/v1/bulk/{bulk_id}`: one bulk upload.
pub struct BulkUpload {
    /// The number of the bulk upload.
    pub bulk_id: u64,
    /// The idempotency key of the request; null without one.
    pub idempotency_key: Option<String>,
    /// Name of the token that sent it.
    pub sent_by: String,
    /// The media type of the body.
    pub content_type: String,
    /// When it was received, local time `YYYY-MM-DD HH:MM:SS`.
    pub received_at: String,
    /// When it was finished, local time; null while it is not.
    pub finished_at: Option<String>,
    /// `running`, `done`, `interrupted` (sending the same upload again continues it where it ended) or `failed`.
    pub state: String,
    /// Rows that have an outcome so far.
    pub rows: u64,
    /// Values that were new.
    pub stored: u64,
    /// Values that equal the stored one, and those that an operator refused before.
    pub unchanged: u64,
    /// Values that replaced a stored one.
    pub replaced: u64,
    /// Replacements of old values that wait for an operator.
    pub awaiting_approval: u64,
    /// Rows that were rejected.
    pub rejected: u64,
}
/// A page of the bulk uploads; an industry system sees its own.
pub struct BulkList {
    /// The uploads of the page, newest first.
    pub rows: Vec<BulkUpload>,
    /// The place of the page.
    pub page: PageInfo,
}

/// `POST /api/v1/tokens`: a token for an industry system.
pub struct TokenBody {
    /// The name of the token, 1 to 80 characters.
    pub name: String,
    /// The credit codes of the units that it may send for; empty with `all_units`.
    pub units: Vec<String>,
    /// Whether it may send for all units.
    pub all_units: bool,
    /// The regions, 2, 4 or 6 digits, whose units a platform below may register and send for; null or empty: it is the
    /// token of an industry system.
    pub regions: Option<Vec<String>>,
    /// Days after which it expires, 1 to 1096; a year without it.
    pub valid_days: Option<u32>,
}
/// The answer to a new token, which is shown only this once.
pub struct TokenMade {
    /// The name of the token.
    pub name: String,
    /// The token itself.
    pub token: String,
    /// The credit codes of the units that it may send for; empty with `all_units`.
    pub units: Vec<String>,
    /// Whether it may send for all units.
    pub all_units: bool,
    /// The regions whose units a platform below may register and send for.
    pub regions: Vec<String>,
    /// When it expires, local time `YYYY-MM-DD HH:MM:SS`.
    pub expires_at: String,
}
/// The tokens of industry systems, without the tokens themselves.
pub struct TokenList {
    /// The tokens by name.
    pub rows: Vec<TokenRow>,
}
/// A token of an industry system.
pub struct TokenRow {
    /// The name of the token.
    pub name: String,
    /// The credit codes of the units that it may send for; empty with `all_units`.
    pub units: Vec<String>,
    /// Whether it may send for all units.
    pub all_units: bool,
    /// The regions whose units a platform below may register and send for.
    pub regions: Vec<String>,
    /// When it was made, local time `YYYY-MM-DD HH:MM:SS`.
    pub created_at: String,
    /// Who made it: `administrator` or `local command`.
    pub created_by: String,
    /// When it was revoked, local time; null while nobody revoked it.
    pub revoked_at: Option<String>,
    /// When it expires or has expired, local time; null: never, as of tokens made before expiry was kept.
    pub expires_at: Option<String>,
    /// When it was last used, local time, to the nearest quarter of an hour; null: never.
    pub last_used_at: Option<String>,
}
}
