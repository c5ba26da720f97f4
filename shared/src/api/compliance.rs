//! `GET /api/v1/units/{code}/compliance`: the last quarters of a unit, each with its worst state and its events.

use super::wire;
use crate::compliance_state::ComplianceState;

wire! {
/// The last complete quarters of a unit and the current one, oldest first.
pub struct Compliance {
    /// The unified social credit code of the unit.
    pub enterprise_code: String,
    /// The local day up to which the current quarter goes, `YYYY-MM-DD`.
    pub today: String,
    /// The quarters.
    pub quarters: Vec<ComplianceQuarter>,
}
/// A quarter with what happened in it.
pub struct ComplianceQuarter {
    /// The quarter, such as `2026-Q3`.
    pub quarter: String,
    /// Its first day.
    pub from: String,
    /// Its last day; of the current quarter yesterday.
    pub to: String,
    /// Whether it is not over yet.
    pub is_current: bool,
    /// The worst state of its events; `fine` without any, `unknown` where that cannot be told.
    pub state: ComplianceState,
    /// What happened, the worst first.
    pub events: Vec<ComplianceEvent>,
}
/// Something that happened to a unit or was found about it.
pub struct ComplianceEvent {
    /// The day of it, or the last one of several.
    pub day: String,
    /// What it makes of its quarter.
    pub state: ComplianceState,
    /// What kind of event: `limit`, `baseline`, `completeness`, `meter`, `not_assessed`, or the name of a quality rule.
    pub kind: String,
    /// What happened, in Chinese.
    pub zh: String,
    /// What happened, in English.
    pub en: String,
    /// The page of the portal that shows it.
    pub link: String,
}
}
