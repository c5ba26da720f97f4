//! Districts and industries: total, intensity, levels, pull on the whole, 24 months.

use nengce_shared::api::common::Named;
use nengce_shared::api::dual_control::GroupRow;
use nengce_shared::warning::TotalThresholds;

use super::target::course;
use super::total_warning;
use crate::catalog::division;
use crate::picture::{Picture, outgoing};
use crate::question::Filter;
use crate::required;

/// Districts with units in scope, in the order of the region list.
pub fn regions(
    picture: &Picture<'_>,
    whole_before: Option<f64>,
    thresholds: TotalThresholds,
) -> Vec<GroupRow> {
    let narrow =
        |code: &str| Filter { region: vec![code.to_owned()], ..picture.question.filter.clone() };
    let groups = picture.by_region().into_iter();
    groups
        .map(|(name, units)| {
            let rivals = picture.rivals.as_deref();
            row(picture, name, (&units, rivals), narrow, whole_before, thresholds)
        })
        .collect()
}

/// Industries with units in scope, largest consumption first.
pub fn industries(
    picture: &Picture<'_>,
    whole_before: Option<f64>,
    thresholds: TotalThresholds,
) -> Vec<GroupRow> {
    let narrow =
        |code: &str| Filter { industry: vec![code.to_owned()], ..picture.question.filter.clone() };
    let groups = picture.by_industry().into_iter();
    let mut rows: Vec<GroupRow> = groups
        .map(|(name, units)| {
            let rivals = picture.rivals_where(|it| division(&it.industry) == name.code);
            let sides = (units.as_slice(), rivals.as_deref());
            row(picture, name, sides, narrow, whole_before, thresholds)
        })
        .collect();
    let size = |it: &GroupRow| it.total.value.unwrap_or(f64::NEG_INFINITY);
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
    rows
}

fn row(
    picture: &Picture<'_>,
    name: Named,
    (units, rivals): (&[usize], Option<&[usize]>),
    narrow: impl Fn(&str) -> Filter,
    whole_before: Option<f64>,
    thresholds: TotalThresholds,
) -> GroupRow {
    let city = picture.catalog.city.as_str();
    let filter = narrow(&name.code);
    let key = filter.target_key(city);
    let (intensity, _) = required::status(picture, units, &filter.economy(city), key);
    let total = picture.total_against(units, rivals);
    // Others are no earlier state of this group: their difference pulls at nothing.
    let delta = total
        .value
        .zip(total.previous.filter(|_| rivals.is_none()))
        .map(|(now, before)| now - before);
    let course = course(picture, units, key);
    GroupRow {
        units: picture.count(units),
        units_reporting: picture.reporting(units),
        pull: delta.zip(whole_before.filter(|it| *it > 0.0)).map(|(delta, whole)| delta / whole),
        warning: outgoing(required::level(picture, units, &intensity)),
        total_warning: outgoing(total_warning(picture, units, &course, thresholds)),
        completeness: picture.completeness(units),
        spark: picture.spark(units),
        name,
        total,
        intensity: required::shown(picture, intensity, rivals),
    }
}
