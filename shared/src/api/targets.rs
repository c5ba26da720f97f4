//! `GET /api/v1/inspection-targets`: units ranked by a score that can be recomputed by hand.

use super::common::{Scope, UnitRef};
use super::wire;
use crate::lang::Lang;

crate::wire_enum! {
    /// Why a unit scores; the order is the order on screen.
    pub enum Reason {
        /// The unit is approved or listed and never uploaded.
        NeverUploaded = 1, "never_uploaded", "从未上报", "Never uploaded";
        /// The unit sent nothing for days that were due.
        Silent = 2, "silent", "断报", "Silent";
        /// Its completeness over the span is below the threshold of the rule.
        Completeness = 3, "completeness", "完整率", "Completeness";
        /// Open findings of rules that suggest that its figures are not what was measured.
        SuspectData = 4, "suspect_data", "数据存疑", "Suspect data";
        /// The deadline of the answer to a finding has passed.
        Unanswered = 5, "unanswered", "逾期未答复", "Answer overdue";
        /// Its unit product consumption is above the baseline level or limit grade 3.
        AboveLimit = 6, "above_limit", "超限额或基准", "Above limit or baseline";
        /// Its intensity is above the upper quartile of its industry.
        WorseThanPeers = 7, "worse_than_peers", "劣于同业 P75", "Worse than peers' P75";
        /// Its intensity is above that quartile, and above its own of a year before.
        RisingIntensity = 8, "rising_intensity", "劣且上升", "Worse and rising";
        /// Meters of the unit are overdue for calibration.
        MeterOverdue = 9, "meter_overdue", "计量逾期", "Calibration overdue";
        /// Its consumption runs ahead of its own control target of the year.
        OverTarget = 10, "over_target", "超控制目标进度", "Ahead of its target";
        /// Orders that it did not carry out, and fines, within three years.
        RepeatOffender = 11, "repeat_offender", "屡次违法", "Repeat offender";
        /// Quarters since officers were last on site.
        NotVisited = 12, "not_visited", "久未监察", "Not visited for long";
    }
}

wire! {
/// Inspection targets (监察对象): units by a score that can be recomputed by hand.
pub struct InspectionTargets {
    /// What the figures cover.
    pub scope: Scope,
    /// The criteria of the score, one per reason, as this answer uses them.
    pub criteria: Vec<Criterion>,
    /// How many units score for each reason.
    pub reasons: Vec<ReasonCount>,
    /// Highest score first; only units with points.
    pub rows: Vec<TargetRow>,
    /// Units with evidence that gives no points under these criteria, and would under others.
    pub others: Vec<TargetRow>,
}
/// How the evidence of a reason becomes points: `weight` × its degree. The degree is `start` at `from`, 1 from `full` on, in
/// proportion between, and 0 before `from`. The parameters are this platform's choice; `?criteria=` changes them.
pub struct Criterion {
    /// The reason.
    pub reason: Reason,
    /// The Chinese name of the reason.
    pub zh: String,
    /// The English name of the reason.
    pub en: String,
    /// What is measured, in Chinese.
    pub measures_zh: String,
    /// What is measured, in English.
    pub measures_en: String,
    /// The unit of what is measured, in Chinese.
    pub unit_zh: String,
    /// The unit of what is measured, in English.
    pub unit_en: String,
    /// The most points that the reason gives.
    pub weight: f64,
    /// The value from which points are given, in the unit.
    pub from: f64,
    /// The value that gives all points, in the unit; below `from` where less is worse.
    pub full: f64,
    /// The degree at `from`, 0–1.
    pub start: f64,
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
    /// The place from the first; null without points. Equal scores are ordered by `before_caps`, then by `at_stake_tce`;
    /// units equal in all three share a rank.
    pub rank: Option<u32>,
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
    /// The reasons of which there is evidence, in their order; those without points are no reason for a visit.
    pub parts: Vec<ScorePart>,
    /// Received ÷ expected points by day, 0–1, of the 30 days up to yesterday, oldest first; null where nothing was
    /// due.
    pub daily_completeness: Vec<Option<f64>>,
}
/// The evidence of one reason and the points that it gives.
pub struct ScorePart {
    /// The reason.
    pub reason: Reason,
    /// What was measured, in the unit of the criterion.
    pub value: f64,
    /// The points that count: `before_cap`, and at most the weight of the criterion.
    pub points: f64,
    /// Points without the cap.
    pub before_cap: f64,
    /// The evidence in Chinese: 「9月29日–10月7日无日值」
    pub evidence_zh: String,
    /// The evidence in English.
    pub evidence_en: String,
    /// The address of the portal at which the evidence stands.
    pub link: String,
}
}

impl TargetRow {
    /// The points of a reason.
    pub fn points_of(&self, reason: Reason) -> f64 {
        self.parts.iter().filter(|it| it.reason == reason).map(|it| it.points).sum()
    }

    /// The evidence of all parts with points: the reason for a visit in one sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        let scoring = self.parts.iter().filter(|it| it.points > 0.0);
        let evidence = scoring.map(|it| lang.pick(&it.evidence_zh, &it.evidence_en));
        evidence.collect::<Vec<_>>().join(lang.pick("；", "; "))
    }
}
