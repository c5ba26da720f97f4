//! Registrations are limited by address and in all, and claims are bounded.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::server::{ADMIN_TOKEN, command};
use serde_json::json;

use super::*;

/// A key's default, as `nengce check-config --print-sample` prints it.
fn default_of(key: &str) -> String {
    let output = command().args(["check-config", "--print-sample"]).output().expect("nengce runs");
    let sample = String::from_utf8_lossy(&output.stdout).into_owned();
    sample
        .lines()
        .find_map(|it| it.strip_prefix(key)?.trim().strip_prefix('='))
        .unwrap_or_else(|| panic!("{key}: {sample}"))
        .trim()
        .to_owned()
}

fn with_default_limits(more: &[(&str, &str)]) -> TestApp {
    let (own, all) = (
        default_of("max_registrations_per_address_per_hour"),
        default_of("max_registrations_per_hour"),
    );
    let mut settings = vec![
        ("NENGCE_MAX_REGISTRATIONS_PER_ADDRESS_PER_HOUR", own.as_str()),
        ("NENGCE_MAX_REGISTRATIONS_PER_HOUR", all.as_str()),
    ];
    settings.extend(more);
    TestApp::with_environment(&settings)
}

#[test]
fn a_stranger_does_not_register_units_by_the_hundred() {
    let clock = clock();
    let file = clock.path().to_str().expect("a path");
    let app = with_default_limits(&[("NENGCE_CLOCK_OFFSET_FILE", file)]);
    let first = Enterprise::new("第一");
    let device = device_of(&app.post("/register", &registration(&first)));
    let mut refused = 0;
    for at in 1..152 {
        let answer = app.post("/register", &registration(&Enterprise::numbered(5_000 + at, "")));
        if answer.status == 429 {
            let body = answer.refused();
            assert_eq!(body["errors"][0]["code"], "rate_limited", "{body}");
            assert!(!answer.header("retry-after").is_empty());
            refused += 1;
        }
    }
    assert!(refused >= 90, "{refused} of 152 were refused");
    // A known terminal registers again and is not counted.
    let mut again = registration(&first);
    again["deviceId"] = json!(device);
    assert_eq!(device_of(&app.post("/register", &again)), device);
    // The operator may register any number.
    let token = format!("Bearer {ADMIN_TOKEN}");
    let headers = [("content-type", "application/json"), ("authorization", token.as_str())];
    for at in 0..70 {
        let body = registration(&Enterprise::numbered(6_000 + at, "")).to_string();
        app.post_bytes("/register", body.into_bytes(), &headers).received();
    }
    std::fs::write(clock.path(), "3600").expect("the clock is moved");
    app.post("/register", &registration(&Enterprise::numbered(7_000, ""))).received();
}

#[test]
fn a_city_connects_within_a_day_from_a_few_addresses() {
    let own: u32 = default_of("max_registrations_per_address_per_hour").parse().expect("a number");
    let all: u32 = default_of("max_registrations_per_hour").parse().expect("a number");
    assert!(own * 24 >= 1_000 && all * 24 >= 10_000, "{own} {all}");
}

#[test]
fn all_addresses_together_have_a_limit() {
    let app = app_behind_proxy(&[("NENGCE_MAX_REGISTRATIONS_PER_HOUR", "5")]);
    let status = |at: u32| {
        let enterprise = Enterprise::numbered(5_000 + at, "");
        register_from(&app, &format!("203.0.113.{at}"), &enterprise).status
    };
    let found: Vec<_> = (1..=7).map(status).collect();
    assert_eq!(found, [200, 200, 200, 200, 200, 429, 429]);
}

#[test]
fn what_nobody_approved_is_bounded() {
    let app = app_behind_proxy(&[("NENGCE_MAX_PENDING_DEVICES", "3")]);
    let enterprises: Vec<_> = (0..4).map(|_| Enterprise::new("待批")).collect();
    let devices: Vec<_> = enterprises[..3]
        .iter()
        .map(|it| device_of(&register_from(&app, "203.0.113.7", it)))
        .collect();
    let full = register_from(&app, "198.51.100.1", &enterprises[3]);
    assert_eq!(full.status, 429, "{}", full.text());
    // A pending terminal registers again; an approval makes room.
    device_of(&register_from(&app, "203.0.113.7", &enterprises[0]));
    app.approve(&devices[0]).ok();
    device_of(&register_from(&app, "198.51.100.1", &enterprises[3]));
}

