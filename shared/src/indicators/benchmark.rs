//! The published levels of a product, and how an actual unit consumption compares with them. An actual value is
//! compared as a decimal figure (`number::decimal`), so a value equal to a level reaches it. Lower is better; negative
//! levels are legal (converter steel gives energy back).

use serde::{Deserialize, Serialize};

use crate::wire::number::decimal;

/// Levels of one product in its own unit (mostly kgce/t); each may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// 标杆水平 (发改产业〔2023〕723号).
    pub benchmark: Option<f64>,
    /// 基准水平 (发改产业〔2023〕723号).
    pub baseline: Option<f64>,
    /// Limit grade 1 of the product's national limit standard, the strictest.
    pub level1: Option<f64>,
    /// Limit grade 2: admission of new plant.
    pub level2: Option<f64>,
    /// Limit grade 3: the limit value of existing plant.
    pub level3: Option<f64>,
}

crate::wire_enum! {
    /// The position of a value between benchmark and baseline; a value on a level counts as reaching it.
    pub enum Position {
        BetterThanBenchmark = 1, "better_than_benchmark", "达到标杆水平", "At or better than the benchmark";
        Between = 2, "between", "标杆与基准之间", "Between benchmark and baseline";
        BeyondBaseline = 3, "beyond_baseline", "未达基准水平", "Beyond the baseline";
    }
}

impl Limits {
    /// The limits of these [`levels`](Self::levels).
    pub const fn of([benchmark, baseline, level1, level2, level3]: [Option<f64>; 5]) -> Self {
        Self { benchmark, baseline, level1, level2, level3 }
    }

    /// Benchmark, baseline, and limit grades 1 to 3.
    pub const fn levels(&self) -> [Option<f64>; 5] {
        [self.benchmark, self.baseline, self.level1, self.level2, self.level3]
    }

    /// Position of an actual value; `None` when the levels needed to tell are missing.
    pub fn position(&self, actual: f64) -> Option<Position> {
        if !actual.is_finite() {
            return None;
        }
        let actual = decimal(actual);
        if self.benchmark.is_some_and(|it| actual <= it) {
            return Some(Position::BetterThanBenchmark);
        }
        let baseline = self.baseline?;
        if actual > baseline {
            return Some(Position::BeyondBaseline);
        }
        self.benchmark.map(|_| Position::Between)
    }

    /// Limit grade 1–3 reached; `None` when over the limit or no grade is known. Ask
    /// [`Limits::is_over_limit`] which of the two.
    pub fn grade(&self, actual: f64) -> Option<u8> {
        let actual = decimal(actual);
        [(1, self.level1), (2, self.level2), (3, self.level3)]
            .into_iter()
            .find(|(_, level)| level.is_some_and(|it| actual <= it))
            .map(|(grade, _)| grade)
    }

    /// Whether the value exceeds the limit of existing plant (grade 3); `None` without one.
    pub fn is_over_limit(&self, actual: f64) -> Option<bool> {
        self.level3.map(|limit| decimal(actual) > limit)
    }
}

/// Gap to the benchmark as a fraction: (actual − b)/|b|; positive is worse. `None` for b = 0.
pub fn gap(actual: f64, benchmark: f64) -> Option<f64> {
    let actual = decimal(actual);
    (benchmark != 0.0 && actual.is_finite()).then(|| (actual - benchmark) / benchmark.abs())
}

/// Energy saved if the unit reached the benchmark: (actual − benchmark) · output, never below
/// zero. In the numerator's unit: kgce/t · t = kgce, so divide by 1,000 for tce.
pub fn saving_potential(actual: f64, benchmark: f64, output: f64) -> f64 {
    ((decimal(actual) - benchmark) * output).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 转炉工序 of benchmarks.csv.
    const CONVERTER: Limits = Limits {
        benchmark: Some(-30.0),
        baseline: Some(-10.0),
        level1: Some(-30.0),
        level2: Some(-28.0),
        level3: Some(-12.0),
    };

    #[test]
    fn converter_steel_below_zero() {
        for (actual, position, grade, over) in [
            (-33.0, Position::BetterThanBenchmark, Some(1), false),
            (-30.0, Position::BetterThanBenchmark, Some(1), false),
            (-29.0, Position::Between, Some(2), false),
            (-12.0, Position::Between, Some(3), false),
            (-11.0, Position::Between, None, true),
            (5.0, Position::BeyondBaseline, None, true),
        ] {
            assert_eq!(CONVERTER.position(actual), Some(position), "{actual}");
            assert_eq!(CONVERTER.grade(actual), grade, "{actual}");
            assert_eq!(CONVERTER.is_over_limit(actual), Some(over), "{actual}");
        }
        assert_eq!(gap(-15.0, -30.0), Some(0.5));
        assert_eq!(gap(-33.0, -30.0), Some(-0.1));
        assert_eq!(saving_potential(-15.0, -30.0, 1000.0), 15_000.0);
        assert_eq!(saving_potential(-33.0, -30.0, 1000.0), 0.0);
    }

    #[test]
    fn missing_levels_say_nothing() {
        let only_baseline = Limits { baseline: Some(100.0), ..Limits::default() };
        assert_eq!(only_baseline.position(101.0), Some(Position::BeyondBaseline));
        assert_eq!(only_baseline.position(99.0), None);
        assert_eq!(only_baseline.grade(99.0), None);
        assert_eq!(only_baseline.is_over_limit(101.0), None);
        let only_benchmark = Limits { benchmark: Some(100.0), ..Limits::default() };
        assert_eq!(only_benchmark.position(101.0), None);
        assert_eq!(only_benchmark.position(100.0), Some(Position::BetterThanBenchmark));
        assert_eq!(gap(5.0, 0.0), None);
    }
}
