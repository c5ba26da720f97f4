//! Filters of several values: what is chosen together adds up, and a value that is none is refused by name.

use nengce_shared::api::dual_control::DualControl;
use nengce_shared::api::meta::Timeline;
use nengce_shared::api::unit::UnitList;
use nengce_tests::support::figures::check_near;

use super::city;

const YEAR: &str = "from=2025&to=2025";

fn view(query: &str) -> DualControl {
    city()
        .app
        .get(&format!("/api/v1/dual-control?{YEAR}&{query}"))
        .read()
}

fn total(query: &str) -> f64 {
    view(query).total.value.expect("a total")
}

#[test]
fn values_of_a_filter_add_up() {
    for (both, one, other) in [
        ("region=120116,120119", "region=120116", "region=120119"),
        (
            "energy=coal,electricity",
            "energy=coal",
            "energy=electricity",
        ),
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
    let codes: Vec<&str> = view
        .regions
        .iter()
        .map(|it| it.name.code.as_str())
        .collect();
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
    let units: UnitList = city
        .app
        .get(&format!("/api/v1/units?{YEAR}&region=120116,120119"))
        .read();
    assert!(!units.rows.is_empty());
    let within = |code: &str| ["120116", "120119"].contains(&code);
    assert!(units.rows.iter().all(|it| within(&it.unit.region.code)));
}

#[test]
fn a_value_that_is_none_is_refused_by_name() {
    for query in [
        "region=120116,12",
        "region=120116,",
        "industry=C31,steel",
        "class=thousand,all",
        "energy=coal,wood",
    ] {
        let answer = city()
            .app
            .get(&format!("/api/v1/dual-control?{YEAR}&{query}"));
        let problem = answer.problem(400, "parameter_invalid");
        let name = query.split('=').next();
        assert_eq!(problem["errors"][0]["field"].as_str(), name);
    }
}
