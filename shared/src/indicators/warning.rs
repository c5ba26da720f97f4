//! Warning levels (晴雨表) of intensity and of total consumption, with the rule that gave them. Source of the intensity
//! rule: 发改办环资〔2021〕629号. Thresholds of the total were not found; those here are this product's choice.

use serde::{Deserialize, Serialize};

use crate::indicators::quality::COMPLETENESS_THRESHOLD;
use crate::wire::lang::Lang;
use crate::wire::number;

/// Document the intensity levels come from.
pub const SOURCE: &str = "发改办环资〔2021〕629号";

/// Changes within this distance of zero or of the requirement are equal to it, since they differ by rounding only.
const TOLERANCE: f64 = 1e-12;

crate::wire_enum! {
    /// Warning level; pending when no assessment is possible.
    pub enum WarningLevel {
        Level1 = 1, "level1", "一级 · 红", "Level 1 · red";
        Level2 = 2, "level2", "二级 · 黄", "Level 2 · yellow";
        Level3 = 3, "level3", "三级 · 绿", "Level 3 · green";
        Pending = 4, "pending", "待核", "Pending";
    }
}

crate::wire_enum! {
    /// The rule that gave a level.
    pub enum WarningRule {
        Rose = 1, "rose", "强度不降反升", "Intensity rose";
        FellLessThanRequired = 2, "fell_less_than_required", "强度下降但小于应降", "Intensity fell, but less than required";
        Met = 3, "met", "降幅达到应降", "Intensity fell as required";
        Incomplete = 4, "incomplete", "完整率低于门槛", "Completeness below the threshold";
        NoTarget = 5, "no_target", "缺目标", "No target";
        NoComparison = 6, "no_comparison", "缺可比的上年数据", "No comparable figure of the year before";
        FarOverTrajectory = 7, "far_over_trajectory", "总量明显超出控制轨迹", "Total far over the target trajectory";
        OverTrajectory = 8, "over_trajectory", "总量超出控制轨迹", "Total over the target trajectory";
        WithinTrajectory = 9, "within_trajectory", "总量在控制轨迹之内", "Total within the target trajectory";
    }
}

/// A level, why, and how far from the rule: positive margin is room, negative is shortfall, as a
/// fraction (for sorting by distance to the rule, not by level alone).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// The level.
    pub level: WarningLevel,
    /// The rule that gave it.
    pub rule: WarningRule,
    /// Fall achieved minus fall required, or room under the trajectory; `None` while pending.
    pub margin: Option<f64>,
}

/// Ratios over the trajectory from which the total is at a level (0.01 = 1 % over).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TotalThresholds {
    /// Above this, level 1.
    pub level1_over: f64,
    /// Above this, level 2.
    pub level2_over: f64,
}

impl Default for TotalThresholds {
    /// The thresholds of this product: 1 % above the trajectory for level 1, the trajectory itself for level 2.
    fn default() -> Self {
        Self { level1_over: 0.01, level2_over: 0.0 }
    }
}

/// Level of intensity: it rose → 1; fell less than required → 2; otherwise 3 (629号, the colours
/// yellow and green as in the secondary sources). Pending when completeness is unknown or under
/// [`COMPLETENESS_THRESHOLD`], or the target or the comparison is missing.
///
/// `change` is signed (−0.027 = fell 2.7 %); `required_fall` is positive (0.03 = must fall 3 %).
pub fn intensity_level(
    change: Option<f64>,
    required_fall: Option<f64>,
    completeness: Option<f64>,
) -> Warning {
    if !is_complete(completeness) {
        return pending(WarningRule::Incomplete);
    }
    let (Some(change), Some(required)) = (change, required_fall) else {
        let no_target = required_fall.is_none();
        return pending(if no_target { WarningRule::NoTarget } else { WarningRule::NoComparison });
    };
    let margin = -change - required;
    let (level, rule) = if change > TOLERANCE {
        (WarningLevel::Level1, WarningRule::Rose)
    } else if margin < -TOLERANCE {
        (WarningLevel::Level2, WarningRule::FellLessThanRequired)
    } else {
        (WarningLevel::Level3, WarningRule::Met)
    };
    Warning { level, rule, margin: Some(margin) }
}

/// Level of total consumption. `ratio_over_trajectory` is actual / trajectory − 1, both cumulated
/// to the same month; `None` when there is no target.
pub fn total_level(
    ratio_over_trajectory: Option<f64>,
    completeness: Option<f64>,
    thresholds: TotalThresholds,
) -> Warning {
    if !is_complete(completeness) {
        return pending(WarningRule::Incomplete);
    }
    let Some(over) = ratio_over_trajectory else {
        return pending(WarningRule::NoTarget);
    };
    let (level, rule) = if over > thresholds.level1_over + TOLERANCE {
        (WarningLevel::Level1, WarningRule::FarOverTrajectory)
    } else if over > thresholds.level2_over + TOLERANCE {
        (WarningLevel::Level2, WarningRule::OverTrajectory)
    } else {
        (WarningLevel::Level3, WarningRule::WithinTrajectory)
    };
    Warning { level, rule, margin: Some(thresholds.level2_over - over) }
}

