//! A restricted snapshot answers for its units as the whole one does with a filter, and holds nothing of others.

use jiff::civil::date;
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::month::Month;
use nengce_shared::warning::TotalThresholds;

use super::dual_control::dual_control;
use super::evaluation::Evaluation;
use super::query::Filter;
use super::restriction::restricted;
use super::sample::{builder, query, statuses, target};
use super::snapshot::{Points, Snapshot};
use super::unit_scope::UnitScope;

fn city() -> Snapshot {
    let mut builder = builder();
    builder.target(target("region", "120000", "total_tce", 2025, 2025, 2000.0));
    builder.target(target("region", "120101", "total_tce", 2025, 2025, 1900.0));
    builder.target(target("region", "120102", "total_tce", 2025, 2025, 100.0));
    builder.build()
}

fn view(snapshot: &Snapshot, filter: Filter) -> DualControl {
    let mut query = query("2025-01", "2025-09");
    query.filter = filter;
    dual_control(&Evaluation::new(snapshot, &query, &[]), TotalThresholds::default())
}

fn district(code: &str) -> UnitScope {
    UnitScope::of([code.to_owned()], [])
}

#[test]
fn a_district_stands_in_the_place_of_the_city() {
    let whole = city();
    let (own, units) = restricted(&whole, &statuses(), &district("120101"));
    assert_eq!(units, statuses()[..2]);
    let filter = Filter { region: vec!["120101".to_owned()], ..Filter::default() };
    let (mine, filtered) = (view(&own, Filter::default()), view(&whole, filter));
    assert_eq!(mine.total, filtered.total);
    assert_eq!(mine.months, filtered.months);
    assert_eq!(mine.regions.len(), 1);
    let target = |view: &DualControl| view.target.as_ref().map(|it| it.target_tce);
    assert_eq!(target(&mine), target(&filtered));
    assert_eq!(own.catalog.city, "120101");
}

#[test]
fn nothing_of_other_units_is_in_it() {
    let whole = city();
    for scope in [
        UnitScope::of([], [whole.units[1].code.clone()]),
        district("120102"),
        UnitScope::default(),
        UnitScope::of([], ["no such unit".to_owned()]),
    ] {
        let (own, kept) = restricted(&whole, &statuses(), &scope);
        assert_eq!(own.units.len(), kept.len());
        let text = format!("{own:?}");
        for (at, unit) in whole.units.iter().enumerate() {
            let covered = scope.covers(&unit.code, &unit.region);
            assert_eq!(kept.contains(&statuses()[at]), covered);
            assert_eq!(text.contains(&unit.code) || text.contains(&unit.name), covered, "{unit:?}");
        }
        let of_others = own.targets.iter().any(|it| !scope.covers_district(&it.code));
        assert!(!of_others && own.economy.keys().all(|it| scope.covers_district(it)));
    }
}

#[test]
fn the_whole_city_is_what_it_was_and_scopes_join() {
    let whole = city();
    let joined = district("120101").or(district("120102"));
    let (own, kept) = restricted(&whole, &statuses(), &joined);
    assert_eq!(kept.len(), whole.units.len());
    assert_eq!(view(&own, Filter::default()).total, view(&whole, Filter::default()).total);
    assert!(joined.only_district().is_none() && !joined.is_city());
    assert!(joined.or(UnitScope::city()).is_city());
}

/// Somebody else's earlier first month and later last day are not told.
#[test]
fn the_span_of_data_is_that_of_the_units_in_it() {
    let mut builder = builder();
    for month in 1..=12 {
        builder.points(1, Month::new(2023, month).expect("a month"), Points::default());
    }
    let whole = builder.build();
    let mut states = statuses();
    states[2].last_day = Some(date(2025, 3, 31));
    let (own, _) = restricted(&whole, &states, &district("120102"));
    assert_eq!(own.data_until, Some(date(2025, 3, 31)));
    assert_eq!(own.all_months().count(), own.months);
    let (nobody, _) = restricted(&whole, &states, &UnitScope::default());
    assert_eq!((nobody.data_from, nobody.data_until, nobody.months), (None, None, 1));
    assert_eq!(nobody.first, whole.first.plus(whole.months as i32 - 1));
}
