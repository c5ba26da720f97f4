//! Data quality measures of the national rules (found): completeness and day/month agreement.
//! Fractions throughout.

use crate::number::decimal;

/// Completeness from which a judgement may stand: 90 % (found).
pub const COMPLETENESS_THRESHOLD: f64 = 0.9;

/// Days after its end within which a month's value is in time; months come on the 1st or 2nd, by hand somewhat later.
pub const MONTH_DUE_DAYS: i32 = 10;

/// The same of a year's value.
pub const YEAR_DUE_DAYS: i32 = 31;

/// Largest |Σdays − month| / month that passes: 5 % (found).
pub const DAY_MONTH_LIMIT: f64 = 0.05;

/// Points of an hourly item a day (found).
pub const HOURLY_POINTS: u32 = 24;

/// Points of a quarter-hour item a day (found).
pub const QUARTER_HOUR_POINTS: u32 = 96;

/// Points expected of an item that sends `per_day` a day over `days` days.
pub fn expected_points(per_day: u32, days: u32) -> u64 {
    u64::from(per_day) * u64::from(days)
}

/// Completeness = received / expected, at most 1; `None` when nothing was expected.
pub fn completeness(received: u64, expected: u64) -> Option<f64> {
    (expected > 0).then(|| received.min(expected) as f64 / expected as f64)
}

/// |Σdays − month| / |month|; `None` for a month of zero, which no share can be taken of.
pub fn day_month_deviation(sum_of_days: f64, month: f64) -> Option<f64> {
    (month != 0.0).then(|| decimal((sum_of_days - month).abs() / month.abs()))
}

/// Whether the days agree with the month: deviation at most 5 %; a zero month needs zero days.
pub fn days_agree_with_month(sum_of_days: f64, month: f64) -> bool {
    match day_month_deviation(sum_of_days, month) {
        Some(deviation) => deviation <= DAY_MONTH_LIMIT,
        None => sum_of_days == 0.0,
    }
}

/// Weighted mean of the parts that have a figure; `None` when none has, or their weights are nothing.
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
        assert_eq!(expected_points(HOURLY_POINTS, 31), 744);
        assert_eq!(expected_points(QUARTER_HOUR_POINTS, 365), 35_040);
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
    fn five_percent_passes_and_more_does_not() {
        assert_eq!(day_month_deviation(105.0, 100.0), Some(0.05));
        assert!(days_agree_with_month(95.0, 100.0));
        assert!(!days_agree_with_month(94.9, 100.0));
        assert!(!days_agree_with_month(1.0, 0.0));
        assert!(days_agree_with_month(0.0, 0.0));
        assert_eq!(day_month_deviation(-95.0, -100.0), Some(0.05));
        // 1.05 − 1 is more than 0.05 in binary alone.
        assert!(days_agree_with_month(1.05, 1.0));
    }
}
