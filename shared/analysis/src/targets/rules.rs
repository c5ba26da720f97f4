//! The parameters of the score and the sentence that states each rule.

use nengce_shared::api::targets::{Reason, ScoreRule};
use nengce_shared::number::plain;

/// Points, slopes and caps: this product's choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Points when a unit approved at least `never_days` ago never uploaded; fewer days scale.
    pub never_points: f64,
    pub never_days: f64,
    /// Days without any value from which a unit is silent; points per day; cap.
    pub silent_from: u32,
    pub silent_per_day: f64,
    pub silent_cap: f64,
    /// Completeness below which points fall due, in per cent; points per per cent; cap.
    pub complete_least: f64,
    pub complete_per_percent: f64,
    pub complete_cap: f64,
    /// Points for being above; more per per cent above; cap.
    pub above_points: f64,
    pub above_per_percent: f64,
    pub above_cap: f64,
    /// Fewest units of a class of industry that make peers; points per per cent; cap.
    pub peers_least: usize,
    pub peers_per_percent: f64,
    pub peers_cap: f64,
    /// Points per meter overdue; cap.
    pub meter_points: f64,
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
            complete_least: 90.0,
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

/// A parameter without needless decimals.
pub fn short(value: f64) -> String {
    let text = plain(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Rules {
    /// Every rule in words, in the order of the reasons.
    pub fn describe(&self) -> Vec<ScoreRule> {
        let rule =
            |reason, names: (&str, &str), formula_zh: String, formula_en: String, cap: f64| {
                ScoreRule {
                    reason,
                    zh: names.0.to_owned(),
                    en: names.1.to_owned(),
                    formula_zh,
                    formula_en,
                    cap,
                }
            };
        let s = short;
        vec![
            rule(
                Reason::NeverUploaded,
                ("从未上报", "Never uploaded"),
                format!(
                    "批准满 {} 天无数据计 {} 分，不满按天数折算",
                    s(self.never_days),
                    s(self.never_points)
                ),
                format!(
                    "{} points when approved {} days ago without data, in proportion before",
                    s(self.never_points),
                    s(self.never_days)
                ),
                self.never_points,
            ),
            rule(
                Reason::Silent,
                ("断报", "Silent"),
                format!(
                    "近 30 天内的最长断报（至今未恢复的自末日起算）满 {} 天，天数 × {}，上限 {}",
                    self.silent_from,
                    s(self.silent_per_day),
                    s(self.silent_cap)
                ),
                format!(
                    "longest silence of the last 30 days (one that goes on counts from the last day with data), from {} days: days × {}, cap {}",
                    self.silent_from,
                    s(self.silent_per_day),
                    s(self.silent_cap)
                ),
                self.silent_cap,
            ),
            rule(
                Reason::Completeness,
                ("完整率", "Completeness"),
                format!(
                    "({} − 完整率%) × {}，上限 {}",
                    s(self.complete_least),
                    s(self.complete_per_percent),
                    s(self.complete_cap)
                ),
                format!(
                    "({} − completeness %) × {}, cap {}",
                    s(self.complete_least),
                    s(self.complete_per_percent),
                    s(self.complete_cap)
                ),
                self.complete_cap,
            ),
            rule(
                Reason::AboveLimit,
                ("超限额或基准", "Above limit or baseline"),
                format!(
                    "超基准（未超基准时看 3 级限额）{} 分，每超 1% 加 {}，上限 {}",
                    s(self.above_points),
                    s(self.above_per_percent),
                    s(self.above_cap)
                ),
                format!(
                    "{} points above the baseline (limit grade 3 where the baseline is kept or there is none), {} more per 1% above, cap {}",
                    s(self.above_points),
                    s(self.above_per_percent),
                    s(self.above_cap)
                ),
                self.above_cap,
            ),
            rule(
                Reason::WorseThanPeers,
                ("劣于同业 P75", "Worse than peers' P75"),
                format!(
                    "强度高于同业 P75 的百分数 × {}，上限 {}；同业不足 {} 家不判",
                    s(self.peers_per_percent),
                    s(self.peers_cap),
                    self.peers_least
                ),
                format!(
                    "per cent above the peers' P75 × {}, cap {}; no verdict with fewer than {} peers",
                    s(self.peers_per_percent),
                    s(self.peers_cap),
                    self.peers_least
                ),
                self.peers_cap,
            ),
            rule(
                Reason::MeterOverdue,
                ("计量逾期", "Calibration overdue"),
                format!("逾期台数 × {}，上限 {}", s(self.meter_points), s(self.meter_cap)),
                format!("meters overdue × {}, cap {}", s(self.meter_points), s(self.meter_cap)),
                self.meter_cap,
            ),
        ]
    }
}
