//! Data quality measures of the national rules (found): completeness and day/month agreement.
//! Fractions throughout.

use crate::codes::stat_type::StatType;
use crate::wire::number::decimal;

/// The least completeness with which a warning level may be given: 90 % (found).
pub const COMPLETENESS_THRESHOLD: f64 = 0.9;

/// Days after the end of a month within which its value is in time: months come on the 1st or 2nd, by hand somewhat
/// later.
pub const MONTH_DUE_DAYS: i32 = 10;

/// Days after the end of a year within which its value is in time.
pub const YEAR_DUE_DAYS: i32 = 31;

/// The largest |Σdays − month| / month that passes: 5 % (found).
pub const DAY_MONTH_LIMIT: f64 = 0.05;

/// The points of an item's day (found): 96 quarter-hours, 24 hours, or one daily value. Months and years have no points
/// of a day.
pub const fn points_per_day(stat_type: StatType, finer_than_hourly: bool) -> Option<u8> {
    match stat_type {
        StatType::RealTime if finer_than_hourly => Some(96),
        StatType::RealTime => Some(24),
        StatType::Day => Some(1),
        StatType::Month | StatType::Year => None,
    }
}

/// Completeness = received / expected, at most 1; `None` when nothing was expected.
///
/// ```
/// use nengce_shared::quality::completeness;
/// assert_eq!(completeness(18, 24), Some(0.75));
/// ```
pub fn completeness(received: u64, expected: u64) -> Option<f64> {
    (expected > 0).then(|| received.min(expected) as f64 / expected as f64)
}

/// |Σdays − month| / |month|; `None` for a month of zero, which no share can be taken of.
pub fn day_month_deviation(sum_of_days: f64, month: f64) -> Option<f64> {
    (month != 0.0).then(|| decimal((sum_of_days - month).abs() / month.abs()))
}

/// The weighted mean of the parts that have a figure; `None` when none has one, or their weights are zero.
pub fn quality_index(parts: [Option<f64>; 5], weights: [f64; 5]) -> Option<f64> {
    let known = parts.into_iter().zip(weights);
    let (sum, weight) = known.fold((0.0, 0.0), |(sum, total), (part, weight)| match part {
        Some(part) => (sum + part * weight, total + weight),
        None => (sum, total),
    });
    (weight > 0.0).then(|| sum / weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completeness_is_received_over_expected() {
        assert_eq!(points_per_day(StatType::RealTime, true), Some(96));
        assert_eq!(points_per_day(StatType::Month, false), None);
        assert_eq!(completeness(558, 744), Some(0.75));
        assert_eq!(completeness(745, 744), Some(1.0));
        assert_eq!(completeness(0, 744), Some(0.0));
        assert_eq!(completeness(0, 0), None);
    }

    #[test]
    fn the_index_weighs_the_parts_that_are_known() {
        let weights = [0.3, 0.15, 0.2, 0.2, 0.15];
        let all = quality_index([Some(1.0), Some(0.0), Some(1.0), Some(1.0), Some(1.0)], weights);
        assert!(all.is_some_and(|it| (it - 0.85).abs() < 1e-12));
        let some = quality_index([Some(0.5), None, Some(0.5), None, None], weights);
        assert_eq!(some, Some(0.5));
        assert_eq!(quality_index([None; 5], weights), None);
    }

    #[test]
    fn the_limit_is_met_by_five_percent_exactly() {
        assert_eq!(day_month_deviation(105.0, 100.0), Some(0.05));
        assert_eq!(day_month_deviation(1.0, 0.0), None);
        assert_eq!(day_month_deviation(-95.0, -100.0), Some(0.05));
        // 1.05 − 1 is more than 0.05 in binary alone.
        assert_eq!(day_month_deviation(1.05, 1.0), Some(DAY_MONTH_LIMIT));
    }
}