/// The whole intensity rule in one sentence, with its source.
pub fn intensity_rule_text(lang: Lang) -> String {
    let complete = number::threshold(COMPLETENESS_THRESHOLD);
    match lang {
        Lang::Zh => format!(
            "强度不降反升为一级，下降但小于应降为二级，降幅达到应降为三级；完整率低于 {complete} 或缺目标为待核（{SOURCE}）"
        ),
        Lang::En => format!(
            "Intensity rose: level 1; fell, but less than required: level 2; fell as required: level 3; under {complete} complete or without a target: pending ({SOURCE})"
        ),
    }
}

/// The whole rule of total consumption in one sentence.
pub fn total_rule_text(thresholds: TotalThresholds, lang: Lang) -> String {
    let complete = number::threshold(COMPLETENESS_THRESHOLD);
    let over = |it: f64| match lang {
        Lang::Zh if it == 0.0 => "高出控制轨迹".to_owned(),
        Lang::Zh => format!("高出控制轨迹 {} 以上", number::threshold(it)),
        Lang::En if it == 0.0 => "over the trajectory".to_owned(),
        Lang::En => format!("more than {} over the trajectory", number::threshold(it)),
    };
    let (level1, level2) = (over(thresholds.level1_over), over(thresholds.level2_over));
    match lang {
        Lang::Zh => format!(
            "总量：累计{level1}为一级，{level2}为二级，否则为三级；完整率低于 {complete} 或缺目标为待核（门槛为本系统设定）"
        ),
        Lang::En => format!(
            "Cumulative total {level1}: level 1; {level2}: level 2; otherwise level 3; under {complete} complete or without a target: pending (thresholds are this system's own)"
        ),
    }
}

fn is_complete(completeness: Option<f64>) -> bool {
    completeness.is_some_and(|it| it >= COMPLETENESS_THRESHOLD)
}

fn pending(rule: WarningRule) -> Warning {
    Warning { level: WarningLevel::Pending, rule, margin: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intensity_levels_follow_the_rule() {
        use WarningLevel::*;
        use WarningRule::*;
        for (change, required, complete, level, rule) in [
            (Some(0.001), Some(0.03), Some(1.0), Level1, Rose),
            // The same intensity summed in another order has not risen.
            (Some(2.3e-16), Some(0.03), Some(1.0), Level2, FellLessThanRequired),
            (Some(0.0), Some(0.03), Some(1.0), Level2, FellLessThanRequired),
            (Some(-0.027), Some(0.03), Some(0.95), Level2, FellLessThanRequired),
            (Some(-0.03), Some(0.03), Some(0.9), Level3, Met),
            (Some(0.97 - 1.0), Some(0.03), Some(0.9), Level3, Met),
            (Some(-0.05), Some(0.03), Some(0.899), Pending, Incomplete),
            (Some(-0.05), Some(0.03), None, Pending, Incomplete),
            (Some(0.05), None, Some(1.0), Pending, NoTarget),
            (None, Some(0.03), Some(1.0), Pending, NoComparison),
        ] {
            let it = intensity_level(change, required, complete);
            assert_eq!((it.level, it.rule), (level, rule), "{change:?} {required:?} {complete:?}");
            assert_eq!(it.margin.is_none(), level == Pending);
        }
    }

    #[test]
    fn total_levels_follow_the_given_thresholds() {
        let thresholds = TotalThresholds { level1_over: 0.02, level2_over: 0.005 };
        let level = |over| total_level(over, Some(1.0), thresholds).level;
        assert_eq!(level(Some(0.021)), WarningLevel::Level1);
        assert_eq!(level(Some(0.02)), WarningLevel::Level2);
        assert_eq!(level(Some(0.005)), WarningLevel::Level3);
        assert_eq!(level(Some(-0.1)), WarningLevel::Level3);
        assert_eq!(level(None), WarningLevel::Pending);
        let incomplete = total_level(Some(0.5), Some(0.5), thresholds);
        assert_eq!(incomplete.rule, WarningRule::Incomplete);
    }

    #[test]
    fn the_rule_names_its_source() {
        for lang in Lang::ALL {
            assert!(intensity_rule_text(*lang).contains("629号"));
        }
    }

    #[test]
    fn the_rule_of_the_total_says_the_thresholds_in_force() {
        let thresholds = TotalThresholds { level1_over: 0.025, level2_over: 0.005 };
        for lang in Lang::ALL {
            let text = total_rule_text(thresholds, *lang);
            assert!(["2.5%", "0.5%", "90%"].iter().all(|it| text.contains(it)), "{text}");
        }
        let text = total_rule_text(TotalThresholds::default(), Lang::Zh);
        assert!(text.contains("高出控制轨迹 1% 以上为一级，高出控制轨迹为二级"), "{text}");
    }
}
