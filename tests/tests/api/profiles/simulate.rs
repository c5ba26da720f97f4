//! The simulator speaks the profiles, so that each can be tried.

use nengce_tests::support::server::{ADMIN_TOKEN, command};

use super::shandong::app;

/// Two units of three days: everything is sent and nothing refused.
#[track_caller]
fn check(profile: &str) {
    let app = app();
    // The second time the terminals are known, and prove it with the ids that the administrator sees.
    for at in 0..2 {
        let output = command()
            .args(["simulate", "--server", &app.url(), "--profile", profile])
            .args(["--token", ADMIN_TOKEN, "--units", "2", "--days", "3"])
            .args(["--real-time-days", "1", "--once"])
            .output()
            .expect("nengce runs");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{profile} {at}: {said}");
        assert!(said.contains(", 0 refused"), "{profile} {at}: {said}");
    }
    let devices = app.admin_get("/api/v1/devices").ok();
    assert_eq!(devices["page"]["total"], 2, "{devices}");
    let claims = app.admin_get("/api/v1/claims").ok();
    assert_eq!(claims["page"]["total"], 0, "{claims}");
    let uploads = app.get("/api/v1/uploads?limit=10000").ok();
    let energy: u64 = uploads["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|it| it["kind"] == "energy")
        .filter_map(|it| it["stored"].as_u64())
        .sum();
    assert!(energy > 0, "{profile}: {uploads}");
}

#[test]
fn the_nation_is_spoken() {
    check("national");
}

#[test]
fn shandong_is_spoken() {
    check("shandong");
}

#[test]
fn yunnan_is_spoken() {
    check("yunnan");
}
