//! The parameters of the score and the sentence that states each rule.

use nengce_shared::api::targets::{Reason, ScoreRule};
use nengce_shared::number::parameter;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;

/// Points, slopes and caps: this product's choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Points when a unit approved at least `never_days` ago never uploaded; fewer days scale.
    pub never_points: f64,
    /// Days after its approval at which a unit without any upload has all of these points.
    pub never_days: f64,
    /// Days without any value from which a unit is silent; points per day; cap.
    pub silent_from: u32,
    /// Points for each silent day.
    pub silent_per_day: f64,
    /// The most points for silence.
    pub silent_cap: f64,
    /// Completeness below which points fall due, in per cent; points per per cent; cap.
    pub complete_least: f64,
    /// Points for each percent below `complete_least`.
    pub complete_per_percent: f64,
    /// The most points for completeness.
    pub complete_cap: f64,
    /// Points for being above; more per per cent above; cap.
    pub above_points: f64,
    /// Points for each percent above the level.
    pub above_per_percent: f64,
    /// The most points for exceeding a level.
    pub above_cap: f64,
    /// Fewest units of a class of industry that make peers; points per per cent; cap.
    pub peers_least: usize,
    /// Points for each percent above the peers.
    pub peers_per_percent: f64,
    /// The most points for exceeding the peers.
    pub peers_cap: f64,
    /// Points per meter overdue; cap.
    pub meter_points: f64,
    /// The most points for overdue meters.
    pub meter_cap: f64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            never_points: 40.0,
            never_days: 30.0,
            silent_from: 3,
            silent_per_day: 1.6,
            silent_cap: 20.0,
            complete_least: COMPLETENESS_THRESHOLD * 100.0,
            complete_per_percent: 0.42,
            complete_cap: 20.0,
            above_points: 12.0,
            above_per_percent: 4.0,
            above_cap: 30.0,
            peers_least: 5,
            peers_per_percent: 0.35,
            peers_cap: 15.0,
            meter_points: 2.0,
            meter_cap: 10.0,
        }
    }
}

impl Rules {
    /// Every rule in words, in the order of the reasons.
    pub fn describe(&self) -> Vec<ScoreRule> {
        let of_uploads = [self.never_uploaded(), self.silent(), self.completeness()];
        let of_figures = [self.above_limit(), self.worse_than_peers(), self.meter_overdue()];
        of_uploads.into_iter().chain(of_figures).collect()
    }

    fn never_uploaded(&self) -> ScoreRule {
        let (days, points) = (parameter(self.never_days), parameter(self.never_points));
        ScoreRule {
            reason: Reason::NeverUploaded,
            zh: "从未上报".to_owned(),
            en: "Never uploaded".to_owned(),
            formula_zh: format!("批准满 {days} 天无数据计 {points} 分，不满按天数折算"),
            formula_en: format!(
                "{points} points when approved {days} days ago without data, in proportion before"
            ),
            cap: self.never_points,
        }
    }

    fn silent(&self) -> ScoreRule {
        let (from, per_day, cap) =
            (self.silent_from, parameter(self.silent_per_day), parameter(self.silent_cap));
        ScoreRule {
            reason: Reason::Silent,
            zh: "断报".to_owned(),
            en: "Silent".to_owned(),
            formula_zh: format!(
                "近 30 天内的最长断报（至今未恢复的自末日起算）满 {from} 天，天数 × {per_day}，上限 {cap}"
            ),
            formula_en: format!(
                "longest silence of the last 30 days (one that goes on counts from the last day with data), from {from} days: days × {per_day}, cap {cap}"
            ),
            cap: self.silent_cap,
        }
    }

    fn completeness(&self) -> ScoreRule {
        let least = parameter(self.complete_least);
        let (per_percent, cap) =
            (parameter(self.complete_per_percent), parameter(self.complete_cap));
        ScoreRule {
            reason: Reason::Completeness,
            zh: "完整率".to_owned(),
            en: "Completeness".to_owned(),
            formula_zh: format!("({least} − 完整率%) × {per_percent}，上限 {cap}"),
            formula_en: format!("({least} − completeness %) × {per_percent}, cap {cap}"),
            cap: self.complete_cap,
        }
    }

    fn above_limit(&self) -> ScoreRule {
        let points = parameter(self.above_points);
        let (per_percent, cap) = (parameter(self.above_per_percent), parameter(self.above_cap));
        ScoreRule {
            reason: Reason::AboveLimit,
            zh: "超限额或基准".to_owned(),
            en: "Above limit or baseline".to_owned(),
            formula_zh: format!(
                "超基准（未超基准时看 3 级限额）{points} 分，每超 1% 加 {per_percent}，上限 {cap}"
            ),
            formula_en: format!(
                "{points} points above the baseline (limit grade 3 where the baseline is kept or there is none), {per_percent} more per 1% above, cap {cap}"
            ),
            cap: self.above_cap,
        }
    }

    fn worse_than_peers(&self) -> ScoreRule {
        let least = self.peers_least;
        let (per_percent, cap) = (parameter(self.peers_per_percent), parameter(self.peers_cap));
        ScoreRule {
            reason: Reason::WorseThanPeers,
            zh: "劣于同业 P75".to_owned(),
            en: "Worse than peers' P75".to_owned(),
            formula_zh: format!(
                "强度高于同业 P75 的百分数 × {per_percent}，上限 {cap}；同业不足 {least} 家不判"
            ),
            formula_en: format!(
                "per cent above the peers' P75 × {per_percent}, cap {cap}; no verdict with fewer than {least} peers"
            ),
            cap: self.peers_cap,
        }
    }

    fn meter_overdue(&self) -> ScoreRule {
        let (points, cap) = (parameter(self.meter_points), parameter(self.meter_cap));
        ScoreRule {
            reason: Reason::MeterOverdue,
            zh: "计量逾期".to_owned(),
            en: "Calibration overdue".to_owned(),
            formula_zh: format!("逾期台数 × {points}，上限 {cap}"),
            formula_en: format!("meters overdue × {points}, cap {cap}"),
            cap: self.meter_cap,
        }
    }
}
