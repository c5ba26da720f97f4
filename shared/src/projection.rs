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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Projection {
    /// The projected total.
    pub total: f64,
    /// 80 % interval; `None` when fewer than three yearly growths are known.
    pub interval: Option<Interval>,
    /// Year-on-year growth applied to the remaining months, as a fraction.
    pub growth: f64,
    /// Complete months of this year it stands on.
    pub months_done: u8,
}

/// Lower and upper end of an 80 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// What the method would have said a year ago at the same month, against what came.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
        Interval {
            low: total - half,
            high: total + half,
        }
    });
    Some(Projection {
        total,
        interval,
        growth,
        months_done: m as u8,
    })
}

/// The same method applied to last year as it stood after `months_done` months.
pub fn backtest(
    months_done: u8,
    last_year: &YearMonths,
    year_before_last: &YearMonths,
) -> Option<Backtest> {
    let mut as_it_stood = *last_year;
    as_it_stood
        .iter_mut()
        .skip(months_done.into())
        .for_each(|it| *it = None);
    let projected = project_year_end(&as_it_stood, year_before_last, None)?.total;
    let actual = last_year.iter().copied().sum::<Option<f64>>()?;
    (actual > 0.0).then(|| Backtest {
        projected,
        actual,
        error: projected / actual - 1.0,
    })
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
