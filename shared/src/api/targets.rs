//! `GET /api/v1/inspection-targets`: units ranked by a score that can be recomputed by hand.

use super::common::{Scope, UnitRef};
use super::wire;

/// The six reasons; the order is the order on screen.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    NeverUploaded,
    Silent,
    Completeness,
    AboveLimit,
    WorseThanPeers,
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
pub struct InspectionTargets {
    pub scope: Scope,
    pub rules: Vec<ScoreRule>,
    pub reasons: Vec<ReasonCount>,
    /// Highest score first; only units with a reason.
    pub rows: Vec<TargetRow>,
}
/// The rule by which a reason becomes points; its parameters are configuration.
pub struct ScoreRule {
    pub reason: Reason,
    pub zh: String,
    pub en: String,
    pub formula_zh: String,
    pub formula_en: String,
    pub cap: f64,
}
pub struct ReasonCount {
    pub reason: Reason,
    pub units: u32,
    /// For the reason `silent`: the number of units that are still silent, while the others have reported again. `None`
    /// for other reasons.
    pub ongoing: Option<u32>,
    /// One figure more about the reason: longest silence, lowest completeness, potential …
    pub note_zh: String,
    pub note_en: String,
}
pub struct TargetRow {
    /// Equal scores are ordered by `before_caps`, then by `at_stake_tce`; units equal in all three share a rank.
    pub rank: u32,
    pub unit: UnitRef,
    pub tce: Option<f64>,
    pub score: f64,
    /// The sum of the parts as it would be without caps.
    pub before_caps: f64,
    /// Consumption of the span, else of the one before; `None` where neither is known.
    pub at_stake_tce: Option<f64>,
    pub parts: Vec<ScorePart>,
    pub sentence_zh: String,
    pub sentence_en: String,
    /// received / expected by day, last 30 days, oldest first.
    pub daily_completeness: Vec<Option<f64>>,
}
pub struct ScorePart {
    pub reason: Reason,
    pub points: f64,
    /// Points without the cap.
    pub before_cap: f64,
    /// The evidence: 「9月29日–10月7日无日值」
    pub evidence_zh: String,
    pub evidence_en: String,
    /// The arithmetic: 「9 天 × 1.6，上限 20」
    pub arithmetic_zh: String,
    pub arithmetic_en: String,
    /// Portal address of the evidence.
    pub link: String,
}
}
