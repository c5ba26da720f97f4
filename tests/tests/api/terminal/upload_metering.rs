//! `POST /uploadMeteringData`: instruments with level, state and calibration.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use serde_json::{Value, json};

fn meter(code: &str, next: &str) -> Value {
    json!({
        "code": code, "name": "进线电能表", "level": 1, "state": 1, "energyType": "3300", "accuracyClass": "0.5S",
        "lastCheckDate": "2024-03-01", "nextCheckDate": next, "dataCodes": [ELECTRICITY],
    })
}

#[test]
fn meters_are_listed_and_the_overdue_counted() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("计量"));
    let message = |meters: &[Value]| json!({"deviceId": terminal.device_id, "enterpriseCode": terminal.enterprise.code, "data": meters});
    terminal
        .upload_metering(&message(&[meter("E-1", "2999-01-01"), meter("E-2", "2025-01-01")]))
        .received();
    terminal.upload_metering(&message(&[meter("E-1", "2999-01-01")])).received();
    let list = terminal.get("/meters").ok();
    let found: Vec<_> = list["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["meter_code"].clone(), row["overdue"].clone()))
        .collect();
    assert_eq!(found, [("E-1".into(), false.into()), ("E-2".into(), true.into())], "{list}");
    let summary = &terminal.get("").ok()["meters"];
    assert_eq!((&summary["total"], &summary["overdue"]), (&2.into(), &1.into()), "{summary}");
}

#[test]
fn a_meter_without_a_code_is_refused_alone() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("计量"));
    let mut bad = meter("x", "2999-01-01");
    bad.as_object_mut().expect("an object").remove("code");
    let message = json!({"deviceId": terminal.device_id, "enterpriseCode": terminal.enterprise.code, "data": [bad, meter("E-9", "2999-01-01")]});
    terminal.upload_metering(&message).refused_entry(0, "code", "entry_field_missing");
    assert_eq!(terminal.get("/meters").ok()["rows"].as_array().map(Vec::len), Some(1));
}
