//! The snapshot as somebody sees it who may not see every unit: other units are not in it, nor sums that hold them.

use super::snapshot::{GROUPS, Snapshot};
use super::unit_scope::UnitScope;

/// The snapshot with the units of a scope alone, and their indices in the whole one. Where the scope is one district, the
/// district stands in the place of the city, with its own economy and targets. A reader of single units gets neither.
pub fn restricted(whole: &Snapshot, scope: &UnitScope) -> (Snapshot, Vec<usize>) {
    let covers = |it: &usize| scope.covers(&whole.units[*it].code, &whole.units[*it].region);
    let kept: Vec<usize> = (0..whole.units.len()).filter(covers).collect();
    let place = |unit: usize| kept.binary_search(&unit).ok();
    let cells = |values: &[f64], width: usize| rows(values, &kept, whole.months * width);
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
    let snapshot = Snapshot {
        version: whole.version,
        today: whole.today,
        catalog,
        units: kept.iter().map(|it| whole.units[*it].clone()).collect(),
        groups: kept.iter().filter_map(|it| whole.groups.get(*it).cloned()).collect(),
        reporting: kept.iter().map(|it| whole.reporting[*it].clone()).collect(),
        first: whole.first,
        months: whole.months,
        energy: whole.energy.each_ref().map(|it| cells(it, GROUPS)),
        whole: whole.whole.each_ref().map(|it| cells(it, 1)),
        points: rows(&whole.points, &kept, whole.months),
        days: rows(&whole.days, &kept, whole.months),
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
        economy: whole
            .economy
            .iter()
            .filter(|it| scope.covers_district(it.0))
            .map(|(code, months)| (code.clone(), months.clone()))
            .collect(),
        price_year: whole.price_year,
        targets: whole.targets.iter().filter(|it| of_scope(&it.scope, &it.code)).cloned().collect(),
        data_from: whole.data_from,
        data_until: whole.data_until,
    };
    (snapshot, kept)
}

/// The rows of the units that are kept, `width` values each.
fn rows<T: Copy>(values: &[T], kept: &[usize], width: usize) -> Vec<T> {
    kept.iter().flat_map(|it| &values[it * width..(it + 1) * width]).copied().collect()
}
