//! What enterprises submit by hand: answers to findings, values, reports of outages; each has a receipt. Moments are local
//! `YYYY-MM-DD HH:MM:SS`, days `YYYY-MM-DD`.

use super::account::WrongCell;
use super::common::{PageInfo, UnitRef};
use super::wire;
use crate::codes::submission::{AnswerState, Side, SubmissionKind, SubmissionState, ThreadStep};

wire! {
/// A value typed by hand.
pub struct TypedValue {
    /// The data code of the item.
    pub data_code: String,
    /// The day `YYYY-MM-DD` or the month `YYYY-MM` that the value covers.
    pub period: String,
    /// The value in the unit of the item.
    pub value: f64,
}
/// Something that the unit's own history says about a typed value.
pub struct CheckNote {
    /// The data code of the item.
    pub data_code: String,
    /// The day or month of the value.
    pub period: String,
    /// What was noticed: `sign`, `power_of_ten`, `unusual`, `month_against_days`, `meter_against_meter` or `replaces`.
    pub check: String,
    /// `high`, `medium` or `low`.
    pub severity: String,
    /// The sentence in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}
/// What became of a submission.
pub struct Receipt {
    /// The values that were sent.
    pub values: Vec<TypedValue>,
    /// The first day of an outage; null for anything else.
    pub from: Option<String>,
    /// The last day of an outage, included.
    pub to: Option<String>,
    /// The last day on which missing uploads of the outage are excused; null where its working days are not known.
    pub excused_until: Option<String>,
    /// Values that are new.
    pub stored: u32,
    /// Values that were stored before.
    pub unchanged: u32,
    /// Values that replaced others.
    pub replaced: u32,
    /// Values of old periods that wait for an operator.
    pub awaiting_approval: u32,
    /// What the unit's own history says about the values.
    pub notes: Vec<CheckNote>,
    /// The worst severity of the notes: `high`, `medium`, `low` or `none`.
    pub worst: String,
    /// Whether the values should be looked at and sent again.
    pub send_again: bool,
    /// Who answers questions.
    pub contact: String,
    /// Why the unit withdrew it; null where it did not.
    pub withdrawn_because: Option<String>,
}
/// A submission with its receipt.
pub struct SubmissionRow {
    /// The number of the receipt.
    pub submission_id: u64,
    /// The unit.
    pub unit: UnitRef,
    /// What was submitted.
    pub kind: SubmissionKind,
    /// Where it stands.
    pub state: SubmissionState,
    /// The finding that it answers; null where it answers none.
    pub finding_id: Option<u64>,
    /// The reason or the text of the answer.
    pub reason: String,
    /// Who submitted it.
    pub submitted_by: String,
    /// When it was submitted.
    pub submitted_at: String,
    /// Who confirmed, accepted, sent it back or withdrew it; null while nobody did.
    pub decided_by: Option<String>,
    /// When that was.
    pub decided_at: Option<String>,
    /// The upload that holds its values; null where it has none.
    pub upload_id: Option<u64>,
    /// What became of it.
    pub receipt: Receipt,
}
/// A page of submissions, newest first (`GET /api/v1/submissions`).
pub struct SubmissionList {
    /// The submissions of the page.
    pub rows: Vec<SubmissionRow>,
    /// The place of the page.
    pub page: PageInfo,
}
/// Where the answer to a finding stands.
pub struct FindingAnswer {
    /// The state of the answer.
    pub state: AnswerState,
    /// What was answered last; null before the first answer.
    pub kind: Option<SubmissionKind>,
    /// The last day for the answer; null where its working days are not known.
    pub due: Option<String>,
    /// The year whose working days are not known, and for which an operator has to import the calendar; else null.
    pub unknown_year: Option<i16>,
    /// Days until then, negative once it is late; null without a day.
    pub days_left: Option<i32>,
    /// Whether more time was granted.
    pub extended: bool,
    /// When the state changed last; null before the first answer.
    pub changed_at: Option<String>,
    /// Who changed it; null before the first answer.
    pub changed_by: Option<String>,
}
/// The thread of a finding, which its unit and the authority see (`GET /api/v1/quality/findings/{id}/thread`).
pub struct FindingThread {
    /// The number of the finding.
    pub finding_id: u64,
    /// Where the answer stands.
    pub answer: FindingAnswer,
    /// The steps, oldest first.
    pub steps: Vec<FindingStep>,
    /// The submission that waits or was made last; null without one.
    pub submission: Option<SubmissionRow>,
}
/// A step of a thread: a message, an answer, a decision.
pub struct FindingStep {
    /// When it was taken.
    pub at: String,
    /// Who took it: the unit, the authority, or a rule of the configuration.
    pub side: Side,
    /// The name of the account.
    pub author: String,
    /// What was done.
    pub step: ThreadStep,
    /// The text; may be empty.
    pub text: String,
    /// The receipt that belongs to it; null without one.
    pub submission_id: Option<u64>,
    /// The file that was added; null without one.
    pub file: Option<ThreadFile>,
}
/// A file that stands in a thread (`GET /api/v1/quality/findings/{id}/files/{file_id}` answers it).
pub struct ThreadFile {
    /// Its number.
    pub file_id: u32,
    /// Its name.
    pub name: String,
    /// Its media type, by its content.
    pub media_type: String,
    /// Its bytes.
    pub bytes: u64,
    /// The SM3 hash of its content (GB/T 32905), 64 hexadecimal digits.
    pub sm3: String,
}
/// An answer of the unit (`POST /api/v1/quality/findings/{id}/answer`).
pub struct AnswerRequest {
    /// `corrected`, `right`, `more_time`, or `message` for a message alone.
    pub answer: ThreadStep,
    /// The reason or the message, 1 to 1,000 characters.
    pub text: String,
    /// The values that replace the wrong ones; for `corrected` alone.
    pub values: Option<Vec<TypedValue>>,
}
/// A decision about a submission or an answer.
pub struct AnswerDecision {
    /// Whether it is confirmed or accepted; else it is sent back.
    pub accept: bool,
    /// The reason, at most 1,000 characters; required to send back.
    pub text: String,
}
/// A message of the authority in the thread of a finding.
pub struct ThreadMessage {
    /// The message, 1 to 1,000 characters.
    pub text: String,
}
/// Why a unit withdraws a submission (`POST /api/v1/submissions/{id}/withdraw`).
pub struct SubmissionWithdrawal {
    /// The reason, 1 to 1,000 characters.
    pub reason: String,
}
/// Values typed by hand (`POST /api/v1/units/{code}/values`).
pub struct ValuesRequest {
    /// The values, at most as many as the configuration allows.
    pub values: Vec<TypedValue>,
    /// Why they are typed, 1 to 1,000 characters.
    pub reason: String,
}
/// What a file of values holds (`POST /api/v1/units/{code}/values/read`); nothing of it is stored.
pub struct ValuesFile {
    /// Rows of the file.
    pub rows: u32,
    /// Cells that are wrong; while there is one, nothing of the file should be submitted.
    pub errors: Vec<WrongCell>,
    /// The values in the units of their items, ready to be submitted.
    pub values: Vec<TypedValue>,
    /// What the unit's own history says about them; empty while a cell is wrong.
    pub notes: Vec<CheckNote>,
}
/// An outage of the unit's terminal (`POST /api/v1/units/{code}/outages`).
pub struct OutageRequest {
    /// The first day.
    pub from: String,
    /// The last day, included; it may be in the future.
    pub to: String,
    /// Why, 1 to 1,000 characters.
    pub reason: String,
}
/// What is needed to type values of a unit by hand (`GET /api/v1/units/{code}/manual-form`).
pub struct ManualForm {
    /// The items of the unit that have values of days or months.
    pub items: Vec<ManualItem>,
    /// The history of the item asked for; null where none was.
    pub history: Option<ItemHistory>,
}
/// An item of which values can be typed.
pub struct ManualItem {
    /// The data code.
    pub data_code: String,
    /// The Chinese name of its energy or other type.
    pub item_zh: String,
    /// The English name.
    pub item_en: String,
    /// The unit of its values; null where the dictionary names none.
    pub quantity_unit: Option<String>,
    /// Days of the last weeks without a value.
    pub missing_days: u32,
}
/// What the unit's own history says about an item.
pub struct ItemHistory {
    /// The data code.
    pub data_code: String,
    /// Day values before the days below, oldest first, those of missing days left out.
    pub past: Vec<f64>,
    /// The days, oldest first.
    pub days: Vec<HistoryDay>,
    /// The months of these days.
    pub months: Vec<HistoryMonth>,
}
/// A day of an item.
pub struct HistoryDay {
    /// The day.
    pub day: String,
    /// The value; null where it is missing.
    pub value: Option<f64>,
    /// Whether it was typed by hand.
    pub by_hand: bool,
    /// The value of the whole plant that this item is a part of; null for the whole plant itself.
    pub whole: Option<f64>,
    /// The sum of the other parts: of all parts for the whole plant, of the other ones for a part; null where there are none.
    pub parts: Option<f64>,
}
/// A month of an item.
pub struct HistoryMonth {
    /// The month, `YYYY-MM`.
    pub month: String,
    /// The value that was reported for the month; null where none was.
    pub value: Option<f64>,
    /// The sum of its days.
    pub days_sum: f64,
    /// Days of the month that have a value.
    pub days: u32,
}
/// What a person is still writing in a form.
pub struct Draft {
    /// What the form holds, as the form wrote it; null without a draft.
    pub body: Option<String>,
    /// When it was kept, local `YYYY-MM-DD HH:MM:SS`; whoever sends a draft leaves it out.
    pub changed_at: Option<String>,
}
}
