//! `GET /api/v1/devices` and the approval of a device.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;

fn state(app: &TestApp, device_id: &str) -> String {
    let list = app.admin_get("/api/v1/devices?limit=1000").ok();
    let row = list["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .find(|row| row["device_id"] == device_id)
        .cloned();
    row.expect("the device is listed")["state"].as_str().expect("a state").to_owned()
}

#[test]
fn approval_needs_the_administrators_token() {
    let app = TestApp::shared();
    let terminal = app.registered(&Enterprise::new("批准"));
    let path = format!("/api/v1/devices/{}/approve", terminal.device_id);
    app.post_bytes(&path, Vec::new(), &[]).problem(401, "unauthorised");
    let wrong = app.post_bytes(&path, Vec::new(), &[("authorization", "Bearer wrong")]);
    assert!(matches!(wrong.status, 401 | 403), "{}", wrong.text());
    assert_eq!(state(&app, &terminal.device_id), "pending");
    assert_eq!(app.approve(&terminal.device_id).status, 200);
    assert_eq!(state(&app, &terminal.device_id), "approved");
    assert_eq!(app.approve(&terminal.device_id).status, 200, "approving twice is no error");
}

#[test]
fn an_unknown_device_is_not_found() {
    let app = TestApp::shared();
    let answer = app.approve(&"0".repeat(32));
    assert_eq!(answer.status, 404, "{}", answer.text());
}

#[test]
fn a_revoked_device_is_refused_until_it_is_approved_again() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("撤销"));
    let path = format!("/api/v1/devices/{}/revoke", terminal.device_id);
    assert_eq!(app.admin_post(&path, Vec::new(), "application/json").status, 200);
    assert_eq!(state(&app, &terminal.device_id), "revoked");
    let entry = nengce_tests::support::message::day(
        nengce_tests::support::message::ELECTRICITY,
        "2025-01-01",
        1.0,
    );
    terminal.upload(&[entry]);
    let energy = terminal.get("/energy?from=2025-01-01&to=2025-01-01&grain=day").ok();
    assert_eq!(energy["total_tce"], 0.0, "data of a revoked device does not count: {energy}");
}
