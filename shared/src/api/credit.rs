//! The credit list: candidates by rule, entries with their steps, the export, and what is sent to the credit platform. Days
//! are `YYYY-MM-DD`, moments local `YYYY-MM-DD HH:MM:SS`.

use super::common::UnitRef;
use super::wire;
use crate::codes::credit::{CreditLevel, CreditStep, PushState};

wire! {
/// A unit that a rule names.
pub struct CreditCandidate {
    /// The unit.
    pub unit: UnitRef,
    /// The code of the act, such as `C01`.
    pub act: String,
    /// Its name in Chinese.
    pub act_zh: String,
    /// Its name in English.
    pub act_en: String,
    /// How serious it is.
    pub level: CreditLevel,
    /// The legal ground; empty where there is none, so that it cannot be proposed.
    pub ground: String,
    /// How certain the ground is.
    pub certainty: String,
    /// The evidence in Chinese.
    pub zh: String,
    /// The evidence in English.
    pub en: String,
    /// The case whose order or decision it can rest on; null where there is none yet.
    pub case_id: Option<u64>,
}
/// The row of the export: the documented columns, empty where there is nothing.
pub struct CreditRecord {
    /// The unified social credit code.
    pub uscc: String,
    /// The name.
    pub name: String,
    /// The legal representative.
    pub legal_rep: String,
    /// The code of the act.
    pub act_code: String,
    /// The act.
    pub act_zh: String,
    /// 一般 or 严重.
    pub level: String,
    /// The legal ground.
    pub ground: String,
    /// The number of the decision or order.
    pub decision_no: String,
    /// Who decided.
    pub decision_org: String,
    /// Its day.
    pub decision_date: String,
    /// On the list from.
    pub listed_on: String,
    /// On the list until.
    pub expires_on: String,
    /// The day of the cure.
    pub cured_on: String,
    /// The day of the withdrawal.
    pub withdrawn_on: String,
    /// SHA-256 of the frozen evidence of the case: of the lines `number:sm3`, each with a line feed.
    pub evidence_sha256: String,
}
/// A step of an entry.
pub struct CreditStepRow {
    /// What was done.
    pub step: CreditStep,
    /// By whom.
    pub by: String,
    /// The day of the act.
    pub on: String,
    /// When it was entered.
    pub at: String,
    /// What was said.
    pub text: String,
}
/// An entry.
pub struct CreditEntry {
    /// The number.
    pub entry_id: u64,
    /// The unit.
    pub unit: UnitRef,
    /// The case that it rests on.
    pub case_id: u64,
    /// The act in English.
    pub act_en: String,
    /// The state: the last step, but for the two approvals, which may come in either order.
    pub state: CreditStep,
    /// Whether its time on the list is over.
    pub is_expired: bool,
    /// As it would be exported.
    pub record: CreditRecord,
    /// Its steps, oldest first.
    pub steps: Vec<CreditStepRow>,
    /// What may follow.
    pub next: Vec<CreditNext>,
    /// The last day for an objection, or for the withdrawal where the decision was revoked.
    pub due: Option<String>,
    /// The decision that it rests on was revoked: it is withdrawn by `due`.
    pub is_revoked: bool,
    /// What became of its last row for the platform; null where nothing was to be sent.
    pub push: Option<PushState>,
}
/// A step that may follow.
pub struct CreditNext {
    /// The step.
    pub step: CreditStep,
    /// Whether the reader may take it.
    pub is_mine: bool,
    /// Why it may not be taken today, in Chinese; null where it may.
    pub blocked_zh: Option<String>,
    /// The same in English.
    pub blocked_en: Option<String>,
}
/// The credit list (`GET /api/v1/credit-list`).
pub struct CreditList {
    /// The local day.
    pub today: String,
    /// Units that a rule names and that have no entry for the act; none for units.
    pub candidates: Vec<CreditCandidate>,
    /// The entries, newest first.
    pub entries: Vec<CreditEntry>,
}
/// An entry that is proposed (`POST /api/v1/credit-list`).
pub struct CreditProposal {
    /// The case with the order or decision that it rests on.
    pub case_id: u64,
    /// The code of the act.
    pub act: String,
    /// The legal representative.
    pub legal_rep: String,
    /// Why.
    pub text: String,
}
/// A step that is asked for.
pub struct CreditStepRequest {
    /// The step.
    pub step: CreditStep,
    /// The day of the act; null: today.
    pub on: Option<String>,
    /// What is said; needed for a refusal, an objection, a cure, a withdrawal.
    pub text: String,
}
/// A row that was or is to be sent.
pub struct CreditPush {
    /// The number.
    pub push_id: u64,
    /// The entry.
    pub entry_id: u64,
    /// SHA-256 of the content, which is sent as `Idempotency-Key`.
    pub content_sha256: String,
    /// What became of it.
    pub state: PushState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next; null where it is not.
    pub next_at: Option<String>,
    /// What was answered last.
    pub answer: String,
    /// When the platform had it.
    pub sent_at: Option<String>,
}
/// What was sent and what waits (`GET /api/v1/credit-list/pushes`).
pub struct CreditPushList {
    /// The address of the platform; empty: none is configured and nothing is sent.
    pub address: String,
    /// The rows, newest first.
    pub rows: Vec<CreditPush>,
}
}
