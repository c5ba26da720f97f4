//! What a target requires of a scope this year and since its base year, and how its intensity stands against that.

use nengce_shared::api::dual_control::{FiveYear, IntensityStatus};
use nengce_shared::intensity::{
    achieved_cumulative, growth, required_annual_fall, required_cumulative_fall,
};
use nengce_shared::warning::{self, Warning};

use super::evaluation::Evaluation;
use super::path::path;
use super::ratio::{self, Denominator, Pair};
use super::snapshot::{Snapshot, Target};
use super::unit_totals::index;

/// Scope and code of a target: `region` and `120116`.
pub type Key<'a> = Option<(&'static str, &'a str)>;

/// Fall required in a year: its own target, else the yearly share of the five-year target.
pub fn annual_fall(snapshot: &Snapshot, key: Key<'_>, year: i16) -> Option<f64> {
    let (scope, code) = key?;
    match snapshot.target(scope, code, "annual_fall", year) {
        Some(target) => Some(target.value),
        None => five_year_target(snapshot, key, year).map(|it| required_annual_fall(it.value)),
    }
}

/// The five-year target that covers the year.
pub fn five_year_target<'a>(snapshot: &'a Snapshot, key: Key<'_>, year: i16) -> Option<&'a Target> {
    let (scope, code) = key?;
    snapshot.target(scope, code, "five_year_fall", year)
}

/// The plan that covers the year, and the one before it while fewer than three of its years have
/// begun: a path of one step shows nothing.
pub fn plans<'a>(snapshot: &'a Snapshot, key: Key<'_>, year: i16) -> Vec<&'a Target> {
    let Some(plan) = five_year_target(snapshot, key, year) else {
        return Vec::new();
    };
    let early = year - plan.from_year < 2;
    let before = five_year_target(snapshot, key, plan.from_year - 1).filter(|_| early);
    before.into_iter().chain([plan]).collect()
}

/// Intensity of units over the query's span, what is required, and the sums behind it.
pub fn status(
    evaluation: &Evaluation<'_>,
    units: &[usize],
    economy: &[&str],
    key: Key<'_>,
) -> (IntensityStatus, Pair) {
    let pair = ratio::of_span(evaluation, units, economy);
    let year = evaluation.query.spans.now.to().year();
    let years = evaluation.query.spans.years_apart();
    let required_fall = annual_fall(evaluation.snapshot, key, year)
        .map(|it| achieved_cumulative((0..years).map(|_| -it)));
    let change = pair.change();
    let status = IntensityStatus {
        value: pair.now.value(),
        previous: pair.before.value(),
        change,
        index: None,
        required_fall,
        gap: change.zip(required_fall).map(|(change, required)| change + required),
        denominator: pair.denominator.as_str().to_owned(),
        five_year: five_year(evaluation, units, economy, key),
    };
    (status, pair)
}

/// The status as it is shown: where others are compared with, previous value and change are against their units, an
/// index stands for the change against another district, and nothing is required. The level stays assessed by the year
/// before.
pub fn shown(
    evaluation: &Evaluation<'_>,
    status: IntensityStatus,
    compared_units: Option<&[usize]>,
) -> IntensityStatus {
    let Some(compared_units) = compared_units else {
        return status;
    };
    let district = evaluation.query.district();
    // Two intensities compare only over one kind of denominator.
    let economy = match &district {
        Some(filter) if status.denominator == Denominator::Gdp.as_str() => {
            filter.economy(&evaluation.catalog.city)
        }
        _ => Vec::new(),
    };
    let pair = ratio::of_span(evaluation, compared_units, &economy);
    let alike = pair.denominator.as_str() == status.denominator;
    let previous = pair.now.value().filter(|_| alike);
    let change = status.value.zip(previous).and_then(|(own, other)| growth(own, other));
    IntensityStatus {
        previous,
        change: change.filter(|_| district.is_none()),
        index: index(status.value, previous).filter(|_| district.is_some()),
        required_fall: None,
        gap: None,
        ..status
    }
}

/// Level of intensity of units whose status is known.
pub fn level(evaluation: &Evaluation<'_>, units: &[usize], status: &IntensityStatus) -> Warning {
    let completeness = evaluation.completeness(units);
    warning::intensity_level(status.change, status.required_fall, completeness)
}

fn five_year(
    evaluation: &Evaluation<'_>,
    units: &[usize],
    economy: &[&str],
    key: Key<'_>,
) -> Option<FiveYear> {
    let end = evaluation.query.spans.now.to();
    let target = five_year_target(evaluation.snapshot, key, end.year())?;
    // The running year counts whole: its change is that of the same months of both years.
    let since_base = f64::from(end.year() - target.from_year + 1);
    let years = f64::from(target.to_year - target.from_year + 1);
    let points = path(evaluation, units, economy, &[target]);
    let reaches_base = points.first().is_some_and(|it| it.year == target.from_year - 1);
    let achieved = points.last().filter(|_| reaches_base).and_then(|it| it.change).map(|it| -it);
    Some(FiveYear {
        from_year: target.from_year,
        to_year: target.to_year,
        target_fall: target.value,
        required_fall_by_now: required_cumulative_fall(target.value, since_base * 5.0 / years),
        achieved_fall: achieved,
    })
}
