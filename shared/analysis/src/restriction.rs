//! The snapshot as somebody sees it who may not see every unit: other units are not in it, nor sums that hold them, nor the
//! first and last day of their data.

use std::collections::BTreeMap;

use nengce_shared::month::Month;

use super::snapshot::{GROUPS, Points, Snapshot};
use super::unit_scope::UnitScope;
use super::unit_status::UnitStatus;

/// The snapshot with the units of a scope alone, and their states. Where the scope is one district, the district stands in
/// the place of the city, with its own economy and targets. A reader of single units gets neither.
pub fn restricted(
    whole: &Snapshot,
    statuses: &[UnitStatus],
    scope: &UnitScope,
) -> (Snapshot, Vec<UnitStatus>) {
    let covers = |it: &usize| scope.covers(&whole.units[*it].code, &whole.units[*it].region);
    let kept: Vec<usize> = (0..whole.units.len()).filter(covers).collect();
    let place = |unit: usize| kept.binary_search(&unit).ok();
    let own: Vec<UnitStatus> = kept.iter().map(|it| statuses[*it].clone()).collect();
    let data_from =
        whole.all_months().find(|month| kept.iter().any(|it| has_data(whole, *it, *month)));
    // Without any data the last month is left, as in a city without any.
    let last = whole.first.plus(whole.months as i32 - 1);
    let first = data_from.unwrap_or(last).max(whole.first);
    let skipped = whole.place(first);
    let months = whole.months - skipped;
    let cells =
        |values: &[f64], width: usize| rows(values, &kept, (whole.months * width, skipped * width));
    let of_scope = |kind: &str, code: &str| match kind {
        "region" => scope.covers_district(code),
        "unit" => kept.iter().any(|it| whole.units[*it].code == code),
        _ => false,
    };
    let mut catalog = whole.catalog.clone();
    catalog.regions.retain(|region| {
        scope.covers_district(&region.code)
            || kept.iter().any(|it| whole.units[*it].region == region.code)
    });
    catalog.city.clear();
    if let Some(district) = scope.only_district() {
        let name = whole.catalog.region(district);
        (catalog.city, catalog.place) = (name.code, (name.zh, name.en));
    }
    let of_districts = whole.economy.iter().filter(|it| scope.covers_district(it.0));
    let economy: BTreeMap<_, _> =
        of_districts.map(|(code, months)| (code.clone(), months.clone())).collect();
    let snapshot = Snapshot {
        version: whole.version,
        today: whole.today,
        catalog,
        units: kept.iter().map(|it| whole.units[*it].clone()).collect(),
        groups: kept.iter().filter_map(|it| whole.groups.get(*it).cloned()).collect(),
        reporting: kept.iter().map(|it| whole.reporting[*it].clone()).collect(),
        first,
        months,
        energy: whole.energy.each_ref().map(|it| cells(it, GROUPS)),
        whole: whole.whole.each_ref().map(|it| cells(it, 1)),
        points: rows(&whole.points, &kept, (whole.months, skipped)),
        days: rows(&whole.days, &kept, (whole.months, skipped)),
        value_added: cells(&whole.value_added, 1),
        products: whole
            .products
            .iter()
            .filter_map(|it| {
                let mut own = it.clone();
                own.unit = place(it.unit)?;
                Some(own)
            })
            .collect(),
        price_year: whole.price_year.filter(|_| !economy.is_empty()),
        economy,
        targets: whole.targets.iter().filter(|it| of_scope(&it.scope, &it.code)).cloned().collect(),
        data_from: data_from.map(Month::first_day),
        data_until: own.iter().filter_map(|it| it.last_day).max(),
    };
    (snapshot, own)
}

/// Whether energy of a unit came, or was due, in a month: what the span of a whole snapshot is made of.
fn has_data(whole: &Snapshot, unit: usize, month: Month) -> bool {
    whole.points(unit, month) != Points::default()
        || whole.days(unit, month) > 0
        || whole.reports(unit, month)
}

/// The rows of the units that are kept: of `width` values each, without the first ones of each row.
fn rows<T: Copy>(values: &[T], kept: &[usize], (width, skipped): (usize, usize)) -> Vec<T> {
    kept.iter().flat_map(|it| &values[it * width + skipped..(it + 1) * width]).copied().collect()
}
