//! The rotation of a terminal's secret: the old one is accepted until the new one is used or its time is over.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::server::{ADMIN_TOKEN, command};
use serde_json::json;

use super::*;

const PLANT: &str = "203.0.113.7";
const ELSEWHERE: &str = "198.51.100.1";
const STRANGER: &str = "192.0.2.9";
const HOUR: u32 = 3_600;

fn rotate(app: &TestApp, device: &str) -> Answer {
    app.admin("POST", &format!("/api/v1/devices/{device}/rotate"), Vec::new())
}

fn revoke(app: &TestApp, device: &str) {
    app.admin("POST", &format!("/api/v1/devices/{device}/revoke"), Vec::new()).ok();
}

/// A registration from an address that shows a device id and may ask for a new secret.
fn register_with(
    app: &TestApp,
    address: &str,
    enterprise: &Enterprise,
    id: &str,
    asks: bool,
) -> Answer {
    let mut body = registration(enterprise);
    body["deviceId"] = json!(id);
    body["newSecret"] = json!(asks);
    post_from(app, address, "/register", &body)
}

fn registration_version(app: &TestApp, device: &str) -> String {
    let told = app.post("/versionCheck", &json!({"deviceId": device})).received();
    told["regVersion"].as_str().expect("a version").to_owned()
}

#[track_caller]
fn check_ended(app: &TestApp, enterprise: &Enterprise, device: &str) {
    upload(app, enterprise, device).refused();
    let row = device_row(app, enterprise, device);
    assert_eq!((&row["state"], &row["accepted_until"]), (&json!("revoked"), &Value::Null), "{row}");
}

/// Whether the audit log has an entry of an action with a reason.
fn is_recorded(app: &TestApp, action: &str, reason: &str) -> bool {
    let list = app.admin_get(&format!("/api/v1/audit?action={action}")).ok();
    let rows = list["rows"].as_array().expect("rows").clone();
    rows.iter().any(|it| it["event"]["reason"] == reason)
}

#[test]
fn what_an_operator_rotates_changes_without_a_gap_and_each_reading_counts_once() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("轮换");
    let old = approved_from(&app, PLANT, &enterprise);
    upload(&app, &enterprise, &old).received();
    let version = registration_version(&app, &old);
    let row = rotate(&app, &old).ok();
    assert!(row["rotation_asked_at"].is_string(), "{row}");
    // The terminal learns by its version check that it has to register, and goes on as before until then.
    assert_eq!(registration_version(&app, &old), format!("{version}-new"));
    upload(&app, &enterprise, &old).received();
    let new = device_of(&register_from(&app, PLANT, &enterprise));
    assert_ne!(new, old);
    upload(&app, &enterprise, &old).received();
    // Both are shown: which one is old, until when it is accepted, and who used which last.
    let row = device_row(&app, &enterprise, &old);
    assert_eq!((&row["state"], &row["proof"]), (&json!("approved"), &Value::Null), "{row}");
    assert!(row["accepted_until"].is_string() && row["last_seen"].is_string(), "{row}");
    let row = device_row(&app, &enterprise, &new);
    assert_eq!((&row["state"], &row["proof"]), (&json!("approved"), &json!("address")), "{row}");
    assert_eq!((&row["rotation_asked_at"], &row["last_seen"]), (&Value::Null, &Value::Null));
    let path = format!("/api/v1/devices/{new}/evidence");
    let previous = app.admin_get(&path).ok()["previous"].clone();
    assert_eq!(previous["device_id"], old.as_str(), "{previous}");
    assert!(previous["accepted_until"].is_string(), "{previous}");
    // The first message with the new secret ends the old one.
    upload(&app, &enterprise, &new).received();
    check_ended(&app, &enterprise, &old);
    assert_eq!(registration_version(&app, &new), version, "the upload time stays");
    let path =
        format!("/api/v1/units/{}/readings?data_code={ELECTRICITY}&stat_type=1", enterprise.code);
    let readings = app.get(&path).ok();
    assert_eq!(readings["rows"].as_array().map(Vec::len), Some(1), "{readings}");
    assert!(is_recorded(&app, "device.old_secret_end", "first_message"));
    let rotated = app.admin_get("/api/v1/audit?action=device.rotate").ok();
    assert_eq!(rotated["rows"].as_array().map(Vec::len), Some(2), "asked and done: {rotated}");
}

#[test]
fn a_lost_answer_is_repeated_and_there_is_one_old_secret_at_most() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("应答丢失");
    let first = approved_from(&app, PLANT, &enterprise);
    let second = device_of(&register_with(&app, ELSEWHERE, &enterprise, &first, true));
    assert_ne!(second, first);
    // Whoever shows the old secret again, asking or not, gets the new one that was made for it.
    for (id, asks) in [(&first, true), (&first, false), (&second, true)] {
        let again = register_with(&app, ELSEWHERE, &enterprise, id, asks);
        assert_eq!(device_of(&again), second);
    }
    rotate(&app, &second).problem(409, "conflict");
    upload(&app, &enterprise, &first).received();
    upload(&app, &enterprise, &second).received();
    check_ended(&app, &enterprise, &first);
    // What has ended proves nothing any more.
    check_in_place(&register_with(&app, STRANGER, &enterprise, &first, true));
    let third = device_of(&register_with(&app, ELSEWHERE, &enterprise, &second, true));
    assert!(third != second && third != first);
    upload(&app, &enterprise, &second).received();
    let rows = app.admin_get(&format!("/api/v1/devices?q={}", enterprise.code)).ok();
    let old =
        rows["rows"].as_array().expect("rows").iter().filter(|it| it["accepted_until"].is_string());
    assert_eq!(old.count(), 1, "{rows}");
}

