//! One-time codes that an operator hands to a plant.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use serde_json::json;

use super::*;

fn code_for(app: &TestApp, device: &str) -> String {
    let path = format!("/api/v1/devices/{device}/code");
    let made = app.admin("POST", &path, Vec::new()).ok();
    assert_eq!(made["device_id"], device, "{made}");
    made["code"].as_str().expect("a code").to_owned()
}

fn with_code(app: &TestApp, enterprise: &Enterprise, code: &str) -> Answer {
    let mut body = registration(enterprise);
    body["registrationCode"] = json!(code);
    app.post("/register", &body)
}

#[track_caller]
fn check_wrong(answer: &Answer) {
    let body = answer.refused();
    assert_eq!(body["errors"][0]["code"], "credential_wrong", "{body}");
    assert_eq!(body["errors"][0]["field"], "registrationCode", "{body}");
}

#[test]
fn a_code_works_once_and_hands_the_approval_on() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("登记码");
    let old = app.terminal(&enterprise).device_id;
    let code = code_for(&app, &old);
    let groups: Vec<_> = code.split('-').map(str::len).collect();
    assert_eq!(groups, [4, 4, 4], "{code}");
    check_wrong(&with_code(&app, &enterprise, "0000-0000-0000"));
    let other = Enterprise::new("登记码");
    check_wrong(&with_code(&app, &other, &code));
    // The code as a person types it.
    let typed = code.to_lowercase().replace('-', " ");
    let new = device_of(&with_code(&app, &enterprise, &typed));
    assert_ne!(new, old, "what others may have read is worth nothing any more");
    check_wrong(&with_code(&app, &enterprise, &code));
    upload(&app, &enterprise, &new).received();
    upload(&app, &enterprise, &old).refused();
    let row = device_row(&app, &enterprise, &new);
    assert_eq!((&row["state"], &row["proof"]), (&json!("approved"), &json!("code")));
    let text = app.admin_get("/api/v1/claims").text();
    assert!(!text.contains(&code), "a code is shown once");
}

#[test]
fn a_code_may_come_as_a_header_and_the_newest_counts() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("登记码");
    let old = app.registered(&enterprise).device_id;
    let first = code_for(&app, &old);
    let second = code_for(&app, &old);
    check_wrong(&with_code(&app, &enterprise, &first));
    let headers = [("content-type", "application/json"), ("x-registration-code", second.as_str())];
    let body = registration(&enterprise).to_string().into_bytes();
    let new = device_of(&app.post_bytes("/register", body, &headers));
    assert_ne!(new, old);
    let row = device_row(&app, &enterprise, &new);
    assert_eq!(row["state"], "pending", "a code approves nobody: {row}");
}

#[test]
fn wrong_codes_are_bounded_by_address_and_enterprise() {
    let app = app_behind_proxy(&[("NENGCE_MAX_CODE_GUESSES_PER_HOUR", "3")]);
    let enterprise = Enterprise::new("猜码");
    let device = approved_from(&app, "203.0.113.7", &enterprise);
    let code = code_for(&app, &device);
    let guess = |address: &str, code: &str| {
        let mut body = registration(&enterprise);
        body["registrationCode"] = json!(code);
        post_from(&app, address, "/register", &body)
    };
    for _ in 0..3 {
        check_wrong(&guess("198.51.100.1", "ZZZZ-ZZZZ-ZZZZ"));
    }
    let refused = guess("198.51.100.1", &code);
    assert_eq!(refused.status, 429, "even the right one: {}", refused.text());
    assert_eq!(refused.refused()["errors"][0]["code"], "rate_limited");
    let wait: u32 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=3_600).contains(&wait), "{wait}");
    // Wrong codes from other addresses do not lock the plant out.
    let new = device_of(&guess("198.51.100.2", &code));
    assert_ne!(new, device);
    // There are thirty attempts in all.
    let code = code_for(&app, &new);
    for at in 0..30 {
        guess(&format!("192.0.2.{}", at / 3), "ZZZZ-ZZZZ-ZZZZ");
    }
    let wrong = guess("198.51.100.9", "ZZZZ-ZZZZ-ZZZZ");
    assert_eq!(wrong.status, 429, "{}", wrong.text());
    // The correct code is accepted nevertheless.
    assert_ne!(device_of(&guess("198.51.100.8", &code)), new);
}

#[test]
fn a_code_dies_with_its_time_and_waits_after_a_release() {
    let clock = clock();
    let file = clock.path().to_str().expect("a path");
    let app = app_behind_proxy(&[("NENGCE_CLOCK_OFFSET_FILE", file)]);
    let enterprise = Enterprise::new("过期码");
    let device = approved_from(&app, "203.0.113.7", &enterprise);
    let code = code_for(&app, &device);
    std::fs::write(clock.path(), (72 * 3_600 + 60).to_string()).expect("the clock is moved");
    check_wrong(&with_code(&app, &enterprise, &code));

    // While a code is issued, no one can register first without it.
    let path = format!("/api/v1/devices/{device}/release");
    app.admin("POST", &path, Vec::new()).ok();
    let code = code_for(&app, &device);
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    let new = device_of(&with_code(&app, &enterprise, &code));
    upload(&app, &enterprise, &new).received();
}
