//! Inspection cases: what they are about, their steps, deadlines, evidence and documents. Days are `YYYY-MM-DD`, moments
//! local `YYYY-MM-DD HH:MM:SS`, amounts yuan.

use super::case_papers::{CaseDocumentRow, EvidenceRow};
use super::common::UnitRef;
use super::wire;
use crate::codes::case::{
    CaseActor, CaseOrigin, CasePhase, CaseStep, DeadlineUnit, Procedure, ServiceWay,
};

wire! {
/// An officer on site.
pub struct CaseOfficer {
    /// The name.
    pub name: String,
    /// The number of the certificate.
    pub certificate: String,
    /// The authority.
    pub authority: String,
}
/// A circumstance that makes a fine heavier or lighter.
pub struct Circumstance {
    /// What it is.
    pub text: String,
    /// The rule of discretion or the article.
    pub basis: String,
    /// Whether it makes the fine heavier; else lighter.
    pub is_heavier: bool,
}
/// What a step says beside its text. What a step does not need stays empty.
pub struct CaseStepDetails {
    /// The day that the step sets: the visit, the end of rectification, the hearing.
    pub due: Option<String>,
    /// The officers of a record on site.
    #[serde(default)]
    pub officers: Vec<CaseOfficer>,
    /// The circumstances of a fine.
    #[serde(default)]
    pub circumstances: Vec<Circumstance>,
    /// The amount in yuan, worked out by the server.
    pub amount_yuan: Option<f64>,
    /// Whether a visit without notice was a random check or followed a report.
    #[serde(default)]
    pub without_notice: bool,
    /// How a document was served.
    pub way: Option<ServiceWay>,
    /// Who received or witnessed it; of electronic service the signed consent.
    #[serde(default)]
    pub receiver: String,
    /// The number of the step whose document was served; null: the latest.
    pub serves: Option<u32>,
    /// The number of the step that is undone, set by the server.
    pub undoes: Option<u32>,
    /// The account of the officer who is assigned.
    #[serde(default)]
    pub officer: String,
    /// The first day or month that evidence covers.
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
}
/// A step that is asked for (`POST /api/v1/cases/{id}/steps`, `approvals`, `reviews`, `answers`).
pub struct CaseStepRequest {
    /// The step.
    pub step: CaseStep,
    /// The day of the act; null: today. Not later than today, not earlier than the last step.
    pub on: Option<String>,
    /// What was found, said or decided, at most 4,000 characters.
    #[serde(default)]
    pub text: String,
    /// What the step needs beside its text.
    #[serde(default = "CaseStepDetails::none")]
    pub details: CaseStepDetails,
}
/// A clue that is taken down (`POST /api/v1/cases`).
pub struct NewCase {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The code of the violation, such as `V10`.
    pub violation: String,
    /// Where the clue comes from.
    pub origin: CaseOrigin,
    /// What it refers to: the number of a programme or a finding, of a letter.
    pub origin_ref: String,
    /// What is known.
    pub text: String,
    /// The day of the clue; null: today.
    pub on: Option<String>,
    /// The first day of the act.
    pub act_from: Option<String>,
    /// The last day of the act; null while it goes on.
    pub act_to: Option<String>,
    /// Whether the metering authority takes part.
    pub is_joint: bool,
}
/// A violation with the law and what may follow.
pub struct ViolationRow {
    /// The code.
    pub code: String,
    /// The name in Chinese.
    pub zh: String,
    /// The name in English.
    pub en: String,
    /// The article by which the authority proceeds.
    pub ground: String,
    /// Whose matter it is: `energy`, `metering` or `statistics`.
    pub authority: String,
    /// How the law lets the authority proceed.
    pub procedure: Procedure,
    /// The least fine; null where the law has none in yuan.
    pub least_yuan: Option<f64>,
    /// The most.
    pub most_yuan: Option<f64>,
    /// The amount without any circumstance.
    pub base_yuan: Option<f64>,
    /// What each circumstance adds or takes.
    pub step_yuan: Option<f64>,
    /// The edition of the law.
    pub edition: String,
    /// How certain the row is.
    pub certainty: String,
}
/// All violations (`GET /api/v1/violations`).
pub struct ViolationList {
    /// The violations.
    pub rows: Vec<ViolationRow>,
}
/// A deadline of a case.
pub struct CaseDeadlineRow {
    /// The name, such as `hearing_request`.
    pub name: String,
    /// What is due, in Chinese.
    pub zh: String,
    /// What is due, in English.
    pub en: String,
    /// The rule in Chinese.
    pub rule_zh: String,
    /// The rule in English.
    pub rule_en: String,
    /// The law.
    pub ground: String,
    /// How certain the rule is.
    pub certainty: String,
    /// In what it counts.
    pub unit: DeadlineUnit,
    /// The day from which it counts; null until that day has come.
    pub start: Option<String>,
    /// The step of that day.
    pub start_step: Option<CaseStep>,
    /// The last day; null where it waits or is not known.
    pub due: Option<String>,
    /// The year whose working days are not known.
    pub unknown_year: Option<i32>,
    /// `duty`: somebody has to act; `term`: the unit may act; `earliest`: the next step may follow from this day on.
    pub meaning: String,
    /// The day on which it was kept.
    pub done: Option<String>,
    /// Days left, negative when late; null where nothing is open.
    pub days_left: Option<i32>,
}
/// A case in a list.
pub struct CaseRow {
    /// The number.
    pub case_id: u64,
    /// The unit.
    pub unit: UnitRef,
    /// The code of the violation.
    pub violation: String,
    /// Its name in Chinese.
    pub violation_zh: String,
    /// Its name in English.
    pub violation_en: String,
    /// Where the clue came from.
    pub origin: CaseOrigin,
    /// What it refers to.
    pub origin_ref: String,
    /// The state.
    pub state: CaseStep,
    /// The phase.
    pub phase: CasePhase,
    /// The day of the state.
    pub state_on: String,
    /// Who took the last step.
    pub state_by: String,
    /// The account of the officer.
    pub officer: String,
    /// Whether two authorities work on it.
    pub is_joint: bool,
    /// The first day of the act.
    pub act_from: Option<String>,
    /// The last day of the act.
    pub act_to: Option<String>,
    /// Who has to act now.
    pub turns: Vec<CaseActor>,
    /// The next deadline that somebody has to keep.
    pub next: Option<CaseDeadlineRow>,
    /// The fine that was decided or is intended.
    pub amount_yuan: Option<f64>,
}
/// Cases (`GET /api/v1/cases`), the earliest deadline first.
pub struct CaseList {
    /// The local day.
    pub today: String,
    /// The cases.
    pub rows: Vec<CaseRow>,
    /// How many there are under the filter; more than the rows where not all are shown.
    pub total: u64,
    /// Of them: with a deadline that has passed.
    pub late: u32,
    /// The earliest deadline that has not passed.
    pub next_due: Option<String>,
}
/// A step as it was taken.
pub struct CaseStepRow {
    /// Its place in the case, from 1.
    pub number: u32,
    /// What was done.
    pub step: CaseStep,
    /// Whether a later step undid it.
    pub is_undone: bool,
    /// Who took it.
    pub by: String,
    /// As whom.
    pub actor: CaseActor,
    /// The day of the act.
    pub on: String,
    /// When it was entered.
    pub at: String,
    /// What was said.
    pub text: String,
    /// What else it says.
    pub details: CaseStepDetails,
    /// The file of the step.
    pub file: Option<CaseFile>,
}
/// A file of a case.
pub struct CaseFile {
    /// The number.
    pub file_id: i32,
    /// The name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SM3 hash of its content.
    pub sm3: String,
}
/// A step that may follow.
pub struct PossibleStep {
    /// The step.
    pub step: CaseStep,
    /// Who takes it.
    pub actor: CaseActor,
    /// Why it may not be taken today, in Chinese; null where it may.
    pub blocked_zh: Option<String>,
    /// The same in English.
    pub blocked_en: Option<String>,
    /// The first day on which it may be taken.
    pub from: Option<String>,
}
/// A case with all that belongs to it (`GET /api/v1/cases/{id}`).
pub struct CaseDetail {
    /// What it is.
    pub case: CaseRow,
    /// The local day.
    pub today: String,
    /// The article by which the authority proceeds.
    pub ground: String,
    /// How the law lets it proceed.
    pub procedure: Procedure,
    /// The amounts of the violation.
    pub fine: ViolationRow,
    /// All steps, oldest first.
    pub steps: Vec<CaseStepRow>,
    /// The deadlines.
    pub deadlines: Vec<CaseDeadlineRow>,
    /// What may follow, and why some of it may not yet.
    pub next: Vec<PossibleStep>,
    /// The step that may be undone; null where none may.
    pub undo: Option<u32>,
    /// As whom the reader may act.
    pub acts_as: Vec<CaseActor>,
    /// What was frozen.
    pub evidence: Vec<EvidenceRow>,
    /// The documents.
    pub documents: Vec<CaseDocumentRow>,
}
}

impl CaseRow {
    /// Days left until its next deadline, negative when late; none without one.
    pub fn days_left(&self) -> Option<i32> {
        self.next.as_ref()?.days_left
    }

    /// Whether its next deadline has passed.
    pub fn is_late(&self) -> bool {
        self.days_left().is_some_and(|it| it < 0)
    }
}

impl CaseStepDetails {
    /// Nothing.
    pub const fn none() -> Self {
        Self {
            due: None,
            officers: Vec::new(),
            circumstances: Vec::new(),
            amount_yuan: None,
            without_notice: false,
            way: None,
            receiver: String::new(),
            serves: None,
            undoes: None,
            officer: String::new(),
            from: None,
            to: None,
        }
    }
}
