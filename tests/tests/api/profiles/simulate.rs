//! The simulator speaks the profiles, so that each can be tried.

use nengce_tests::support::server::command;

use super::shandong::app;

/// Two units of three days: everything is sent and nothing refused.
#[track_caller]
fn check(profile: &str) {
    let app = app();
    let output = command()
        .args(["simulate", "--server", &app.url(), "--profile", profile])
        .args([
            "--units",
            "2",
            "--days",
            "3",
            "--real-time-days",
            "1",
            "--once",
        ])
        .output()
        .expect("nengce runs");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{profile}: {said}");
    assert!(said.contains(", 0 refused"), "{profile}: {said}");
    let uploads = app.get("/api/v1/uploads").ok();
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
fn shandong_is_spoken() {
    check("shandong");
}

#[test]
fn yunnan_is_spoken() {
    check("yunnan");
}
