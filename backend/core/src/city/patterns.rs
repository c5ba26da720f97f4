//! Patterns of invented items that look odd on a single day but are no fault: heating, campaigns, a lasting change of
//! level.

use super::calendar::Day;
use super::noise;

/// How an item moves apart from the unit's activity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DemoPattern {
    /// The item follows the unit's activity.
    None,
    /// The item heats rooms only: it is off from April to October, and otherwise follows the weather.
    Heating,
    /// The item runs for weeks and stands for weeks.
    Campaign {
        /// The days of one cycle.
        days: i32,
        /// The shift of the first cycle in days.
        shift: i32,
    },
    /// The item changes its level on a day.
    Step {
        /// The day of the change.
        from: i32,
        /// The new level as a multiple of the old one.
        factor: f64,
    },
}

/// Rooms are heated below this mean temperature, in °C.
const WARM_ENOUGH: f64 = 11.0;

impl DemoPattern {
    /// The name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Heating => "heating",
            Self::Campaign { .. } => "campaign",
            Self::Step { .. } => "lasting step",
        }
    }

    /// The factor of the pattern on the item's usual day; `key` identifies the item.
    pub fn factor(self, seed: u64, key: u64, day: &Day) -> f64 {
        match self {
            Self::None => 1.0,
            Self::Heating => heating(seed, key, day),
            Self::Campaign { days, shift } => {
                let turn = (day.index + shift).div_euclid(days);
                let drawn = noise::hash(seed, key, 71, turn as u32 as u64) % 1_000;
                let running = 0.45 + 0.3 * drawn as f64 / 1_000.0;
                let at = f64::from((day.index + shift).rem_euclid(days)) / f64::from(days);
                if at < running { 1.0 } else { 0.0 }
            }
            Self::Step { from, factor } => {
                if day.index < from {
                    1.0
                } else {
                    factor
                }
            }
        }
    }
}

fn heating(seed: u64, key: u64, day: &Day) -> f64 {
    if (4..=10).contains(&day.date.month()) {
        return 0.0;
    }
    let own = 2.0 * noise::normal(seed, key, 72, day.index as u32 as u64);
    (WARM_ENOUGH - day.warmth - own).max(0.0) / WARM_ENOUGH
}
