//! What an item does by nature and what looks odd on any single day: it heats, it runs in campaigns, its level changes for
//! good. Nothing of this is a fault.

use super::calendar::Day;
use super::noise;

/// How an item moves beside the unit's activity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Habit {
    None,
    /// Warms rooms alone: off from April to October, and in its months as the weather will have it.
    Heating,
    /// Runs for weeks and stands for weeks; days of one turn, and a shift of the first.
    Campaign {
        days: i32,
        shift: i32,
    },
    /// From a day on another level.
    Step {
        from: i32,
        factor: f64,
    },
}

/// Rooms are warmed below this mean temperature, in °C.
const WARM_ENOUGH: f64 = 11.0;

impl Habit {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Heating => "heating",
            Self::Campaign { .. } => "campaign",
            Self::Step { .. } => "lasting step",
        }
    }

    /// What the habit makes of the item's usual day; `key` tells items apart.
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
