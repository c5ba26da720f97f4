//! `POST /uploadEnergyData`: approval, repetition, replacement, unknown codes.

use nengce_shared::mask::mask;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_value;
use nengce_tests::support::message::{ELECTRICITY, day, days, hour, hours};

#[test]
fn sending_again_changes_nothing() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("重发"));
    let entries =
        [hours(ELECTRICITY, "2025-03-01", f64::from), vec![day(ELECTRICITY, "2025-03-01", 276.0)]]
            .concat();
    terminal.upload(&entries).received();
    let before = (terminal.readings(ELECTRICITY, 0), terminal.readings(ELECTRICITY, 1));
    for _ in 0..3 {
        terminal.upload(&entries).received();
    }
    assert_eq!((terminal.readings(ELECTRICITY, 0), terminal.readings(ELECTRICITY, 1)), before);
    assert_eq!((before.0.len(), before.1.len()), (24, 1));
    assert!(
        before.0.iter().all(|row| row["history"].as_array().is_some_and(Vec::is_empty)),
        "{:?}",
        before.0
    );
    let energy =
        terminal.get("/energy?from=2025-03-01&to=2025-03-01&grain=day&basis=calorific").ok();
    check_value(&energy["total_tce"], 276.0 * 1.229, "one day, counted once");
}

#[test]
fn another_value_replaces_and_the_earlier_stays_in_the_history() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("更正"));
    for value in [10.0, 11.0, 12.0] {
        terminal.upload(&[day(ELECTRICITY, "2025-03-01", value)]).received();
    }
    let rows = terminal.readings(ELECTRICITY, 1);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["value"], 12.0);
    let history = rows[0]["history"].as_array().expect("a history");
    let values: Vec<f64> = history.iter().filter_map(|h| h["value"].as_f64()).collect();
    assert_eq!(values, [11.0, 10.0], "newest first: {history:?}");
    for replaced in history {
        assert_eq!(replaced["sent_by"], mask(&terminal.device_id), "who: {replaced}");
        assert!(
            replaced["replaced_at"].as_str().is_some_and(|at| at.len() >= 19),
            "when: {replaced}"
        );
    }
    let energy =
        terminal.get("/energy?from=2025-03-01&to=2025-03-01&grain=day&basis=calorific").ok();
    check_value(&energy["total_tce"], 12.0 * 1.229, "the last value counts");
}

/// The same key twice in one message: with one value it is one reading; with two values the later one is stored, as it
/// would be across messages, and the earlier one is in the history.
#[test]
fn the_same_key_twice_in_one_message_is_stored_once() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("同报文重复"));
    let twice = [day(ELECTRICITY, "2025-03-01", 10.0), day(ELECTRICITY, "2025-03-01", 10.0)];
    terminal.upload(&twice).received();
    let rows = terminal.readings(ELECTRICITY, 1);
    assert_eq!(rows.len(), 1);
    assert!(rows[0]["history"].as_array().is_some_and(Vec::is_empty));
    let differing = [day(ELECTRICITY, "2025-03-01", 98.0), day(ELECTRICITY, "2025-03-01", 99.0)];
    terminal.upload(&differing).received();
    let rows = terminal.readings(ELECTRICITY, 1);
    assert_eq!((rows.len(), rows[0]["value"].as_f64()), (1, Some(99.0)));
    let history = rows[0]["history"].as_array().expect("a history");
    let values: Vec<f64> = history.iter().filter_map(|h| h["value"].as_f64()).collect();
    assert_eq!(values, [98.0, 10.0]);
}

#[test]
fn data_of_an_unapproved_device_waits_and_is_not_lost() {
    let app = TestApp::shared();
    let terminal = app.registered(&Enterprise::new("待批"));
    terminal.upload_config().received();
    terminal.upload(&days(ELECTRICITY, "2025-01-01", "2025-01-10", |_| 10.0)).received();
    terminal.upload(&[day(ELECTRICITY, "2025-01-05", 20.0)]).received();
    let span = "/energy?from=2025-01-01&to=2025-01-31&grain=month&basis=calorific";
    assert_eq!(terminal.get(span).status, 404, "a unit that nobody approved is not known");
    assert_eq!(app.approve(&terminal.device_id).status, 200);
    check_value(
        &terminal.get(span).ok()["total_tce"],
        (9.0 * 10.0 + 20.0) * 1.229,
        "visible on approval",
    );
    let rows = terminal.readings(ELECTRICITY, 1);
    assert_eq!(rows.len(), 10);
    let corrected = rows
        .iter()
        .find(|r| r["stat_date"].as_str().is_some_and(|d| d.starts_with("2025-01-05")))
        .expect("the day");
    assert_eq!(
        (corrected["value"].as_f64(), corrected["history"][0]["value"].as_f64()),
        (Some(20.0), Some(10.0))
    );
}

#[test]
fn unknown_codes_are_stored_and_listed() {
    let app = TestApp::new();
    let terminal = app.terminal(&Enterprise::new("未收录"));
    let code = "00-00-0000-029900-11";
    terminal
        .upload(&[day(code, "2025-03-01", 7.0), day(ELECTRICITY, "2025-03-01", 10.0)])
        .received();
    assert_eq!(terminal.readings(code, 1).len(), 1);
    let listed = app.get("/api/v1/uploads").ok()["today"]["unknown_codes"].clone();
    let codes: Vec<_> =
        listed.as_array().expect("a list").iter().map(|row| &row["data_code"]).collect();
    assert_eq!(codes, [code], "{listed}");
    let items = terminal.get("").ok()["items"].clone();
    let item = items
        .as_array()
        .expect("items")
        .iter()
        .find(|item| item["data_code"] == code)
        .expect("the item")
        .clone();
    assert_eq!(
        (&item["in_dictionary"], &item["counted"]),
        (&false.into(), &false.into()),
        "{item}"
    );
    let energy =
        terminal.get("/energy?from=2025-03-01&to=2025-03-01&grain=day&basis=calorific").ok();
    check_value(&energy["total_tce"], 12.29, "an unknown type does not count");
}

#[test]
fn back_fill_lands_in_its_own_day() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("补报"));
    terminal.upload(&[hour(ELECTRICITY, "2025-03-02", 0, 5.0)]).received();
    terminal.upload(&[hour(ELECTRICITY, "2025-03-01", 23, 7.0)]).received();
    let energy = terminal.get("/energy?from=2025-03-01&to=2025-03-02&grain=day").ok();
    let found: Vec<_> = energy["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|r| (r["period"].clone(), r["quantity"].clone()))
        .collect();
    assert_eq!(found, [("2025-03-01".into(), 7.0.into()), ("2025-03-02".into(), 5.0.into())]);
}
