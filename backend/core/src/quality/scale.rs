//! The usual figure of an item on a day: medians of its own past days of the same kind, robust against outliers and
//! standstills.

use jiff::civil::Weekday;

use super::season::HeatingSeason;
use super::series::ItemSeries;
use nengce_messages::stamp;

/// Days of history that a scale is computed from.
pub(super) const HISTORY_DAYS: i32 = 42;
/// The fewest days of the same kind and season that make a scale.
pub(super) const LEAST_DAYS: usize = 4;
/// The number of last days of the same kind that count as recent.
const RECENT_DAYS: usize = 4;
/// A day below this share of the usual figure was a standstill and says nothing about running days.
const RUNNING_SHARE: f64 = 0.3;

/// The usual figure of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The median of days of the same kind over the history.
    pub usual: f64,
    /// The median of the last few days of the same kind.
    pub recent: f64,
    /// The median of all days whatever the season, for seasons whose own days are few or wrong.
    pub whole: f64,
    /// Relative spread: 1.4826 · MAD / median.
    pub spread: f64,
}

impl Scale {
    /// The usual figure that a day agrees with best: that of its season, or that of all days.
    pub fn nearest(&self, figure: f64) -> f64 {
        let off = |it: f64| (figure / it).abs().ln().abs();
        if off(self.whole) < off(self.usual) { self.whole } else { self.usual }
    }
}

pub(super) fn is_weekend(day: i32) -> bool {
    matches!(stamp::date_of(day).weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The median, which sorts the values; `None` without any.
pub fn median(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    values.sort_unstable_by(f64::total_cmp);
    let mid = values.len() / 2;
    Some(if values.len() % 2 == 1 {
        values[mid]
    } else {
        f64::midpoint(values[mid - 1], values[mid])
    })
}

/// The scale of a day from the days before it; `None` where too few days are known or the item stood still. Days on the
/// other side of the border of the heating season are left out, since the series may differ there.
pub(super) fn scale(item: &ItemSeries, day: i32, heating: Option<HeatingSeason>) -> Option<Scale> {
    let is_heating = |day: i32| heating.is_some_and(|it| it.holds(day));
    let season = is_heating(day);
    let every: Vec<(i32, f64)> = item
        .days
        .range(day - HISTORY_DAYS..day)
        .filter_map(|(at, it)| Some((*at, it.figure?)))
        .collect();
    let mut known: Vec<(i32, f64)> =
        every.iter().filter(|(at, _)| is_heating(*at) == season).copied().collect();
    if known.len() < LEAST_DAYS && (!item.warms || item.pattern.all_year) {
        known.clone_from(&every);
    }
    let mut all: Vec<f64> = known.iter().map(|it| it.1).collect();
    all.sort_unstable_by(f64::total_cmp);
    let upper = *all.get(all.len() * 3 / 4)?;
    if upper <= 0.0 {
        return None;
    }
    let running = |it: &&(i32, f64)| it.1 >= upper * RUNNING_SHARE;
    let weekend = is_weekend(day);
    let kind: Vec<f64> = known
        .iter()
        .filter(running)
        .filter(|it| is_weekend(it.0) == weekend)
        .map(|it| it.1)
        .collect();
    let chosen = if kind.len() >= LEAST_DAYS {
        kind
    } else {
        known.iter().filter(running).map(|it| it.1).collect()
    };
    if chosen.len() < LEAST_DAYS {
        return None;
    }
    let recent = median(&mut chosen[chosen.len().saturating_sub(RECENT_DAYS)..].to_vec())?;
    let usual = median(&mut chosen.clone())?;
    let mut off: Vec<f64> = chosen.iter().map(|it| (it - usual).abs()).collect();
    let spread = 1.4826 * median(&mut off)? / usual;
    let whole =
        median(&mut every.iter().map(|it| it.1).filter(|it| *it > 0.0).collect::<Vec<_>>())?;
    (usual > 0.0).then_some(Scale { usual, recent, whole, spread })
}

/// The usual value at a time of day: the median of the points at that time of the days before.
pub(super) fn point_scale(item: &ItemSeries, day: i32, second: i32) -> Option<f64> {
    let mut values: Vec<f64> = item
        .days
        .range(day - super::POINT_DAYS..day)
        .filter_map(|(_, it)| {
            let at = it.points.binary_search_by_key(&second, |it| it.second).ok()?;
            it.points.get(at).map(|it| it.is.value)
        })
        .collect();
    if values.len() < LEAST_DAYS {
        return None;
    }
    median(&mut values).filter(|it| *it > 0.0)
}
