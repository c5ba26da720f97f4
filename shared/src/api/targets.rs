//! `GET /api/v1/inspection-targets`: units ranked by a score that can be recomputed by hand.

use super::common::{Scope, UnitRef};
use super::wire;

/// Why a unit scores; the order is the order on screen.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The unit is approved or listed and never uploaded.
    NeverUploaded,
    /// The unit sent nothing for days that were due.
    Silent,
    /// Its completeness over the span is below the threshold of the rule.
    Completeness,
    /// Its unit product consumption is above the baseline level or limit grade 3.
    AboveLimit,
    /// Its intensity is above the upper quartile of its industry.
    WorseThanPeers,
    /// Meters of the unit are overdue for calibration.
    MeterOverdue,
}

impl crate::wire::json::FromJson for Reason {
    fn from_json(json: crate::wire::json::Json) -> Result<Self, crate::wire::json::Mismatch> {
        match String::from_json(json)?.as_str() {
            "never_uploaded" => Ok(Self::NeverUploaded),
            "silent" => Ok(Self::Silent),
            "completeness" => Ok(Self::Completeness),
            "above_limit" => Ok(Self::AboveLimit),
            "worse_than_peers" => Ok(Self::WorseThanPeers),
            "meter_overdue" => Ok(Self::MeterOverdue),
            _ => Err(crate::wire::json::mismatch("a reason")),
        }
    }
}

wire! {
/// Inspection targets (监察对象): units by a score that can be recomputed by hand.
pub struct InspectionTargets {
    /// What the figures cover.
    pub scope: Scope,
    /// The rules of the score, one per reason.
    pub rules: Vec<ScoreRule>,
    /// How many units score for each reason.
    pub reasons: Vec<ReasonCount>,
    /// Highest score first; only units with a reason.
    pub rows: Vec<TargetRow>,
}
/// The rule by which a reason becomes points. The rules and their parameters are this platform's choice.
pub struct ScoreRule {
    /// The reason.
    pub reason: Reason,
    /// The Chinese name of the reason.
    pub zh: String,
    /// The English name of the reason.
    pub en: String,
    /// The rule in Chinese, with its parameters.
    pub formula_zh: String,
    /// The rule in English, with its parameters.
    pub formula_en: String,
    /// The most points that the reason gives.
    pub cap: f64,
}
/// How many units score for a reason.
pub struct ReasonCount {
    /// The reason.
    pub reason: Reason,
    /// Units that score for it.
    pub units: u32,
    /// For the reason `silent`: the number of units that are still silent, while the others have reported again. Null
    /// for other reasons.
    pub ongoing: Option<u32>,
    /// One figure more about the reason in Chinese: longest silence, lowest completeness, potential …
    pub note_zh: String,
    /// The same in English.
    pub note_en: String,
}
/// A unit with a reason, its score and the parts of it.
pub struct TargetRow {
    /// The place from the first. Equal scores are ordered by `before_caps`, then by `at_stake_tce`; units equal in all
    /// three share a rank.
    pub rank: u32,
    /// The unit.
    pub unit: UnitRef,
    /// Comprehensive energy consumption of the span in tce on the basis of the scope; null without a figure.
    pub tce: Option<f64>,
    /// The sum of the points of its parts.
    pub score: f64,
    /// The sum of the parts as it would be without caps.
    pub before_caps: f64,
    /// Consumption of the span in tce, else of the earlier one; null where neither is known.
    pub at_stake_tce: Option<f64>,
    /// The reasons for which the unit scores, in their order.
    pub parts: Vec<ScorePart>,
    /// The evidence of all parts in Chinese.
    pub sentence_zh: String,
    /// The evidence of all parts in English.
    pub sentence_en: String,
    /// Received ÷ expected points by day, 0–1, of the 30 days up to yesterday, oldest first; null where nothing was
    /// due.
    pub daily_completeness: Vec<Option<f64>>,
}
/// The points of one reason, with their evidence and arithmetic.
pub struct ScorePart {
    /// The reason.
    pub reason: Reason,
    /// The points that count: `before_cap`, and at most the cap of the rule.
    pub points: f64,
    /// Points without the cap.
    pub before_cap: f64,
    /// The evidence in Chinese: 「9月29日–10月7日无日值」
    pub evidence_zh: String,
    /// The evidence in English.
    pub evidence_en: String,
    /// The arithmetic in Chinese: 「9 天 × 1.6，上限 20」
    pub arithmetic_zh: String,
    /// The arithmetic in English.
    pub arithmetic_en: String,
    /// The address of the portal at which the evidence stands.
    pub link: String,
}
}
