//! `/api/v1/quality/…`: rules with their parameters, findings with their evidence, the daily quality index per unit.
//! Shares are fractions; days `YYYY-MM-DD`; moments local `YYYY-MM-DD HH:MM:SS`.

use crate::codes::stat_type::StatType;

use super::common::{PageInfo, UnitRef};
use super::wire;

wire! {
/// `GET /api/v1/quality/rules`: the table of rules and the weights of the index.
pub struct QualityRules {
    pub rules: Vec<QualityRule>,
    pub weights: QualityWeights,
    /// Working days within which an outage is to be repaired; an open finding is overdue after.
    pub repair_working_days: u32,
}
pub struct QualityRule {
    /// `silent`, `stuck`, `unit_mixup` …: the name in findings and filters.
    pub rule: String,
    pub zh: String,
    pub en: String,
    pub about_zh: String,
    pub about_en: String,
    /// The part of the index that the rule affects: `completeness`, `timeliness`, `validity` or `conformity`.
    pub part: String,
    /// `high`, `medium` or `low`.
    pub severity: String,
    pub parameters: Vec<QualityParameter>,
    /// The source of the rule or of its limit, and how certain it is.
    pub source_zh: String,
    pub source_en: String,
    pub certainty: String,
}
pub struct QualityParameter {
    pub name: String,
    pub value: f64,
    /// `days`, `hours`, `minutes`, `share`, `times`, `units`, `digits`, `log10`, `power of ten`.
    pub unit: String,
    pub zh: String,
    pub en: String,
}
/// Weights of the five parts; parts without a figure leave the sum.
pub struct QualityWeights {
    pub completeness: f64,
    pub accuracy: f64,
    pub timeliness: f64,
    pub validity: f64,
    pub conformity: f64,
}
/// `GET /api/v1/quality/status`: how far the quality figures are behind the readings.
pub struct QualityStatus {
    /// (item, day) pairs that wait to be assessed; 0: up to date.
    pub behind_days: u64,
    /// Seconds for which the oldest of them has waited.
    pub behind_seconds: f64,
    /// The oldest day that waits.
    pub oldest_day: Option<String>,
    /// Pairs assessed in a minute, over the last steps; `None` where nothing was assessed lately.
    pub days_per_minute: Option<f64>,
    /// The last day whose absence counts as missing.
    pub assessed_until: Option<String>,
    pub open_findings: u64,
    pub updated_at: Option<String>,
}
/// `GET /api/v1/quality/findings`.
pub struct FindingList {
    pub rows: Vec<FindingRow>,
    pub page: PageInfo,
    /// Findings by rule, severity and state, over the filter without `rule`, `severity` and `state`.
    pub counts: Vec<FindingCount>,
    pub status: QualityStatus,
}
pub struct FindingCount {
    pub rule: String,
    pub severity: String,
    pub state: String,
    pub count: u64,
}
pub struct FindingRow {
    pub finding_id: u64,
    pub rule: String,
    pub severity: String,
    /// `open`, `resolved` (by data that came later) or `waived` (by an operator).
    pub state: String,
    pub unit: UnitRef,
    /// `None` for a finding about the whole unit.
    pub data_code: Option<String>,
    /// Name of the energy or other type of the item.
    pub item_zh: Option<String>,
    pub item_en: Option<String>,
    pub quantity_unit: Option<String>,
    /// The first and last day of the finding, and the number of days between them that it concerns.
    pub from: String,
    pub to: String,
    pub days: u32,
    /// When the platform found it first and last.
    pub first_seen: String,
    pub last_seen: String,
    pub resolved_at: Option<String>,
    /// Open longer than the working days for repair.
    pub overdue: bool,
    /// What was found, in one sentence with its figures.
    pub summary_zh: String,
    pub summary_en: String,
    pub waiver: Option<FindingWaiver>,
}
pub struct FindingWaiver {
    pub reason: String,
    pub by: String,
    pub at: String,
}
/// `GET /api/v1/quality/findings/{id}`.
pub struct FindingDetail {
    pub finding: FindingRow,
    pub rule: QualityRule,
    /// The readings that prove the finding, in order of time.
    pub evidence: Vec<EvidenceReading>,
    /// Readings of the same item on the days around it, suspect ones included, for a small chart.
    pub context: Vec<EvidenceReading>,
}
pub struct EvidenceReading {
    pub data_code: String,
    /// 0 real-time, 1 day, 2 month.
    pub stat_type: StatType,
    pub stat_date: String,
    /// `None`: nothing came.
    pub value: Option<f64>,
    /// The expected value, and the bounds in which it had to lie.
    pub expected: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub received_at: Option<String>,
    /// Whether the reading belongs to the finding and not to its surroundings.
    pub suspect: bool,
}
/// `POST /api/v1/quality/findings/{id}/waive`.
pub struct WaiveRequest {
    pub reason: String,
}
/// `GET /api/v1/quality/units`: the index of each unit over a span, worst first unless sorted otherwise.
pub struct QualityUnits {
    pub from: String,
    pub to: String,
    /// Units of the filter, and those of them of which some day of the span is assessed: the rows.
    pub units: u32,
    pub units_assessed: u32,
    pub rows: Vec<QualityUnitRow>,
    pub page: PageInfo,
    /// Over all units that are assessed: sums over sums, never a mean of shares.
    pub total: QualityFigures,
    pub weights: QualityWeights,
    pub status: QualityStatus,
}
/// The five parts and their weighted index; `None` where nothing was to be assessed.
pub struct QualityFigures {
    pub completeness: Option<f64>,
    pub accuracy: Option<f64>,
    pub timeliness: Option<f64>,
    pub validity: Option<f64>,
    pub conformity: Option<f64>,
    pub index: Option<f64>,
    pub expected: u64,
    pub received: u64,
}
pub struct QualityUnitRow {
    pub unit: UnitRef,
    pub figures: QualityFigures,
    /// Days on which something was due, and those on which nothing at all came.
    pub days: u32,
    pub silent_days: u32,
    pub late_days: u32,
    pub open_findings: u32,
    pub open_high: u32,
}
/// `GET /api/v1/quality/units/{enterpriseCode}?from&to`.
pub struct QualityUnitDays {
    pub unit: UnitRef,
    pub from: String,
    pub to: String,
    pub days: Vec<QualityDay>,
    pub items: Vec<QualityItemRow>,
    pub weights: QualityWeights,
}
pub struct QualityDay {
    pub day: String,
    pub figures: QualityFigures,
    /// Hours after it was due at which the day was complete; 0 when in time, `None` when nothing came.
    pub late_hours: Option<f64>,
    /// Findings that concern the day.
    pub findings: u32,
}
pub struct QualityItemRow {
    pub data_code: String,
    pub item_zh: String,
    pub item_en: String,
    pub figures: QualityFigures,
    pub open_findings: u32,
}
}
