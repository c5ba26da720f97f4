//! `/api/v1/audit…`: the audit log, a chain of entries in which each one holds the hash of the entry before. Every
//! address here needs an administrator's token. Entries are added and never changed.

use super::common::PageInfo;
use super::wire;

wire! {
#[derive(Default)]
/// What somebody did or looked at, as it is recorded. Every field goes into the hash of the entry.
pub struct AuditEvent {
    /// When it happened, local time `YYYY-MM-DD HH:MM:SS`.
    pub at: String,
    /// The kind of the actor: `anonymous`, `token`, `device`, `account` or `system`, which is the server itself.
    pub actor_kind: String,
    /// The name of the actor; empty for anonymous ones.
    pub actor: String,
    /// The address of the connection; empty where it is not known.
    pub address: String,
    /// The number of the request, which the answer repeats in `x-request-id`; empty where there was none.
    pub request_id: String,
    /// The code of the action, such as `device.approve`.
    pub action: String,
    /// The kind of the object, such as `device`.
    pub object_kind: String,
    /// The code, number or name of the object; empty where the action has none.
    pub object: String,
    /// `done`, `refused` (the actor may not) or `failed` (the request was not valid, or the server failed).
    pub outcome: String,
    /// The object before the change, as a text in JSON; null where nothing stood or nothing changed.
    pub before: Option<String>,
    /// The object after the change, as a text in JSON; null where nothing stands or nothing changed.
    pub after: Option<String>,
    /// The reason that the actor gave, or why it was refused; null where there is none.
    pub reason: Option<String>,
}
/// An entry of the audit log.
pub struct AuditRow {
    /// The number of the entry; numbers rise by one.
    pub number: u64,
    /// What happened.
    pub event: AuditEvent,
    /// The hash function of this entry: `sha256` or `sm3`.
    pub algorithm: String,
    /// The hash of this entry and of the hash before it, 64 hexadecimal digits.
    pub hash: String,
}
/// A page of the audit log (`GET /api/v1/audit?from=&to=&actor=&action=&object=&outcome=&order=&limit=&cursor=&format=`).
pub struct AuditList {
    /// The entries of the page.
    pub rows: Vec<AuditRow>,
    /// The place of the page.
    pub page: PageInfo,
}
/// A signed head: whoever keeps it can prove later that the entries up to its number were not changed.
pub struct AuditHead {
    /// The number of the last entry that the head covers; 0 before the first one.
    pub number: u64,
    /// The hash of that entry.
    pub hash: String,
    /// When the head was signed, local time `YYYY-MM-DD HH:MM:SS`.
    pub at: String,
    /// The public key of the server in hexadecimal digits: 64 of Ed25519, or the point of SM2 after `sm2:`.
    pub public_key: String,
    /// The signature of number, hash and time, 128 hexadecimal digits; of SM2 its numbers r and s.
    pub signature: String,
}
/// The state of the whole chain (`GET /api/v1/audit/chain`), recomputed for this answer.
pub struct AuditChain {
    /// The number of entries that were checked.
    pub entries: u64,
    /// The first broken link in both languages; null where the chain is whole.
    pub broken: Option<AuditBreak>,
    /// The entry up to which retention has removed the entries; null where none were removed.
    pub removed_up_to: Option<u64>,
    /// When it was checked, local time `YYYY-MM-DD HH:MM:SS`.
    pub checked_at: String,
}
/// The first broken link of a chain.
pub struct AuditBreak {
    /// The number of the entry at which the chain breaks.
    pub number: u64,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
}
}
