//! The year's total against its target, of the city and of its districts; and base years.

use nengce_shared::api::dual_control::DualControl;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::{check_near, check_some};
use nengce_tests::support::message::{RAW_COAL, days};

use super::city;

const TARGETS: &str = "scope,code,kind,from_year,to_year,value,basis,source
region,120119,total_tce,2025,2025,1400000,equivalent,tests
region,120118,total_tce,2025,2025,530000,equivalent,tests
";

#[test]
fn a_district_misses_or_keeps_its_total_at_year_end() {
    let city = City::of_units();
    city.app.import("targets", "targets.csv", TARGETS);
    let view: DualControl = city.app.get("/api/v1/dual-control?from=2025&to=2025").read();
    let of = |code: &str| {
        let row = view.regions.iter().find(|it| it.name.code == code).expect("a district");
        row.year_end.clone()
    };
    let missed = of("120119").expect("a target");
    check_near(missed.expected_tce, 365.0 * 3928.65, "the whole year of Jizhou");
    check_near(missed.over, 365.0 * 3928.65 / 1_400_000.0 - 1.0, "over");
    assert!(missed.is_final && missed.year == 2025, "{missed:?}");
    assert!(of("120118").expect("a target").over < 0.0);
    assert!(of("120116").is_none() && view.year_end.is_none(), "no target, no year end");
    let csv = city.app.get("/api/v1/dual-control?from=2025&to=2025&format=csv&lang=en").text();
    assert!(csv.lines().next().expect("a head").contains("Year end against target"), "{csv}");
    let view: DualControl = city.app.get("/api/v1/dual-control?from=2024&to=2024").read();
    assert!(view.regions.iter().all(|it| it.year_end.is_none()), "2024 has no target");
}

#[test]
fn while_the_year_runs_its_end_is_projected() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(9700, "静海热力").region("120118").collects(RAW_COAL, 1);
    let terminal = app.terminal(&unit);
    terminal.upload(&days(RAW_COAL, "2024-01-01", "2024-12-31", |_| 1000.0)).received();
    terminal.upload(&days(RAW_COAL, "2025-01-01", "2025-09-30", |_| 1100.0)).received();
    app.import("targets", "targets.csv", TARGETS);
    let view: DualControl = app.get("/api/v1/dual-control?from=2025-01&to=2025-09").read();
    let row = view.regions.iter().find(|it| it.name.code == "120118").expect("a district");
    let expected = row.year_end.as_ref().expect("a target");
    // 714.3 tce a day in 2024. July to September grew by a tenth, and so does the rest of the year.
    check_near(expected.expected_tce, 365.0 * 785.73, "the whole year of Jinghai");
    check_near(expected.over, 365.0 * 785.73 / 530_000.0 - 1.0, "under its target");
    assert!(!expected.is_final, "{expected:?}");
}

#[test]
fn any_earlier_year_is_a_base_year() {
    let view = |query: &str| -> DualControl {
        city().app.get(&format!("/api/v1/dual-control?from=2025-01&to=2025-09&{query}")).read()
    };
    let (default, same) = (view(""), view("compare=year:2024"));
    assert_eq!(same.scope.compare_from, "2024-01-01");
    assert!(default.total == same.total && default.months == same.months, "the default");
    let earlier = view("compare=year:2023");
    assert_eq!(earlier.scope.compare_from, "2023-01-01");
    assert_eq!(earlier.scope.compare_to, "2023-09-30");
    assert!(earlier.total.previous.is_none(), "no data of 2023");
    // What the years require is chained: two falls of 3 %.
    check_some(earlier.intensity.required_fall, 1.0 - 0.97 * 0.97, "two years");
    let later = view("compare=year:2030");
    assert_eq!(later.scope.compare_from, "2024-01-01", "not an earlier year");
    for wrong in ["year:24", "year:x", "year:1800"] {
        let answer = city().app.get(&format!("/api/v1/dual-control?compare={wrong}"));
        assert_eq!(answer.status, 400, "{wrong}");
    }
}
