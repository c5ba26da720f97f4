//! The year-end projection of a monthly series: a named method, its interval, and its past error.

use serde::{Deserialize, Serialize};

/// Standard normal quantile of a central 80 % interval.
const Z80: f64 = 1.281_551_565_544_6;

/// Growth is taken from at most this many of the latest complete months.
const GROWTH_MONTHS: usize = 3;

/// Name of the method, for the screen.
pub const METHOD_ZH: &str = "已完成月份 + 上年其余月份 ×（1 + 最近三个完整月同比）";
/// Name of the method, for the screen.
pub const METHOD_EN: &str =
    "months done + last year's remaining months × (1 + growth of the last three complete months)";

/// A projected year total in the unit of the months (tce).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Projection {
    /// The projected total.
    pub total: f64,
    /// 80 % interval; `None` when fewer than three yearly growths are known.
    pub interval: Option<Interval>,
    /// Year-on-year growth applied to the remaining months, as a fraction.
    pub growth: f64,
    /// The number of complete months of this year.
    pub months_done: u8,
}

/// Lower and upper end of an 80 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// In the unit of the months (tce).
    pub low: f64,
    /// In the unit of the months (tce).
    pub high: f64,
}

/// What the method would have projected a year ago at the same month, and the actual total.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Backtest {
    /// Projected total of last year.
    pub projected: f64,
    /// Actual total of last year.
    pub actual: f64,
    /// projected / actual − 1.
    pub error: f64,
}

/// Months of a year, January first; `None` where the month is missing or incomplete.
pub type YearMonths = [Option<f64>; 12];

/// Projects this year's total: complete months from January on, plus last year's remaining months
/// scaled by 1 + g, where g is the growth of the latest (at most three) complete months over the
/// same months of last year.
///
/// The 80 % interval takes the yearly growths of single months (this year's and, when
/// `year_before_last` is known, last year's) as independent with standard deviation σ:
/// total ± 1.2816 · σ · √(Σ r² + (Σ r)²/k), r being last year's remaining months and k the months
/// behind g: scatter of each month plus the uncertainty of g itself. It is as good as that
/// assumption; the backtest says how good.
///
/// `None` without a complete January, or when a month of last year that is needed is missing.
pub fn project_year_end(
    this_year: &YearMonths,
    last_year: &YearMonths,
    year_before_last: Option<&YearMonths>,
) -> Option<Projection> {
    let done: Vec<f64> = this_year.iter().map_while(|it| *it).collect();
    let m = done.len();
    let base: Vec<f64> = last_year.iter().copied().collect::<Option<_>>()?;
    let k = m.min(GROWTH_MONTHS);
    let recent_base: f64 = base[m - k..m].iter().sum();
    if k == 0 || recent_base <= 0.0 {
        return None;
    }
    let growth = done[m - k..].iter().sum::<f64>() / recent_base - 1.0;
    let rest = &base[m..];
    let rest_sum: f64 = rest.iter().sum();
    let total = done.iter().sum::<f64>() + rest_sum * (1.0 + growth);
    let mut growths = monthly_growths(this_year, last_year);
    if let Some(earlier) = year_before_last {
        growths.extend(monthly_growths(last_year, earlier));
    }
    let interval = deviation(&growths).map(|sigma| {
        let squares: f64 = rest.iter().map(|it| it * it).sum();
        let half = Z80 * sigma * (squares + rest_sum * rest_sum / k as f64).sqrt();
        Interval { low: total - half, high: total + half }
    });
    Some(Projection { total, interval, growth, months_done: m as u8 })
}

/// The same method applied to last year as it stood after `months_done` months.
pub fn backtest(
    months_done: u8,
    last_year: &YearMonths,
    year_before_last: &YearMonths,
) -> Option<Backtest> {
    let mut as_it_stood = *last_year;
    as_it_stood.iter_mut().skip(months_done.into()).for_each(|it| *it = None);
    let projected = project_year_end(&as_it_stood, year_before_last, None)?.total;
    let actual = last_year.iter().copied().sum::<Option<f64>>()?;
    (actual > 0.0).then(|| Backtest { projected, actual, error: projected / actual - 1.0 })
}

fn monthly_growths(now: &YearMonths, before: &YearMonths) -> Vec<f64> {
    now.iter()
        .zip(before)
        .filter_map(|(now, before)| Some(((*now)?, (*before)?)))
        .filter(|(_, before)| *before > 0.0)
        .map(|(now, before)| now / before - 1.0)
        .collect()
}

/// Sample standard deviation of at least three values.
fn deviation(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    if values.len() < 3 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n;
    Some((values.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(months: &[f64]) -> YearMonths {
        std::array::from_fn(|at| months.get(at).copied())
    }

    #[test]
    fn three_months_of_growth_carry_the_rest() {
        // Last year 100 each month; this year 100, 102, 104, 106: g = 312/300 − 1 = 4 %.
        let it = project_year_end(&year(&[100.0, 102.0, 104.0, 106.0]), &year(&[100.0; 12]), None)
            .unwrap();
        assert_eq!(it.months_done, 4);
        assert!((it.growth - 0.04).abs() < 1e-12);
        assert!((it.total - (412.0 + 832.0)).abs() < 1e-9);
        // σ of 0, 2, 4, 6 % = 2.58199 %; half = 1.2815516 · σ · √(8·100² + 800²/3) = 17.9138…
        let interval = it.interval.unwrap();
        let half = 1.281_551_565_544_6
            * (0.002_f64 / 3.0).sqrt()
            * (80_000.0_f64 + 640_000.0 / 3.0).sqrt();
        assert!((interval.high - it.total - half).abs() < 1e-9);
        assert!((interval.low + interval.high - 2.0 * it.total).abs() < 1e-9);
    }

    #[test]
    fn a_gap_ends_the_complete_months() {
        let mut this_year = year(&[100.0, 100.0, 100.0]);
        this_year[1] = None;
        let it = project_year_end(&this_year, &year(&[100.0; 12]), None).unwrap();
        assert_eq!(it.months_done, 1);
        assert_eq!(it.interval, None);
        assert_eq!(project_year_end(&year(&[]), &year(&[100.0; 12]), None), None);
        assert_eq!(project_year_end(&year(&[100.0]), &year(&[100.0; 11]), None), None);
    }

    #[test]
    fn a_finished_year_projects_itself_without_doubt() {
        let it = project_year_end(&year(&[90.0; 12]), &year(&[100.0; 12]), None).unwrap();
        assert_eq!(it.total, 1080.0);
        let interval = it.interval.unwrap();
        assert_eq!((interval.low, interval.high), (1080.0, 1080.0));
    }

    #[test]
    fn the_backtest_sees_only_what_was_known_then() {
        // After June, +10 % over the year before; the second half stayed level.
        let mut last_year = year(&[110.0; 12]);
        last_year[6..].iter_mut().for_each(|it| *it = Some(100.0));
        let it = backtest(6, &last_year, &year(&[100.0; 12])).unwrap();
        assert!((it.projected - 1320.0).abs() < 1e-9);
        assert!((it.actual - 1260.0).abs() < 1e-9);
        assert!((it.error - 60.0 / 1260.0).abs() < 1e-12);
        assert_eq!(backtest(0, &last_year, &year(&[100.0; 12])), None);
    }
}
