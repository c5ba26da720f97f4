//! A write-ahead log with an unreadable end: everything acknowledged before the damage is stored, the rest is set aside
//! and reported, and nothing damaged is used.

use std::fs;
use std::path::PathBuf;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days};
use nengce_tests::support::server::command;

struct Case {
    app: TestApp,
    enterprise: Enterprise,
    /// Length of the log when January was acknowledged and rolled up.
    january: usize,
}

fn log(app: &TestApp) -> PathBuf {
    app.server.data().join("nengce.duckdb.wal")
}

/// January acknowledged and rolled up, then February, then SIGKILL.
fn killed() -> Case {
    let mut app = TestApp::new();
    let enterprise = Enterprise::new("日志");
    let january = {
        let terminal = app.terminal(&enterprise);
        terminal.upload(&days(ELECTRICITY, "2025-01-01", "2025-01-31", |_| 1.0)).received();
        terminal.get("/energy?from=2025-01&to=2025-02&grain=month&basis=calorific").ok();
        let january = fs::metadata(log(&app)).expect("a log").len() as usize;
        terminal.upload(&days(ELECTRICITY, "2025-02-01", "2025-02-28", |_| 2.0)).received();
        january
    };
    app.server.kill();
    Case { app, enterprise, january }
}

fn readings(case: &Case) -> usize {
    let terminal = case.app.registered(&case.enterprise);
    terminal.readings(ELECTRICITY, 1).len()
}

/// Starts on a log with other content; returns what `/readyz` reports as cut.
fn start_with(case: &mut Case, content: &[u8]) -> serde_json::Value {
    fs::write(log(&case.app), content).expect("the log is written");
    case.app.server.launch();
    case.app.admin_get("/readyz").ok()["log_cut"].clone()
}

fn kept(cut: &serde_json::Value) -> Vec<u8> {
    let file = cut["kept_in"].as_str().unwrap_or_else(|| panic!("a kept file: {cut}"));
    fs::read(file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// When everything is sent again, it is stored once.
fn check_whole_again(case: &Case) {
    let terminal = case.app.registered(&case.enterprise);
    terminal.upload(&days(ELECTRICITY, "2025-02-01", "2025-02-28", |_| 2.0)).received();
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 59);
    let energy = terminal.get("/energy?from=2025-01&to=2025-02&grain=month&basis=calorific").ok();
    nengce_tests::support::figures::check_value(
        &energy["total_tce"],
        (31.0 + 56.0) * 1.229,
        "roll-ups follow",
    );
}

#[test]
fn garbage_behind_the_last_commit_costs_nothing() {
    let mut case = killed();
    let whole = fs::read(log(&case.app)).expect("a log");
    for garbage in [vec![0; 4096], vec![0xa5; 777], b"abc".to_vec()] {
        let mut longer = whole.clone();
        longer.extend(&garbage);
        let cut = start_with(&mut case, &longer);
        assert!(kept(&cut).ends_with(&garbage), "{cut}");
        assert_eq!(readings(&case), 59);
        assert!(case.app.server.log().contains("unreadable tail"));
        case.app.server.kill();
    }
    case.app.server.launch();
    check_whole_again(&case);
}

#[test]
fn a_torn_end_costs_no_more_than_the_commit_it_tore() {
    let mut case = killed();
    let whole = fs::read(log(&case.app)).expect("a log");
    // Into the very first bytes that follow January's roll-up: a commit of which hardly anything was written.
    let torn = &whole[..case.january + 7];
    let cut = start_with(&mut case, torn);
    assert_eq!((cut["defect"].as_str(), cut["bytes"].as_u64()), (Some("torn"), Some(7)));
    assert_eq!(kept(&cut), &whole[case.january..case.january + 7]);
    assert_eq!(readings(&case), 31);
    check_whole_again(&case);
}

#[test]
fn flipped_bytes_cost_what_follows_and_are_kept_aside() {
    let mut case = killed();
    let mut flipped = fs::read(log(&case.app)).expect("a log");
    flipped[case.january + 20] ^= 0xff;
    let cut = start_with(&mut case, &flipped);
    assert_eq!(cut["defect"], "damaged");
    assert!(cut["later_commits"].as_u64() > Some(0), "{cut}");
    assert_eq!(kept(&cut), &flipped[case.january..], "every byte of it");
    assert_eq!(readings(&case), 31, "January was before the damage");
    check_whole_again(&case);
}

fn refused_start(case: &Case) -> (Option<i32>, String) {
    let output = command()
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(case.app.server.data())
        .output()
        .expect("nengce runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[test]
fn what_cannot_be_mended_is_left_as_it_is_and_has_an_exit_code() {
    let mut case = killed();
    let whole = fs::read(log(&case.app)).expect("a log");
    let mut headless = whole.clone();
    headless[1] ^= 0xff;
    fs::write(log(&case.app), &headless).expect("the log is written");
    let (code, said) = refused_start(&case);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("restore a backup"), "it says what to do: {said}");
    assert_eq!(fs::read(log(&case.app)).expect("a log"), headless, "untouched");
    assert_eq!(start_with(&mut case, &whole), serde_json::Value::Null);
    assert_eq!(readings(&case), 59, "the bytes put right, everything is there");

    case.app.server.stop();
    let database = case.app.server.data().join("nengce.duckdb");
    let mut bytes = fs::read(&database).expect("a database");
    bytes[..8192].fill(0x5a);
    fs::write(&database, &bytes).expect("the database is written");
    let (code, said) = refused_start(&case);
    assert_eq!(code, Some(4), "{said}");
    assert_eq!(fs::read(&database).expect("a database"), bytes, "untouched");
}
