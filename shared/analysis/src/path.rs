//! Cumulative change of intensity since the base year, chained year by year; the running year is
//! compared with the same months of the year before, so that seasons do not enter.

use nengce_shared::api::intensity::PathPoint;
use nengce_shared::intensity::required_cumulative_fall;
use nengce_shared::month::Month;

use super::evaluation::Evaluation;
use super::ratio::pair;
use super::snapshot::Target;

/// The path from the base year of the first of the plans (or the first year of the data, when later)
/// to the year of the span's end; the plans follow each other. Empty without two years.
pub fn path(
    evaluation: &Evaluation<'_>,
    units: &[usize],
    economy: &[&str],
    plans: &[&Target],
) -> Vec<PathPoint> {
    let snapshot = evaluation.snapshot;
    let Some(from) = snapshot.data_from else {
        return Vec::new();
    };
    let first_whole =
        if from.month() == 1 && from.day() == 1 { from.year() } else { from.year() + 1 };
    let base = plans.first().map_or(first_whole, |it| (it.from_year - 1).max(first_whole));
    let end = evaluation.query.spans.now.to();
    if base >= end.year() {
        return Vec::new();
    }
    let required = |year: i16| (!plans.is_empty()).then(|| required_level(plans, base, year) - 1.0);
    let mut level = Some(1.0);
    let mut points =
        vec![PathPoint { year: base, change: Some(0.0), required: required(base), partial: false }];
    for year in base + 1..=end.year() {
        let months = months_until(year, end);
        let step = pair(evaluation, units, &months, 12, economy).change();
        level = level.zip(step).map(|(level, step)| level * (1.0 + step));
        let partial = months.len() < 12 || months.last().is_some_and(|it| !snapshot.is_done(*it));
        points.push(PathPoint {
            year,
            change: level.map(|it| it - 1.0),
            required: required(year),
            partial,
        });
    }
    points
}

/// Where the plans require the level to stand at a year's end, with the base year at 1.
fn required_level(plans: &[&Target], base: i16, year: i16) -> f64 {
    let part = |it: &&Target| {
        let years = (year.min(it.to_year) - base.max(it.from_year - 1)).max(0);
        let whole = f64::from(it.to_year - it.from_year + 1);
        1.0 - required_cumulative_fall(it.value, f64::from(years) * 5.0 / whole)
    };
    plans.iter().map(part).product()
}

fn months_until(year: i16, end: jiff::civil::Date) -> Vec<Month> {
    (1..=12)
        .filter_map(|month| Month::new(year, month))
        .filter(|it| it.last_day() <= end || it.year() < end.year())
        .collect()
}
