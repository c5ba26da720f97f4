//! A provider that is down, slow, or answers without end stops nothing but the sign-ins at it.

use std::time::{Duration, Instant};

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{Person, create};
use nengce_tests::support::provider::{Provider, begin, come_back, sign_in, try_begin};
use nengce_tests::support::server::{Options, command};
use nengce_tests::support::tls::Authority;
use serde_json::json;

const UNAVAILABLE: (u16, &str) = (503, "provider_unavailable");

/// Longer than a provider that failed is left alone.
const PAUSE: Duration = Duration::from_millis(5_200);

#[test]
fn a_provider_that_is_down_stops_neither_the_server_nor_passwords() {
    let mut provider = Provider::start();
    provider.stop();
    let app = provider.app(&[]);
    create(&app, "li", &[Role::Inspector], &[], &[]);
    try_begin(&app).problem(UNAVAILABLE.0, UNAVAILABLE.1);
    let begun = Instant::now();
    for _ in 0..20 {
        try_begin(&app).problem(UNAVAILABLE.0, UNAVAILABLE.1);
    }
    assert!(begun.elapsed() < Duration::from_secs(2), "it is not asked again for each of them");
    Person::sign_in(&app, "li");
    come_back(&app, "", "?code=a&state=b").problem(401, "provider_sign_in_expired");
}

#[test]
fn slow_and_endless_answers_are_given_up() {
    let provider = Provider::start();
    provider.person("wang", &json!({"roles": ["nc-inspect"]}));
    let app = provider.app(&[("NENGCE_OIDC_TIMEOUT_SECONDS", "1"), ("NENGCE_OIDC_TRIES", "1")]);
    let discovery = "/.well-known/openid-configuration";
    provider.tell(&json!({"delays": {discovery: 5_000}}));
    let begun = Instant::now();
    try_begin(&app).problem(UNAVAILABLE.0, UNAVAILABLE.1);
    assert!(begun.elapsed() < Duration::from_secs(4));
    std::thread::sleep(PAUSE);
    provider.tell(&json!({"delays": {}, "bytes": {discovery: 300_000}}));
    try_begin(&app).problem(UNAVAILABLE.0, UNAVAILABLE.1);
    assert!(app.server.log().contains("max_oidc_answer_bytes"));
    std::thread::sleep(PAUSE);
    provider.tell(&json!({"bytes": {}}));
    for spoiled in [json!({"delays": {"/token": 5_000}}), json!({"bytes": {"/token": 300_000}})] {
        let begun = begin(&app);
        let query = provider.sign_in(&begun.address, "wang");
        provider.tell(&spoiled);
        come_back(&app, &begun.cookie, &query).problem(UNAVAILABLE.0, UNAVAILABLE.1);
        provider.tell(&json!({"delays": {}, "bytes": {}}));
    }
    Person::of(&app, &sign_in(&app, &provider, "wang"));
}

#[test]
fn the_certificate_of_the_provider_is_checked() {
    let (authority, folder) = (Authority::new("city"), tempfile::tempdir().expect("a folder"));
    authority.server_files(folder.path());
    let file = |name: &str| folder.path().join(name);
    let provider = Provider::with_tls(&file("server.pem"), &file("server.key"));
    let known = file("authority.pem");
    let trusting =
        provider.app(&[("NENGCE_OIDC_AUTHORITIES_FILE", known.to_str().expect("a path"))]);
    assert!(begin(&trusting).address.starts_with("https://127.0.0.1:"));
    let strict = provider.app(&[]);
    try_begin(&strict).problem(UNAVAILABLE.0, UNAVAILABLE.1);
    assert!(strict.server.log().contains("certificate"), "{}", strict.server.log());
}

#[test]
fn a_server_without_a_provider_says_so() {
    let app = TestApp::with(Options::default());
    assert!(app.get("/api/v1/session").ok()["provider"].is_null());
    try_begin(&app).problem(404, "not_found");
    come_back(&app, "", "?code=a&state=b").problem(404, "not_found");
}

#[test]
fn check_config_refuses_a_provider_that_is_not_safe_and_hides_the_secret() {
    let check = |more: &[(&str, &str)]| {
        let right = [
            ("ISSUER", "https://sso.example"),
            ("CLIENT_ID", "nengce"),
            ("CLIENT_SECRET", "hidden-secret"),
            ("REDIRECT_BASE", "https://nengce.example"),
            ("ROLES", "nc-inspect=inspector"),
        ];
        let mut run = command();
        for (name, value) in right.iter().chain(more) {
            run.env(format!("NENGCE_OIDC_{name}"), value);
        }
        let output = run.arg("check-config").output().expect("it runs");
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    };
    let (is_valid, text) = check(&[]);
    assert!(is_valid && !text.contains("hidden-secret"), "{text}");
    for (name, value) in [
        ("ISSUER", "http://sso.example"),
        ("REDIRECT_BASE", "https://nengce.example/x"),
        ("ROLES", "nc-audit=auditor"),
        ("ROLES", "nc-king=king"),
        ("CLIENT_SECRET", ""),
    ] {
        let (is_valid, text) = check(&[(name, value)]);
        let key = format!("oidc_{}", name.to_lowercase());
        assert!(!is_valid && text.contains(&key), "{name}={value}: {text}");
    }
}