#[test]
fn both_are_accepted_until_the_time_is_over_also_after_a_restart() {
    let clock = clock();
    let file = clock.path().to_str().expect("a path");
    let mut app = app_behind_proxy(&[
        ("NENGCE_CLOCK_OFFSET_FILE", file),
        ("NENGCE_DEVICE_OVERLAP_HOURS", "2"),
        ("NENGCE_DEVICE_OVERLAP_ENDS_WITH_FIRST_MESSAGE", "false"),
    ]);
    let enterprise = Enterprise::new("过渡期");
    let old = approved_from(&app, PLANT, &enterprise);
    let new = device_of(&register_with(&app, PLANT, &enterprise, &old, true));
    for id in [&new, &old, &new, &old] {
        upload(&app, &enterprise, id).received();
    }
    // The old secret does not lead to the new one once that is used.
    check_in_place(&register_with(&app, ELSEWHERE, &enterprise, &old, false));
    app.server.stop();
    app.server.launch();
    upload(&app, &enterprise, &old).received();
    std::fs::write(clock.path(), (2 * HOUR + 1).to_string()).expect("the clock is moved");
    upload(&app, &enterprise, &old).refused();
    upload(&app, &enterprise, &new).received();
    check_ended(&app, &enterprise, &old);
    assert!(is_recorded(&app, "device.old_secret_end", "device_overlap_hours"));
}

#[test]
fn revocation_ends_everything_at_once_and_the_old_one_can_be_ended_alone() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("轮换停用");
    let first = approved_from(&app, PLANT, &enterprise);
    let second = device_of(&register_with(&app, PLANT, &enterprise, &first, true));
    revoke(&app, &first);
    check_ended(&app, &enterprise, &first);
    app.admin("POST", &format!("/api/v1/devices/{first}/approve"), Vec::new())
        .problem(409, "conflict");
    upload(&app, &enterprise, &second).received();

    let third = device_of(&register_with(&app, PLANT, &enterprise, &second, true));
    revoke(&app, &third);
    check_ended(&app, &enterprise, &second);
    check_ended(&app, &enterprise, &third);
    // A revoked terminal is given no new secret, and the old one proves nothing.
    check_in_place(&register_with(&app, ELSEWHERE, &enterprise, &second, true));
    let same = register_with(&app, PLANT, &enterprise, &third, true);
    assert_eq!(device_of(&same), third);
    rotate(&app, &third).problem(409, "conflict");
    app.approve(&third).ok();
    upload(&app, &enterprise, &third).received();
    upload(&app, &enterprise, &second).refused();
}

#[test]
fn without_an_overlap_the_old_secret_ends_at_once() {
    let app = app_behind_proxy(&[("NENGCE_DEVICE_OVERLAP_HOURS", "0")]);
    let enterprise = Enterprise::new("无过渡");
    let old = approved_from(&app, PLANT, &enterprise);
    rotate(&app, &old).ok();
    upload(&app, &enterprise, &old).received();
    let new = device_of(&register_from(&app, PLANT, &enterprise));
    check_ended(&app, &enterprise, &old);
    upload(&app, &enterprise, &new).received();
}

#[test]
fn only_an_approved_terminal_that_shows_a_secret_may_ask_for_another() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("谁可轮换");
    let device = device_of(&register_from(&app, PLANT, &enterprise));
    let waits = register_with(&app, PLANT, &enterprise, &device, true);
    assert_eq!(device_of(&waits), device, "it waits for its approval");
    rotate(&app, &device).problem(409, "conflict");
    app.approve(&device).ok();
    // An address proves that it is the terminal, but another program at the address may have asked.
    let mut by_address = registration(&enterprise);
    by_address["newSecret"] = json!(true);
    let told = post_from(&app, PLANT, "/register", &by_address);
    assert_eq!(device_of(&told), device);
    check_in_place(&post_from(&app, ELSEWHERE, "/register", &by_address));
    assert_ne!(device_of(&register_with(&app, ELSEWHERE, &enterprise, &device, true)), device);
    let missing = rotate(&app, &"0".repeat(32));
    assert_eq!(missing.status, 404, "{}", missing.text());
}

#[test]
fn a_terminal_that_a_code_replaces_is_accepted_until_the_next_one_sends() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("换机过渡");
    let old = approved_from(&app, PLANT, &enterprise);
    let path = format!("/api/v1/devices/{old}/code");
    let code = app.admin("POST", &path, Vec::new()).ok()["code"].clone();
    let mut body = registration(&enterprise);
    body["registrationCode"] = code;
    let new = device_of(&post_from(&app, ELSEWHERE, "/register", &body));
    upload(&app, &enterprise, &old).received();
    upload(&app, &enterprise, &new).received();
    check_ended(&app, &enterprise, &old);
    assert_eq!(device_row(&app, &enterprise, &new)["proof"], "code");
}

#[test]
fn the_command_asks_for_a_rotation_and_the_list_shows_it() {
    let app = TestApp::new();
    let enterprise = Enterprise::new("命令轮换");
    let device = app.terminal(&enterprise).device_id;
    let run = |arguments: &[&str]| {
        let url = app.url();
        let target = ["--server", url.as_str(), "--token", ADMIN_TOKEN];
        let done = command().arg("device").args(arguments).args(target).output();
        let done = done.expect("nengce runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    assert!(run(&["rotate", &device]).contains("waits for its terminal since"));
    let told = app.registered(&enterprise).device_id;
    assert_ne!(told, device);
    assert!(run(&["list"]).contains("old secret, accepted until"));
}
