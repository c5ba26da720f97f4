//! Filters of several values: the selected groups add up, and an invalid value is refused by name.

use nengce_shared::api::benchmark::BenchmarkView;
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::api::intensity::IntensityView;
use nengce_shared::api::meta::Timeline;
use nengce_shared::api::unit::{UnitList, UnitRow};
use nengce_tests::support::figures::check_near;

use super::city;

const YEAR: &str = "from=2025&to=2025";

fn view(query: &str) -> DualControl {
    city().app.get(&format!("/api/v1/dual-control?{YEAR}&{query}")).read()
}

fn total(query: &str) -> f64 {
    view(query).total.value.expect("a total")
}

#[test]
fn values_of_a_filter_add_up() {
    for (both, one, other) in [
        ("region=120116,120119", "region=120116", "region=120119"),
        ("energy=coal,electricity", "energy=coal", "energy=electricity"),
        ("industry=C30,C31", "industry=C30", "industry=C31"),
    ] {
        let sum = [one, other].map(|it| view(it).total.value.unwrap_or(0.0));
        check_near(total(both), sum.iter().sum(), both);
        assert!(sum.iter().any(|it| *it > 0.0), "{both}");
    }
}

#[test]
fn a_set_of_districts_lists_them_and_has_no_target() {
    let view = view("region=120116,%20120119,120116");
    let codes: Vec<&str> = view.regions.iter().map(|it| it.name.code.as_str()).collect();
    assert_eq!(codes.len(), 2);
    assert!(codes.contains(&"120116") && codes.contains(&"120119"));
    assert_eq!(view.scope.region.as_deref(), Some("120116,120119"));
    assert!(view.target.is_none() && view.intensity.required_fall.is_none());
    let units = view.regions.iter().map(|it| it.units).sum::<u32>();
    assert_eq!(view.scope.units, units);
}

#[test]
fn the_brush_and_the_lists_take_the_same_sets() {
    let city = city();
    let timeline = |query: &str| {
        let it: Timeline = city.app.get(&format!("/api/v1/timeline?{query}")).read();
        it.months.iter().filter_map(|it| it.tce).sum::<f64>()
    };
    check_near(
        timeline("region=120116,120119"),
        timeline("region=120116") + timeline("region=120119"),
        "months of two districts",
    );
    let units: UnitList =
        city.app.get(&format!("/api/v1/units?{YEAR}&region=120116,120119")).read();
    assert!(!units.rows.is_empty());
    let within = |code: &str| ["120116", "120119"].contains(&code);
    assert!(units.rows.iter().all(|it| within(&it.unit.region.code)));
}

/// Credit codes and totals of an industry's units.
fn units_of(industry: &str) -> Vec<(String, f64)> {
    let list: UnitList =
        city().app.get(&format!("/api/v1/units?{YEAR}&industry={industry}")).read();
    let unit = |it: &UnitRow| (it.unit.enterprise_code.clone(), it.total.value.unwrap_or(0.0));
    list.rows.iter().map(unit).collect()
}

#[test]
fn chosen_units_are_the_whole_of_every_view() {
    let cement = units_of("C30");
    assert_eq!(cement.len(), 3);
    let query = format!("units={},{}", cement[0].0, cement[1].0);
    check_near(total(&query), cement[0].1 + cement[1].1, "two units");
    let view: IntensityView =
        city().app.get(&format!("/api/v1/intensity?{YEAR}&by=unit&{query}")).read();
    assert_eq!((view.scope.units, view.points.len()), (2, 2));
    let one: BenchmarkView =
        city().app.get(&format!("/api/v1/benchmarks/C30?{YEAR}&units={}", cement[2].0)).read();
    assert_eq!(one.rows.len(), 1);
    assert_eq!(one.rows[0].unit.enterprise_code, cement[2].0);
    let months: Timeline = city().app.get(&format!("/api/v1/timeline?{query}")).read();
    assert!(months.months.iter().any(|it| it.tce.is_some_and(|it| it > 0.0)));
}

#[test]
fn a_unit_is_compared_with_the_average_of_its_peers() {
    let cement = units_of("C30");
    let view = view(&format!("units={}&compare=peers", cement[0].0));
    let average = (cement[1].1 + cement[2].1) / 2.0;
    check_near(view.total.previous.expect("peers"), average, "the average of two peers");
    check_near(view.total.value.expect("a total"), cement[0].1, "the unit");
    assert_eq!(view.scope.compare_peers, Some(2));
    assert_eq!(view.scope.compare_from, view.scope.from);
    let months = view.months.iter().filter_map(|it| it.previous_tce).sum::<f64>();
    check_near(months, average, "the peers' months");
    // Energy per value added needs no allocation: the two selected units count as one.
    let peers = self::view(&format!("units={},{}", cement[1].0, cement[2].0));
    check_near(
        view.intensity.previous.expect("the peers' intensity"),
        peers.intensity.value.expect("their own"),
        "intensity of the peers",
    );
}

#[test]
fn a_district_is_compared_with_another() {
    let (here, there) = (view("region=120116"), view("region=120119"));
    let both = view("region=120116&compare=region:120119");
    assert_eq!(both.total.value, here.total.value);
    check_near(
        both.total.previous.expect("the other"),
        there.total.value.expect("its total"),
        "the other district",
    );
    assert_eq!(both.scope.compare_region.as_deref(), Some("120119"));
    for (mine, other) in both.months.iter().zip(&there.months) {
        assert_eq!(mine.previous_tce, other.tce, "{}", mine.period);
    }
    let problem = city()
        .app
        .get(&format!("/api/v1/dual-control?{YEAR}&compare=region:12"))
        .problem(400, "parameter_invalid");
    assert_eq!(problem["errors"][0]["field"], "compare");
}

#[test]
fn a_value_that_is_none_is_refused_by_name() {
    for query in [
        "region=120116,12",
        "region=120116,",
        "industry=C31,steel",
        "class=thousand,all",
        "energy=coal,wood",
        "units=91120112000000",
    ] {
        let answer = city().app.get(&format!("/api/v1/dual-control?{YEAR}&{query}"));
        let problem = answer.problem(400, "parameter_invalid");
        let name = query.split('=').next();
        assert_eq!(problem["errors"][0]["field"].as_str(), name);
    }
}
