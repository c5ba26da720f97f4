//! `/api/v1/unit-changes…`: changes that a terminal proposes for an approved unit, and the operator's decisions. Every
//! address here needs an administrator's token. At most one change of a unit waits.

use super::common::{Named, PageInfo};
use super::wire;

wire! {
/// A page of the changes, newest first (`GET /api/v1/unit-changes?state=&q=&limit=&cursor=&format=`).
pub struct UnitChangeList {
    /// The changes of the page.
    pub rows: Vec<UnitChangeRow>,
    /// The place of the page.
    pub page: PageInfo,
    /// The number of open changes, whatever the filter.
    pub pending: u64,
}
/// A change that a terminal proposes for an approved unit.
pub struct UnitChangeRow {
    /// The number of the change.
    pub change_id: u64,
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The stored name of the unit.
    pub unit_name: String,
    /// The fields whose proposed value differs from the stored one; of a decided change, from the one stored at the decision.
    pub fields: Vec<UnitChangeField>,
    /// Units whose name equals the proposed name or can be mistaken for it.
    pub name_conflicts: Vec<NameConflict>,
    /// The device that sent it.
    pub sent_by: String,
    /// The address of the connection; null where it is not known.
    pub address: Option<String>,
    /// When it was sent, local time `YYYY-MM-DD HH:MM:SS`.
    pub sent_at: String,
    /// `pending`, `approved`, `refused`, `superseded` by a later message, or `withdrawn` by one that repeats the stored values.
    pub state: String,
    /// When it was decided or withdrawn, local time; null while it waits.
    pub decided_at: Option<String>,
    /// The operator who decided it; null where none did.
    pub decided_by: Option<String>,
    /// The operator's reason; null without one.
    pub reason: Option<String>,
}
/// One field of a change.
pub struct UnitChangeField {
    /// Attribute of `enterprise` in the terminal protocol: `name`, `regionCode`, `industryCode`,
    /// `energyConsumeLevel`, `longitude`, `latitude`, `typeCode`, `corporationCode`, `jgzh`.
    pub field: String,
    /// The Chinese name of the field.
    pub zh: String,
    /// The English name of the field.
    pub en: String,
    /// The stored value: `code` as the protocol writes it, with its names in both languages; null where nothing is
    /// stored.
    pub now: Option<Named>,
    /// The proposed value in the same form.
    pub proposed: Option<Named>,
    /// `changes_figures`: the field decides where or how the unit counts; `equal_name`, `confusable_name`: see `name_conflicts`.
    pub flags: Vec<String>,
}
/// Another unit with the same name, or with one that looks like it.
pub struct NameConflict {
    /// The credit code of the other unit.
    pub enterprise_code: String,
    /// The name of the other unit.
    pub name: String,
    /// `equal` or `confusable`.
    pub kind: String,
}
/// The decision on a change: `POST /api/v1/unit-changes/{id}/approve` and `/refuse`; the body may be left out.
pub struct UnitChangeDecision {
    /// The reason, which is kept with the change; null without one.
    pub reason: Option<String>,
}
}
