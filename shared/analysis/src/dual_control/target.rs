//! How a scope stands in the running year: the trajectory to its target, its progress, and the year-end projection with
//! the error that the same method made a year before.

use nengce_shared::api::dual_control::{Projection, TargetProgress, YearEnd};
use nengce_shared::month::Month;
use nengce_shared::projection::{self, YearMonths};
use nengce_shared::trajectory::{SpreadMethod, Trajectory, monthly_trajectory};

use crate::evaluation::Evaluation;
use crate::required::Key;

/// Name of the projection's method on the wire.
const METHOD: &str = "remaining_last_year_times_recent_growth";

/// Coverage of the projection's interval.
const CONFIDENCE: f64 = 0.8;

/// Trajectory, progress and projection of the year in which the span ends.
pub(super) struct Course {
    /// The trajectory of the target.
    pub trajectory: Option<Trajectory>,
    /// Consumption against the trajectory.
    pub progress: Option<TargetProgress>,
    /// The projection to the end of the year.
    pub projection: Option<Projection>,
    pub year_end: Option<YearEnd>,
    /// Growth that the projection applies to last year's remaining months, and their relative
    /// half interval.
    pub outlook: Option<projection::Projection>,
}

/// Complete months of a year; a month without any figure or not over yet is missing.
pub(super) fn year_months(evaluation: &Evaluation<'_>, units: &[usize], year: i16) -> YearMonths {
    std::array::from_fn(|at| {
        let month = Month::new(year, at as i8 + 1)?;
        evaluation.snapshot.is_done(month).then(|| evaluation.month(units, month)).flatten()
    })
}

/// The course of units whose target stands under `key`.
pub(super) fn course(evaluation: &Evaluation<'_>, units: &[usize], key: Key<'_>) -> Course {
    let (snapshot, query) = (evaluation.snapshot, evaluation.query);
    let end = query.spans.now.to();
    let year = end.year();
    let (this, last, earlier) = (
        year_months(evaluation, units, year),
        year_months(evaluation, units, year - 1),
        year_months(evaluation, units, year - 2),
    );
    let target = key
        .and_then(|(scope, code)| snapshot.target(scope, code, "total_tce", year))
        .filter(|it| it.basis == query.basis);
    let trajectory = target.and_then(|it| monthly_trajectory(it.value, year, &last));
    let earlier = earlier.iter().any(Option::is_some).then_some(earlier);
    // A year that is over has a total, and nothing to project.
    let outlook = projection::project_year_end(&this, &last, earlier.as_ref())
        .filter(|it| it.months_done < 12);
    let backtest =
        outlook.and_then(|it| projection::backtest(it.months_done, &last, earlier.as_ref()?));
    let projection = outlook.map(|it| Projection {
        year,
        tce: it.total,
        low: it.interval.map_or(it.total, |it| it.low),
        high: it.interval.map_or(it.total, |it| it.high),
        confidence: if it.interval.is_some() { CONFIDENCE } else { 0.0 },
        vs_target: target.map(|target| it.total / target.value - 1.0),
        method: METHOD.to_owned(),
        past_error: backtest.map(|it| it.error),
        past_year: backtest.map(|_| year - 1),
    });
    let summed = this.iter().copied().sum::<Option<f64>>();
    let expected = summed.or_else(|| projection.as_ref().map(|it| it.tce));
    let year_end =
        target.filter(|it| it.value > 0.0).zip(expected).map(|(target, expected_tce)| YearEnd {
            year,
            target_tce: target.value,
            expected_tce,
            over: expected_tce / target.value - 1.0,
            is_final: summed.is_some(),
        });
    let progress = target.zip(trajectory.as_ref()).map(|(target, trajectory)| {
        let consumed = consumed(evaluation, units, end);
        let planned = planned(trajectory, end);
        TargetProgress {
            year,
            target_tce: target.value,
            consumed_tce: consumed,
            trajectory_tce: planned,
            progress: consumed / target.value,
            trajectory_progress: planned / target.value,
            over_tce: consumed - planned,
            source: target.source.clone(),
            method: match trajectory.method {
                SpreadMethod::LastYearShares => "seasonal_last_year",
                SpreadMethod::EqualDays => "equal_days",
            }
            .to_owned(),
        }
    });
    Course { trajectory, progress, projection, year_end, outlook }
}

/// tce from 1 January to the span's end. Where the span does not start on 1 January or ends in the
/// middle of a month that is over, whole months count and the last one by its share of days.
fn consumed(evaluation: &Evaluation<'_>, units: &[usize], end: jiff::civil::Date) -> f64 {
    let span = &evaluation.query.spans;
    let from_january = span.now.from() == nengce_shared::period::DayRange::year(end.year()).from();
    if from_january {
        return evaluation.total(units).value.unwrap_or(0.0);
    }
    let last = Month::of(end);
    let tce = |month: i8| {
        Month::new(end.year(), month).and_then(|it| evaluation.month(units, it)).unwrap_or(0.0)
    };
    let days = f64::from(evaluation.days_done(units, last).max(1));
    let share = (f64::from(end.day()) / days).min(1.0);
    (1..last.month()).map(tce).sum::<f64>() + tce(last.month()) * share
}

/// The trajectory on the evening of a day.
fn planned(trajectory: &Trajectory, end: jiff::civil::Date) -> f64 {
    let before: f64 = trajectory.months[..usize::from(end.month().unsigned_abs()) - 1].iter().sum();
    let share = f64::from(end.day()) / f64::from(end.days_in_month());
    before + trajectory.months[usize::from(end.month().unsigned_abs()) - 1] * share
}
