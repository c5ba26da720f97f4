//! `GET /api/v1/uploads` and `/uploads/{id}/rejected`: the uploads, and the rejected entries with their reasons.

use nengce_shared::mask::mask;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, with};
use serde_json::{Value, json};

fn uploads(app: &TestApp, enterprise: &Enterprise) -> Vec<Value> {
    let list = app.get("/api/v1/uploads?limit=1000").ok();
    let rows = list["rows"].as_array().expect("rows").clone();
    rows.into_iter()
        .filter(|row| row["enterprise_code"] == enterprise.code && row["kind"] == "energy")
        .collect()
}

#[test]
fn counts_what_was_stored_unchanged_replaced_and_rejected() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("台账"));
    let first = day(ELECTRICITY, "2025-03-01", 10.0);
    terminal.upload(std::slice::from_ref(&first)).received();
    let bad = with(day(ELECTRICITY, "2025-03-03", 1.0), "dataCode", json!("00-00-0000023400-80"));
    let second = [first, day(ELECTRICITY, "2025-03-02", 5.0), bad];
    terminal.upload(&second).refused();
    terminal.upload(&[day(ELECTRICITY, "2025-03-02", 6.0)]).received();
    let rows = uploads(&app, &terminal.enterprise);
    let counts: Vec<Vec<u64>> = rows
        .iter()
        .map(|row| {
            ["entries", "stored", "unchanged", "replaced", "rejected"]
                .map(|name| row[name].as_u64().expect("a count"))
                .to_vec()
        })
        .collect();
    assert_eq!(
        counts,
        [[1, 0, 0, 1, 0], [3, 1, 1, 0, 1], [1, 1, 0, 0, 0]],
        "newest first: {rows:?}"
    );
    assert!(
        rows.iter()
            .all(|row| row["sent_by"] == mask(&terminal.device_id) && row["counted"] == true),
        "{rows:?}"
    );
}

#[test]
fn a_rejected_entry_can_be_fetched_mended_and_sent_again() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("修正"));
    let bad = with(day(ELECTRICITY, "2025-03-01", 10.0), "dataCode", json!("00-00-0000023300-11"));
    terminal.upload(&[bad]).refused();
    let upload = uploads(&app, &terminal.enterprise)[0]["upload_id"].clone();
    let rejected = app.get(&format!("/api/v1/uploads/{upload}/rejected")).ok();
    let row = &rejected["rows"][0];
    assert_eq!((&row["index"], &row["field"]), (&0.into(), &"dataCode".into()), "{rejected}");
    assert!(
        !row["reason_zh"].as_str().unwrap_or_default().is_empty()
            && !row["reason_en"].as_str().unwrap_or_default().is_empty()
    );
    let entry: Value =
        serde_json::from_str(row["entry"].as_str().expect("the entry as it came")).expect("JSON");
    terminal.upload(&[with(entry, "dataCode", json!(ELECTRICITY))]).received();
    assert_eq!(terminal.readings(ELECTRICITY, 1)[0]["value"], 10.0);
}

#[test]
fn the_rejected_of_an_unknown_upload_are_not_found() {
    TestApp::shared().get("/api/v1/uploads/999999999/rejected").problem(404, "not_found");
}
