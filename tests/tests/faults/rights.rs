//! Files belong to their owner only, whatever wrote them and whatever umask the server was started with; the log holds
//! no colour codes.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days};
use nengce_tests::support::server::{Options, command};
use serde_json::json;

/// Every file and folder below, with its mode.
fn modes(path: &Path, found: &mut Vec<(String, u32)>) {
    let about = fs::symlink_metadata(path).expect("it is there");
    found.push((path.display().to_string(), about.permissions().mode() & 0o777));
    if about.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            modes(&entry.expect("an entry").path(), found);
        }
    }
}

#[track_caller]
fn check_owners_alone(path: &Path, least: usize) {
    let mut found = Vec::new();
    modes(path, &mut found);
    assert!(found.len() >= least, "{found:?}");
    let open: Vec<_> = found.iter().filter(|it| it.1 & 0o077 != 0).collect();
    assert!(open.is_empty(), "others may read: {open:?}");
}

#[track_caller]
fn run(arguments: &[&str]) {
    let output = command().args(arguments).output().expect("nengce runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
}

/// Starts the server with the most generous umask.
fn generous() -> Options {
    Options {
        through: ["sh", "-c", "umask 000; exec \"$0\" \"$@\""].map(str::to_owned).to_vec(),
        ..Options::default()
    }
}

#[test]
fn every_file_that_is_written_is_the_owners_alone() {
    let mut app = TestApp::with(generous());
    let terminal = app.terminal(&Enterprise::new("权限"));
    terminal.upload(&days(ELECTRICITY, "2024-01-01", "2025-06-30", |_| 1.5)).received();
    let path = "/api/v1/imports/economy/jobs?file=economy.csv";
    let bad = b"region,month,value_added\nnowhere,2025-01,x\n".to_vec();
    let started = app.admin_post(path, bad, "text/csv");
    assert_eq!(started.status, 202, "{}", started.text());
    let ask = |what: &str, body: serde_json::Value| {
        app.admin("POST", &format!("/api/v1/maintenance/{what}"), body.to_string().into_bytes())
            .ok();
    };
    ask("backup", json!({"folder": "one"}));
    ask("parquet", json!({"folder": "two"}));
    ask("compact", json!({"all": true}));
    let data = app.server.data();
    check_owners_alone(&data, 10);
    let (backup, restored) = (data.join("backups/one"), app.server.folder().join("restored"));
    let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    fs::create_dir(&restored).expect("a folder");
    fs::set_permissions(&restored, fs::Permissions::from_mode(0o777)).expect("it is ours");
    fs::set_permissions(backup.join("nengce.duckdb"), fs::Permissions::from_mode(0o644))
        .expect("it is ours");
    run(&["restore", &text(&backup), "--data", &text(&restored)]);
    check_owners_alone(&restored, 2);
    let elsewhere = app.server.folder().join("elsewhere");
    run(&["backup", &text(&elsewhere), "--data", &text(&data)]);
    check_owners_alone(&elsewhere, 3);
    drop(terminal);
    app.server.kill();
    // A torn tail of the log is kept in a file of its own.
    let log = data.join("nengce.duckdb.wal");
    let bytes = fs::read(&log).unwrap_or_default();
    if bytes.len() > 100 {
        fs::write(&log, &bytes[..bytes.len() - 5]).expect("it is torn");
    }
    app.server.launch();
    check_owners_alone(&data, 10);
}

#[test]
fn a_folder_that_others_could_read_is_tightened_at_start_and_the_log_says_so() {
    let mut app = TestApp::new();
    app.terminal(&Enterprise::new("收紧"));
    app.server.stop();
    let data = app.server.data();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let database = data.join("nengce.duckdb");
    fs::set_permissions(database, fs::Permissions::from_mode(0o644)).expect("it is ours");
    app.server.launch();
    check_owners_alone(&data, 3);
    let log = app.server.log();
    assert!(log.contains("owner's alone"), "{log}");
}

#[test]
fn the_log_holds_no_colour_codes() {
    let app = TestApp::new();
    app.terminal(&Enterprise::new("日志"));
    let log = app.server.log();
    assert!(log.contains("listening"), "{log}");
    assert!(!log.contains('\u{1b}'), "{log:?}");
}
