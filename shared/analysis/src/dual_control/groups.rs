//! Districts and industries: total, intensity, levels, pull on the whole, 24 months.

use nengce_shared::api::common::Named;
use nengce_shared::api::dual_control::GroupRow;
use nengce_shared::warning::TotalThresholds;

use super::target::course;
use super::total_warning;
use crate::catalog::division;
use crate::evaluation::{Evaluation, outgoing};
use crate::query::Filter;
use crate::required;

/// Districts with units in scope, in the order of the region list.
pub(super) fn regions(
    evaluation: &Evaluation<'_>,
    whole_before: Option<f64>,
    thresholds: TotalThresholds,
) -> Vec<GroupRow> {
    let narrow =
        |code: &str| Filter { region: vec![code.to_owned()], ..evaluation.query.filter.clone() };
    let groups = evaluation.by_region().into_iter();
    groups
        .map(|(name, units)| {
            let compared_units = evaluation.compared_units.as_deref();
            row(evaluation, name, (&units, compared_units), narrow, whole_before, thresholds)
        })
        .collect()
}

/// Industries with units in scope, largest consumption first.
pub fn industries(
    evaluation: &Evaluation<'_>,
    whole_before: Option<f64>,
    thresholds: TotalThresholds,
) -> Vec<GroupRow> {
    let narrow =
        |code: &str| Filter { industry: vec![code.to_owned()], ..evaluation.query.filter.clone() };
    let groups = evaluation.by_industry().into_iter();
    let mut rows: Vec<GroupRow> = groups
        .map(|(name, units)| {
            let compared_units =
                evaluation.compared_units_where(|it| division(&it.industry) == name.code);
            let sides = (units.as_slice(), compared_units.as_deref());
            row(evaluation, name, sides, narrow, whole_before, thresholds)
        })
        .collect();
    let size = |it: &GroupRow| it.total.value.unwrap_or(f64::NEG_INFINITY);
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
    rows
}

fn row(
    evaluation: &Evaluation<'_>,
    name: Named,
    (units, compared_units): (&[usize], Option<&[usize]>),
    narrow: impl Fn(&str) -> Filter,
    whole_before: Option<f64>,
    thresholds: TotalThresholds,
) -> GroupRow {
    let city = evaluation.catalog.city.as_str();
    let filter = narrow(&name.code);
    let key = filter.target_key(city);
    let (intensity, _) = required::status(evaluation, units, &filter.economy(city), key);
    let total = evaluation.total_compared(units, compared_units);
    // Others are no earlier state of this group, nor is a span that lacks too much: their difference pulls at nothing.
    let delta = total
        .value
        .zip(total.previous.filter(|_| compared_units.is_none() && evaluation.is_comparable(units)))
        .map(|(now, before)| now - before);
    let course = course(evaluation, units, key);
    GroupRow {
        units: evaluation.count(units),
        units_reporting: evaluation.reporting(units),
        pull: delta.zip(whole_before.filter(|it| *it > 0.0)).map(|(delta, whole)| delta / whole),
        warning: outgoing(required::level(evaluation, units, &intensity)),
        total_warning: outgoing(total_warning(evaluation, units, &course, thresholds)),
        year_end: course.year_end,
        completeness: evaluation.completeness(units),
        spark: evaluation.spark(units),
        name,
        total,
        intensity: required::shown(evaluation, intensity, compared_units),
    }
}
