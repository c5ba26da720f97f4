//! `/api/v1/unit-changes…`: changes that a terminal proposes for an approved unit, and the operator's decisions. Every
//! address here needs an administrator's token. At most one change of a unit waits.

use super::common::{Named, PageInfo};
use super::wire;

wire! {
/// `GET /api/v1/unit-changes?state=&q=&limit=&cursor=&format=`, newest first.
pub struct UnitChangeList {
    pub rows: Vec<UnitChangeRow>,
    pub page: PageInfo,
    /// The number of open changes, whatever the filter.
    pub pending: u64,
}
pub struct UnitChangeRow {
    pub change_id: u64,
    pub enterprise_code: String,
    /// The stored name of the unit.
    pub unit_name: String,
    /// The fields whose proposed value differs from the stored one; of a decided change, from the one stored at the decision.
    pub fields: Vec<UnitChangeField>,
    /// Units whose name equals the proposed name or can be mistaken for it.
    pub name_conflicts: Vec<NameConflict>,
    /// The device that sent it.
    pub sent_by: String,
    /// Address of the connection, where it is known.
    pub address: Option<String>,
    pub sent_at: String,
    /// `pending`, `approved`, `refused`, `superseded` by a later message, or `withdrawn` by one that repeats the stored values.
    pub state: String,
    pub decided_at: Option<String>,
    pub decided_by: Option<String>,
    /// The operator's reason.
    pub reason: Option<String>,
}
/// One field of a change.
pub struct UnitChangeField {
    /// Attribute of `enterprise` in the terminal protocol: `name`, `regionCode`, `industryCode`,
    /// `energyConsumeLevel`, `longitude`, `latitude`, `typeCode`, `corporationCode`, `jgzh`.
    pub field: String,
    pub zh: String,
    pub en: String,
    /// The stored and the proposed value: `code` as the protocol writes it, with its names in both languages.
    pub now: Option<Named>,
    pub proposed: Option<Named>,
    /// `changes_figures`: the field decides where or how the unit counts; `equal_name`, `confusable_name`: see `name_conflicts`.
    pub flags: Vec<String>,
}
/// Another unit with the same name, or with one that looks like it.
pub struct NameConflict {
    pub enterprise_code: String,
    pub name: String,
    /// `equal` or `confusable`.
    pub kind: String,
}
/// `POST /api/v1/unit-changes/{id}/approve` and `/refuse`; the body may be left out. Answered with the [`UnitChangeRow`].
pub struct UnitChangeDecision {
    pub reason: Option<String>,
}
}
