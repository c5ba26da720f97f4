//! Registrations that are not approved and whose terminal has fallen silent count against no limit, make room for
//! others, and can be released by credit code.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::server::{ADMIN_TOKEN, command};
use serde_json::json;

use super::*;

const STRANGER: &str = "198.51.100.1";
const PLANT: &str = "203.0.113.7";

fn app(clock: &str, more: &[(&str, &str)]) -> TestApp {
    let mut settings = vec![
        ("NENGCE_PROFILES", "national,yunnan"),
        ("NENGCE_TRUSTED_PROXIES", "127.0.0.1"),
        ("NENGCE_CLOCK_OFFSET_FILE", clock),
    ];
    settings.extend(more);
    TestApp::with_environment(&settings)
}

/// Yunnan's first call: a key, and no device yet.
fn working_key(app: &TestApp, address: &str, enterprise: &Enterprise) -> Answer {
    let body = json!({"enterpriseCode": enterprise.code});
    post_from(app, address, "/YNEnergy/enterpriseInfo/rwk", &body)
}

#[track_caller]
fn check_key(answer: &Answer) {
    let body = answer.ok();
    assert!(body["data"]["secretKey"].is_string(), "{body}");
}

#[test]
fn registrations_without_a_device_hold_their_places_for_an_hour() {
    let clock = clock();
    let file = clock.path().to_str().expect("a path");
    let app = app(file, &[("NENGCE_MAX_PENDING_DEVICES", "3")]);
    let taken: Vec<_> = (0..3).map(|_| Enterprise::new("空登记")).collect();
    for it in &taken {
        check_key(&working_key(&app, STRANGER, it));
    }
    let own = Enterprise::new("真终端");
    assert_eq!(register_from(&app, PLANT, &own).status, 429);
    check_in_place(&register_from(&app, PLANT, &taken[0]));
    std::fs::write(clock.path(), (61 * 60).to_string()).expect("the clock is moved");
    device_of(&register_from(&app, PLANT, &own));
    // A key that was never used does not block the terminal either.
    let device = device_of(&register_from(&app, PLANT, &taken[0]));
    app.approve(&device).ok();
    upload(&app, &taken[0], &device).received();
    check_in_place(&register_from(&app, STRANGER, &taken[0]));
}

#[test]
fn a_silent_device_that_nobody_approved_gives_way_and_an_approved_one_does_not() {
    let clock = clock();
    let file = clock.path().to_str().expect("a path");
    let app = app(file, &[("NENGCE_MAX_PENDING_DEVICES", "2")]);
    let (silent, awake) = (Enterprise::new("无声"), Enterprise::new("有声"));
    let approved = Enterprise::new("已批");
    let kept = approved_from(&app, STRANGER, &approved);
    let old = device_of(&register_from(&app, STRANGER, &silent));
    let waits = device_of(&register_from(&app, STRANGER, &awake));
    std::fs::write(clock.path(), (20 * 86_400).to_string()).expect("the clock is moved");
    upload(&app, &awake, &waits).received();
    check_in_place(&register_from(&app, PLANT, &silent));
    std::fs::write(clock.path(), (31 * 86_400).to_string()).expect("the clock is moved");
    let new = device_of(&register_from(&app, PLANT, &silent));
    assert_ne!(new, old);
    assert_eq!(device_row(&app, &silent, &old)["state"], "revoked");
    check_in_place(&register_from(&app, PLANT, &awake));
    check_in_place(&register_from(&app, PLANT, &approved));
    upload(&app, &approved, &kept).received();
    let full = register_from(&app, PLANT, &Enterprise::new("再来"));
    assert_eq!(full.status, 429, "{}", full.text());
}

#[test]
fn a_registration_without_a_device_is_released_by_its_credit_code() {
    let clock = clock();
    let app = app(clock.path().to_str().expect("a path"), &[]);
    let enterprise = Enterprise::new("无终端");
    check_key(&working_key(&app, STRANGER, &enterprise));
    check_in_place(&register_from(&app, PLANT, &enterprise));
    let release = |code: &str| {
        let path = format!("/api/v1/devices/{code}/release");
        app.admin("POST", &path, Vec::new())
    };
    let row = release(&enterprise.code).ok();
    assert_eq!(
        (&row["enterprise_code"], &row["device_id"], &row["state"]),
        (&json!(enterprise.code), &json!(""), &json!("revoked"))
    );
    assert_eq!(claims_of(&app, &enterprise)[0]["state"], "expired");
    release(&enterprise.code).problem(404, "not_found");
    let device = device_of(&register_from(&app, PLANT, &enterprise));
    // With a device, the code names it too.
    let output = command()
        .args(["device", "release", &enterprise.code])
        .args(["--server", &app.url(), "--token", ADMIN_TOKEN])
        .output()
        .expect("nengce runs");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success() && said.contains("revoked"), "{said}");
    assert_eq!(device_row(&app, &enterprise, &device)["state"], "revoked");
}
