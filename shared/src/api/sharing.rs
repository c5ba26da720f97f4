//! `/api/v1/units/{code}/looks` and `/api/v1/units/{code}/shares`: who looked at a unit's data, and which accounts its
//! manager lets read them for a time. Days are `YYYY-MM-DD`, moments local `YYYY-MM-DD HH:MM:SS`.

use super::common::{Named, PageInfo};
use super::wire;
use crate::access::permission::Permission;
use crate::access::role::Role;

wire! {
/// Who looked at a unit's data, newest first.
pub struct LookList {
    /// One row for each day, person and kind of page.
    pub rows: Vec<LookRow>,
    /// Where the list goes on.
    pub page: PageInfo,
    /// Months for which looks are kept.
    pub kept_months: u32,
    /// The day of the oldest entry of the audit log; null while there is none.
    pub kept_since: Option<String>,
}
/// The looks of one person on one day at one kind of page.
pub struct LookRow {
    /// The day.
    pub day: String,
    /// When the first of them was recorded, `HH:MM`.
    pub first: String,
    /// When the last of them was recorded.
    pub last: String,
    /// Looks that are recorded; the same page is recorded once in a quarter of an hour.
    pub times: u32,
    /// `account`, `token` or `anonymous`.
    pub actor_kind: String,
    /// The name of the person or the token, in Chinese.
    pub name_zh: String,
    /// The same in English.
    pub name_en: String,
    /// The roles of the account today.
    pub roles: Vec<Role>,
    /// The districts of the account today.
    pub districts: Vec<Named>,
    /// Whether the account is one of the unit's own.
    pub is_own: bool,
    /// Whether the unit shares, or has shared, its data with the account.
    pub by_share: bool,
    /// `unit`, `finding`, `submission`, `upload`, `export` or `print`.
    pub what: String,
    /// Number of the last of the entries.
    pub number: u64,
}
/// With whom a unit shares its data, newest first.
pub struct ShareList {
    /// The shares in force, and the newest of those that ended.
    pub rows: Vec<ShareRow>,
    /// Shares in force.
    pub in_force: u32,
    /// Shares that may be in force at once.
    pub most_shares: u32,
    /// Days that a share lasts at most.
    pub most_days: u32,
    /// What can be shared.
    pub kinds: Vec<Permission>,
    /// Peers see only groups of more members than this.
    pub min_peer_members: u32,
}
/// One share.
pub struct ShareRow {
    /// Its number.
    pub share_id: u64,
    /// The account that may read.
    pub account: String,
    /// The name of its person.
    pub display_name: String,
    /// The roles of the account today.
    pub roles: Vec<Role>,
    /// What it may read.
    pub kinds: Vec<Permission>,
    /// The last day, included.
    pub until: String,
    /// What it is for.
    pub reason: String,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: String,
    /// `in_force`, `ended` or `withdrawn`.
    pub state: String,
    /// Who withdrew it; null where nobody did.
    pub withdrawn_by: Option<String>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<String>,
}
/// `POST /api/v1/units/{code}/shares`.
pub struct ShareRequest {
    /// The name with which the person signs in, exactly.
    pub account: String,
    /// What the account may read.
    pub kinds: Vec<Permission>,
    /// The last day, included.
    pub until: String,
    /// What it is for.
    pub reason: String,
}
/// A unit that another one lets the reader read.
pub struct SharedUnit {
    /// The unit.
    pub unit: Named,
    /// What may be read.
    pub kinds: Vec<Permission>,
    /// The last day, included.
    pub until: String,
}
}
