//! Commands that speak to a server: device, export; and the small demo city.

use std::process::Output;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::server::{ADMIN_TOKEN, command};

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn devices_are_listed_approved_and_revoked() {
    let app = TestApp::new();
    let terminal = app.registered(&Enterprise::new("命令"));
    terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
    let run = |arguments: &[&str]| {
        let output = command()
            .arg("device")
            .args(arguments)
            .arg("--data")
            .arg(app.server.data())
            .output()
            .expect("nengce runs");
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        said(&output)
    };
    assert!(run(&["list", "--state", "pending"]).contains(&terminal.device_id));
    run(&["approve", &terminal.device_id]);
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 1, "what waited is there");
    assert!(!run(&["list", "--state", "pending"]).contains(&terminal.device_id));
    run(&["revoke", &terminal.device_id]);
    assert!(run(&["list", "--state", "revoked"]).contains(&terminal.device_id));
}

/// Without a running server the command opens the folder itself.
#[test]
fn a_stopped_server_s_folder_is_opened_for_the_command() {
    let mut app = TestApp::new();
    let device = app.registered(&Enterprise::new("命令")).device_id;
    app.server.stop();
    let output = command()
        .args(["device", "list", "--data"])
        .arg(app.server.data())
        .output()
        .expect("nengce runs");
    assert!(output.status.success() && said(&output).contains(&device), "{}", said(&output));
}

#[test]
fn export_writes_what_the_api_gives() {
    let app = TestApp::new();
    let terminal = app.terminal(&Enterprise::new("导出厂"));
    terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.5)]).received();
    let output = command()
        .args([
            "export",
            "readings",
            "--unit",
            &terminal.enterprise.code,
            "--server",
            &app.url(),
            "--token",
            ADMIN_TOKEN,
        ])
        .output()
        .expect("nengce runs");
    let text = said(&output);
    assert!(
        output.status.success() && text.contains(ELECTRICITY) && text.contains("1.5"),
        "{text}"
    );
}

/// A city of a few units sends over the protocol: the units report, their faults are recorded, and a seed gives the
/// same city again.
#[test]
fn a_simulated_city_reports_and_writes_its_truth() {
    let simulate = || {
        let app = TestApp::new();
        let folder = tempfile::tempdir().expect("a folder");
        let truth = folder.path().join("truth.jsonl");
        let mut run = command();
        run.args([
            "simulate",
            "--server",
            &app.url(),
            "--token",
            ADMIN_TOKEN,
            "--units",
            "12",
            "--days",
            "70",
        ]);
        run.args(["--real-time-days", "3", "--seed", "7", "--once", "--truth"]).arg(&truth);
        let output = run.output().expect("nengce runs");
        assert!(output.status.success(), "{}", said(&output));
        let list = app.get("/api/v1/units?limit=1000").ok();
        assert_eq!(list["page"]["total"], 12, "{list}");
        let reporting = app.get("/api/v1/dual-control").ok()["scope"]["units_reporting"]
            .as_u64()
            .expect("a count");
        assert!(reporting >= 10, "{reporting} of 12 units report");
        let faults = std::fs::read_to_string(&truth).expect("the truth file");
        assert!(
            faults.lines().all(|line| serde_json::from_str::<serde_json::Value>(line)
                .is_ok_and(|fault| fault.is_object())),
            "{faults}"
        );
        assert!(faults.lines().count() > 0, "some faults are planted");
        faults
    };
    assert_eq!(simulate(), simulate(), "deterministic by seed");
}
