//! Completeness, received over expected points, and the sources of figures.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_value;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, day, days, hours, month, quarters};
use serde_json::Value;

#[track_caller]
fn check(entries: &[Value], span: &str, expected: Option<f64>) {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("完整率"));
    terminal.upload(entries).received();
    let answer = terminal.get(&format!("/energy?{span}&grain=day")).ok();
    match expected {
        Some(expected) => check_value(&answer["completeness"], expected, &format!("{answer}")),
        None => assert!(answer["completeness"].is_null(), "{answer}"),
    }
}

#[test]
fn a_full_day_of_hours_is_complete() {
    check(&hours(ELECTRICITY, "2025-03-01", |_| 1.0), "from=2025-03-01&to=2025-03-01", Some(1.0));
}

#[test]
fn eighteen_of_twenty_four_hours_are_three_quarters() {
    check(
        &hours(ELECTRICITY, "2025-03-01", |_| 1.0)[..18],
        "from=2025-03-01&to=2025-03-01",
        Some(0.75),
    );
}

#[test]
fn a_quarter_hour_item_expects_ninety_six() {
    let half: Vec<Value> =
        quarters(ELECTRICITY, "2025-03-01", |_| 1.0).into_iter().take(48).collect();
    check(&half, "from=2025-03-01&to=2025-03-01", Some(0.5));
}

#[test]
fn a_daily_item_expects_one_a_day_from_its_first_day_on() {
    let entries = [
        days(ELECTRICITY, "2025-03-05", "2025-03-08", |_| 1.0),
        days(ELECTRICITY, "2025-03-11", "2025-03-14", |_| 1.0),
    ];
    check(&entries.concat(), "from=2025-03-01&to=2025-03-14", Some(0.8));
}

#[test]
fn days_after_the_last_reading_are_missing_not_unexpected() {
    check(
        &days(ELECTRICITY, "2025-03-01", "2025-03-05", |_| 1.0),
        "from=2025-03-01&to=2025-03-10",
        Some(0.5),
    );
}

#[test]
fn a_daily_value_of_an_hourly_item_counts_as_a_figure_but_not_as_points() {
    let entries =
        [hours(ELECTRICITY, "2025-03-01", |_| 1.0), vec![day(ELECTRICITY, "2025-03-02", 24.0)]]
            .concat();
    check(&entries, "from=2025-03-01&to=2025-03-02", Some(0.5));
}

#[test]
fn points_of_several_items_are_added() {
    // 24 of 24 hours and 5 of 10 days: 29 of 34.
    let entries =
        [hours(ELECTRICITY, "2025-03-01", |_| 1.0), vec![day(NATURAL_GAS, "2025-03-01", 1.0)]]
            .concat();
    check(&entries, "from=2025-03-01&to=2025-03-01", Some(1.0));
    let fewer = [
        hours(ELECTRICITY, "2025-03-01", |_| 1.0)[..12].to_vec(),
        vec![day(NATURAL_GAS, "2025-03-01", 1.0)],
    ]
    .concat();
    check(&fewer, "from=2025-03-01&to=2025-03-01", Some(13.0 / 25.0));
}

#[test]
fn a_monthly_item_expects_months_and_no_days() {
    let march = [month(ELECTRICITY, "2025-03", 1.0)];
    check(&march, "from=2025-03-01&to=2025-03-31", Some(1.0));
    check(&march, "from=2025-03-01&to=2025-03-15", None);
}

#[test]
fn the_calendar_shows_each_day() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("日历"));
    let entries = [
        hours(ELECTRICITY, "2025-03-01", |_| 1.0),
        hours(ELECTRICITY, "2025-03-03", |_| 1.0)[..6].to_vec(),
    ]
    .concat();
    terminal.upload(&entries).received();
    let calendar = terminal.get("/calendar?from=2025-03-01&to=2025-03-03&basis=calorific").ok();
    let found: Vec<_> = calendar["days"]
        .as_array()
        .expect("days")
        .iter()
        .map(|d| (d["received"].clone(), d["expected"].clone()))
        .collect();
    let by_hand = [(24, 24), (0, 24), (6, 24)].map(|(r, e)| (Value::from(r), Value::from(e)));
    assert_eq!(found, by_hand, "{calendar}");
    check_value(&calendar["days"][0]["tce"], 24.0 * 1.229, "the first day");
    assert!(calendar["days"][1]["tce"].is_null(), "missing is never zero: {calendar}");
}