#[test]
fn claims_are_bounded_by_enterprise_by_address_and_in_all() {
    let app = app_behind_proxy(&[
        ("NENGCE_MAX_CLAIMS_PER_ENTERPRISE", "2"),
        ("NENGCE_MAX_CLAIMS_PER_ADDRESS", "3"),
        ("NENGCE_MAX_CLAIMS", "5"),
    ]);
    let enterprises: Vec<_> = (0..6).map(|_| Enterprise::new("多")).collect();
    for it in &enterprises {
        approved_from(&app, "203.0.113.7", it);
    }
    let open = || app.admin_get("/api/v1/claims").ok()["open"].clone();
    for at in 1..=5 {
        let address = format!("198.51.100.{at}");
        check_in_place(&register_from(&app, &address, &enterprises[0]));
    }
    assert_eq!(open(), 2, "of one enterprise");
    let of_first = |address: &str| {
        let claims = claims_of(&app, &enterprises[0]);
        let mut here = claims.iter();
        here.find(|it| it["claimant"]["address"] == address).map(|it| it["state"].clone())
    };
    assert_eq!(of_first("198.51.100.5"), Some(json!("pending")), "the last");
    let first = of_first("198.51.100.1");
    assert_eq!(first, Some(json!("expired")), "it gave way");
    for it in &enterprises {
        check_in_place(&register_from(&app, "192.0.2.1", it));
    }
    assert_eq!(open(), 4, "three from one address, of which one took a place");
    for (at, it) in enterprises.iter().enumerate().skip(2).take(3) {
        let address = format!("192.0.2.{at}");
        check_in_place(&register_from(&app, &address, it));
    }
    assert_eq!(open(), 5, "in all");
}

#[test]
fn one_network_in_many_guises_does_not_keep_the_terminals_claim_away() {
    let app = TestApp::with_environment(&[
        ("NENGCE_PROFILES", "national,shandong,yunnan"),
        ("NENGCE_TRUSTED_PROXIES", "127.0.0.1"),
    ]);
    let enterprise = Enterprise::new("同网段");
    approved_from(&app, "203.0.113.7", &enterprise);
    for at in 1..=12 {
        let address = format!("2001:db8::{at}");
        check_in_place(&register_from(&app, &address, &enterprise));
        let body = registration(&enterprise);
        check_in_place(&post_from(&app, &address, "/enterprise/register", &body));
    }
    assert_eq!(claims_of(&app, &enterprise).len(), 2, "one /64");
    // Many networks displace each other, and the newest claim is kept.
    for at in 1..=12 {
        let address = format!("2001:db8:{at}::1");
        check_in_place(&register_from(&app, &address, &enterprise));
    }
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    let claims = claims_of(&app, &enterprise);
    let open: Vec<_> = claims.iter().filter(|it| it["state"] == "pending").collect();
    assert_eq!(open.len(), 8, "{claims:?}");
    assert_eq!(open[0]["claimant"]["address"], "198.51.100.1", "{claims:?}");
}

#[test]
fn a_claim_repeated_a_thousand_times_writes_nothing_more() {
    let app = TestApp::new();
    let enterprise = Enterprise::new("重复");
    app.terminal(&enterprise);
    check_in_place(&app.post("/register", &registration(&enterprise)));
    let version = |app: &TestApp| app.get("/api/v1/meta").ok()["data_version"].clone();
    let before = version(&app);
    assert!(before.is_number(), "{before}");
    for _ in 0..1_000 {
        check_in_place(&app.post("/register", &registration(&enterprise)));
    }
    assert_eq!(version(&app), before, "each write would raise it");
    assert_eq!(claims_of(&app, &enterprise)[0]["attempts"], 1_001);
}
