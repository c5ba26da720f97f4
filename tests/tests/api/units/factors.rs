//! Factors in figures: effective dates, the unit's own measured factor, a replaced dictionary.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_value;
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, day, month};

#[test]
fn the_equivalent_factor_is_the_one_of_the_year() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("年度系数"));
    terminal
        .upload(&[day(ELECTRICITY, "2018-06-01", 10.0), day(ELECTRICITY, "2020-06-01", 10.0)])
        .received();
    let energy = terminal.get("/energy?from=2018&to=2020&grain=year&basis=equivalent").ok();
    let factors: Vec<_> = energy["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["factor_kgce"].clone())
        .collect();
    assert_eq!(factors, [2900.0, 2870.0], "{energy}");
    check_value(&energy["total_tce"], 29.0 + 28.7, "ten times each year's factor");
}

/// Class 05 carries the unit's own factor of a primary energy; it holds for its month, on any basis.
#[test]
fn a_measured_factor_overrides_for_its_month() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("实测系数"));
    let own = "00-00-0000-050100-11";
    terminal
        .upload(&[
            day(RAW_COAL, "2025-02-10", 100.0),
            day(RAW_COAL, "2025-03-10", 100.0),
            day(RAW_COAL, "2025-04-10", 100.0),
            month(own, "2025-03", 0.65),
        ])
        .received();
    for basis in ["calorific", "equivalent"] {
        let energy = terminal
            .get(&format!("/energy?from=2025-02&to=2025-04&grain=month&basis={basis}"))
            .ok();
        check_value(&energy["total_tce"], 71.43 + 65.0 + 71.43, basis);
        let rows = energy["rows"].as_array().expect("rows");
        check_value(&rows[1]["factor_kgce"], 650.0, "0.65 tce/t");
        assert_eq!(
            rows[1]["factor_source"], "measured",
            "the figure says which factor it used: {energy}"
        );
        assert_ne!(rows[0]["factor_source"], "measured", "{energy}");
    }
    let by_day = terminal.get("/energy?from=2025-03-10&to=2025-03-10&grain=day").ok();
    check_value(&by_day["total_tce"], 65.0, "the factor of the month holds for its days");
}

#[test]
fn changing_a_factor_changes_every_figure_at_once() {
    let app = TestApp::new();
    let terminal = app.terminal(&Enterprise::new("换系数"));
    terminal.upload(&[day(RAW_COAL, "2025-03-10", 100.0)]).received();
    let total =
        || terminal.get("/energy?from=2025-03&to=2025-03&grain=month").ok()["total_tce"].clone();
    check_value(&total(), 71.43, "the default factor");
    let version = app.get("/api/v1/meta").ok()["dic_version"].clone();

    let built_in = include_str!("../../../../backend/core/data/factors.csv");
    let changed =
        built_in.replace("0100,calorific,2000-01-01,,714.3,", "0100,calorific,2000-01-01,,700.0,");
    assert_ne!(changed, built_in);
    let answer = app.admin_post(
        "/api/v1/imports/dictionary?dictionary=factors&file=factors.csv",
        changed.into_bytes(),
        "text/csv",
    );
    assert!(matches!(answer.status, 200 | 201 | 204), "{}: {}", answer.status, answer.text());
    check_value(&total(), 70.0, "the operator's factor");
    assert_ne!(app.get("/api/v1/meta").ok()["dic_version"], version, "terminals learn of it");
}
