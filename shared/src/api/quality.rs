//! `/api/v1/quality/…`: rules with their parameters, findings with their evidence, the daily quality index per unit.
//! Shares are fractions; days `YYYY-MM-DD`; moments local `YYYY-MM-DD HH:MM:SS`.

use crate::codes::stat_type::StatType;

use super::common::{PageInfo, UnitRef};
use super::submission::FindingAnswer;
use super::wire;

wire! {
/// The rules of data quality and the weights of the index (`GET /api/v1/quality/rules`).
pub struct QualityRules {
    /// The rules, in the order in which they are shown.
    pub rules: Vec<QualityRule>,
    /// The weights of the index.
    pub weights: QualityWeights,
    /// Working days within which an outage is to be repaired; an open finding is overdue after.
    pub repair_working_days: u32,
}
/// A rule of data quality.
pub struct QualityRule {
    /// The name in findings and filters: `silent`, `stuck`, `unit_mixup` …
    pub rule: String,
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
    /// What the rule finds, in Chinese.
    pub about_zh: String,
    /// What the rule finds, in English.
    pub about_en: String,
    /// The part of the index that the rule affects: `completeness`, `timeliness`, `validity` or `conformity`.
    pub part: String,
    /// The severity of its findings: `high`, `medium` or `low`.
    pub severity: String,
    /// The parameters of the rule.
    pub parameters: Vec<QualityParameter>,
    /// The source of the rule or of its limit, in Chinese.
    pub source_zh: String,
    /// The same in English.
    pub source_en: String,
    /// How certain the rule is: `found` in a source, or `inferred` from what was found.
    pub certainty: String,
}
/// A parameter of a rule.
pub struct QualityParameter {
    /// The name of the parameter.
    pub name: String,
    /// The value in `unit`.
    pub value: f64,
    /// The unit: `days`, `hours`, `minutes`, `share`, `times`, `units`, `log10` or `power of ten`.
    pub unit: String,
    /// The meaning in Chinese.
    pub zh: String,
    /// The meaning in English.
    pub en: String,
}
/// Weights of the five parts of the index (this platform's choice, configurable); parts without a figure leave the sum.
pub struct QualityWeights {
    /// The weight of completeness.
    pub completeness: f64,
    /// The weight of accuracy.
    pub accuracy: f64,
    /// The weight of timeliness.
    pub timeliness: f64,
    /// The weight of validity.
    pub validity: f64,
    /// The weight of conformity.
    pub conformity: f64,
}
/// How far the quality figures are behind the readings (`GET /api/v1/quality/status`).
pub struct QualityStatus {
    /// (item, day) pairs that wait to be assessed; 0: up to date.
    pub behind_days: u64,
    /// Seconds for which the oldest of them has waited.
    pub behind_seconds: f64,
    /// The oldest day that waits, `YYYY-MM-DD`; null where none waits.
    pub oldest_day: Option<String>,
    /// Pairs assessed in a minute, over the last steps; null where nothing was assessed lately.
    pub days_per_minute: Option<f64>,
    /// The last day whose absence counts as missing; null before the first assessment.
    pub assessed_until: Option<String>,
    /// The number of open findings.
    pub open_findings: u64,
    /// When days were last assessed, local time; null before the first assessment.
    pub updated_at: Option<String>,
}
/// A page of the findings, newest day first (`GET /api/v1/quality/findings`).
pub struct FindingList {
    /// The findings of the page.
    pub rows: Vec<FindingRow>,
    /// The place of the page.
    pub page: PageInfo,
    /// Findings by rule, severity and state, over the filter without `rule`, `severity` and `state`.
    pub counts: Vec<FindingCount>,
    /// How far the quality figures are behind the readings.
    pub status: QualityStatus,
}
/// The number of findings of one rule in one state.
pub struct FindingCount {
    /// The name of the rule.
    pub rule: String,
    /// The severity of the rule.
    pub severity: String,
    /// `open`, `resolved` or `waived`.
    pub state: String,
    /// The number of findings.
    pub count: u64,
}
/// A finding: marks of one rule on neighbouring days of one item or unit.
pub struct FindingRow {
    /// The number of the finding.
    pub finding_id: u64,
    /// The name of the rule.
    pub rule: String,
    /// The severity of the rule: `high`, `medium` or `low`.
    pub severity: String,
    /// `open`, `resolved` (by data that came later) or `waived` (by an operator).
    pub state: String,
    /// The unit.
    pub unit: UnitRef,
    /// The data code of the item; null for a finding about the whole unit.
    pub data_code: Option<String>,
    /// The Chinese name of the item's energy or other type; null where the dictionary has none.
    pub item_zh: Option<String>,
    /// The English name of the item's energy or other type; null where the dictionary has none.
    pub item_en: Option<String>,
    /// The unit of the item's values; null where the dictionary names none.
    pub quantity_unit: Option<String>,
    /// The first day of the finding, `YYYY-MM-DD`.
    pub from: String,
    /// The last day of the finding, included.
    pub to: String,
    /// The number of days between them that it concerns.
    pub days: u32,
    /// When the platform found it first, local time `YYYY-MM-DD HH:MM:SS`.
    pub first_seen: String,
    /// When the platform found it last, local time.
    pub last_seen: String,
    /// When later data resolved it, local time; null where they have not.
    pub resolved_at: Option<String>,
    /// Whether it is open longer than the working days for repair.
    pub overdue: bool,
    /// What was found, in one Chinese sentence with its figures.
    pub summary_zh: String,
    /// The same in English.
    pub summary_en: String,
    /// Who waived it, and why; null where nobody did.
    pub waiver: Option<FindingWaiver>,
    /// Where the answer of the unit stands; `changed_by` is null for readers who have not signed in.
    pub answer: FindingAnswer,
    /// The last day on which an outage that the unit reported excuses missing uploads; null where none does.
    pub excused_until: Option<String>,
}
/// An operator's reason for setting a finding aside.
pub struct FindingWaiver {
    /// The reason.
    pub reason: String,
    /// The operator.
    pub by: String,
    /// When it was waived, local time.
    pub at: String,
}
/// A finding with its evidence (`GET /api/v1/quality/findings/{id}`).
pub struct FindingDetail {
    /// The finding.
    pub finding: FindingRow,
    /// The rule that found it.
    pub rule: QualityRule,
    /// The readings that prove the finding, by item and in order of time.
    pub evidence: Vec<EvidenceReading>,
    /// Day figures of the same item around the finding, those of its own days included, for a small chart.
    pub context: Vec<EvidenceReading>,
}
/// A reading of a finding or of its surroundings.
pub struct EvidenceReading {
    /// The data code; empty where a rejected entry names no known item.
    pub data_code: String,
    /// The length of the period: 0 real-time, 1 day, 2 month, 3 year.
    pub stat_type: StatType,
    /// The start of the period, local time `YYYY-MM-DD HH:MM:SS`.
    pub stat_date: String,
    /// The value in the unit of the item; null where nothing came.
    pub value: Option<f64>,
    /// The expected value; null where the rule expects none.
    pub expected: Option<f64>,
    /// The lower bound of what the rule accepts; null where it has none.
    pub low: Option<f64>,
    /// The upper bound of what the rule accepts; null where it has none.
    pub high: Option<f64>,
    /// When it was received, local time; null where that is not part of the evidence.
    pub received_at: Option<String>,
    /// Whether the reading belongs to the finding and not to its surroundings.
    pub suspect: bool,
}
/// An operator's reason to set a finding aside (`POST /api/v1/quality/findings/{id}/waive`).
pub struct WaiveRequest {
    /// The reason, 1 to 1,000 characters.
    pub reason: String,
}
/// The index of each unit over a span, worst first unless sorted otherwise (`GET /api/v1/quality/units`).
pub struct QualityUnits {
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day, included.
    pub to: String,
    /// The number of approved units of the filter.
    pub units: u32,
    /// The number of units of which some day of the span is assessed: the rows of the list.
    pub units_assessed: u32,
    /// The units of the page.
    pub rows: Vec<QualityUnitRow>,
    /// The place of the page.
    pub page: PageInfo,
    /// The figures of all units that are assessed: sums over sums, never a mean of shares.
    pub total: QualityFigures,
    /// The weights of the index.
    pub weights: QualityWeights,
    /// How far the quality figures are behind the readings.
    pub status: QualityStatus,
}
/// The five parts of the index, 0–1, and the index; null where nothing was to be assessed.
pub struct QualityFigures {
    /// Points received ÷ points expected.
    pub completeness: Option<f64>,
    /// Meters within their calibration ÷ meters with a known next calibration; null for an item.
    pub accuracy: Option<f64>,
    /// Item-days that came in time ÷ item-days that came or were due since the connection.
    pub timeliness: Option<f64>,
    /// Item-days without a validity mark, and without a value that the sender marks as invalid ÷ item-days with data.
    pub validity: Option<f64>,
    /// Item-days without a conformity mark ÷ item-days with data.
    pub conformity: Option<f64>,
    /// The weighted mean of the parts that have a figure.
    pub index: Option<f64>,
    /// Points that were expected.
    pub expected: u64,
    /// Points that came, no more than were expected.
    pub received: u64,
}
/// A unit with its quality figures over the span.
pub struct QualityUnitRow {
    /// The unit.
    pub unit: UnitRef,
    /// Its quality figures.
    pub figures: QualityFigures,
    /// Days on which something was due.
    pub days: u32,
    /// Days of them on which nothing came.
    pub silent_days: u32,
    /// Days on which something came late.
    pub late_days: u32,
    /// Its open findings, of whatever day.
    pub open_findings: u32,
    /// Those of high severity.
    pub open_high: u32,
}
/// The quality of one unit by day and by item (`GET /api/v1/quality/units/{enterpriseCode}?from&to`).
pub struct QualityUnitDays {
    /// The unit.
    pub unit: UnitRef,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day, included.
    pub to: String,
    /// The assessed days, oldest first.
    pub days: Vec<QualityDay>,
    /// The items over the whole span, by data code.
    pub items: Vec<QualityItemRow>,
    /// The weights of the index.
    pub weights: QualityWeights,
}
/// The quality of one day.
pub struct QualityDay {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// The quality figures of the day.
    pub figures: QualityFigures,
    /// Hours after it was due at which the first value of the latest item came, rounded up; 0 when in time, null when
    /// nothing came.
    pub late_hours: Option<f64>,
    /// Findings that concern the day.
    pub findings: u32,
}
/// The quality of one data item over the span.
pub struct QualityItemRow {
    /// The data code.
    pub data_code: String,
    /// The Chinese name of its energy or other type; the code where the dictionary has none.
    pub item_zh: String,
    /// The English name of its energy or other type; the code where the dictionary has none.
    pub item_en: String,
    /// Its quality figures.
    pub figures: QualityFigures,
    /// Its open findings, of whatever day.
    pub open_findings: u32,
}
}
