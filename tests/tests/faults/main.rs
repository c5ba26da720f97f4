//! The promise of a success answer under faults: killed processes, full disks, torn logs, jumping clocks, malicious and
//! slow peers, two servers on one folder.

mod clock;
mod connections;
mod hostile;
mod hostile_load;
mod kills;
mod late_snapshot;
mod ledger;
mod link;
mod log_tail;
mod panics;
mod panics_of_jobs;
mod reopening;
mod rights;
mod small_disk;
mod stopping;
mod terminal_clock;
mod terminal_disk;
mod terminal_network;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_value;
use nengce_tests::support::message::{ELECTRICITY, day, days, hours, with};
use nengce_tests::support::server::command;
use nengce_tests::support::terminal::Terminal;
use serde_json::{Value, json};

const SPAN: &str = "/energy?from=2025-01&to=2025-03&grain=month&basis=calorific";

fn state(app: &TestApp, terminal: &Terminal<'_>) -> Vec<Value> {
    vec![
        terminal.get("").ok()["unit"].clone(),
        terminal.get(SPAN).ok(),
        terminal.readings(ELECTRICITY, 1).into(),
        terminal.readings(ELECTRICITY, 0).into(),
        app.get("/api/v1/devices").ok()["rows"].clone(),
        app.get("/api/v1/uploads").ok()["rows"].clone(),
    ]
}

/// A terminal that keeps its id across a restart of the server and does not register again.
fn same_terminal(app: &TestApp, enterprise: &Enterprise, device_id: &str) -> String {
    let terminal = app.registered(enterprise);
    assert_eq!(terminal.device_id, device_id);
    terminal.device_id
}

#[track_caller]
fn check_survives(end: impl Fn(&mut TestApp)) {
    let mut app = TestApp::new();
    let enterprise = Enterprise::new("重启");
    let (before, device) = {
        let terminal = app.terminal(&enterprise);
        terminal.upload(&days(ELECTRICITY, "2025-01-01", "2025-02-28", |_| 2.0)).received();
        terminal.upload(&hours(ELECTRICITY, "2025-03-01", f64::from)).received();
        terminal.upload(&[day(ELECTRICITY, "2025-01-05", 3.0)]).received();
        let bad =
            with(day(ELECTRICITY, "2025-01-06", 3.0), "dataCode", json!("00-00-0000023400-80"));
        terminal.upload(&[bad]).refused();
        (state(&app, &terminal), terminal.device_id.clone())
    };
    end(&mut app);
    app.server.launch();
    same_terminal(&app, &enterprise, &device);
    let terminal = app.registered(&enterprise);
    let after = state(&app, &terminal);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(unchanging(before), unchanging(after));
    }
    check_value(
        &after[1]["total_tce"],
        (58.0 * 2.0 + 3.0 + 276.0) * 1.229,
        "59 days, one corrected, and 24 hours",
    );
}

/// The state without the fields that a new registration changes: the last contact of the device and its proof.
fn unchanging(value: &Value) -> Value {
    let mut value = value.clone();
    for row in value.as_array_mut().into_iter().flatten() {
        if let Some(row) = row.as_object_mut() {
            for field in ["last_seen", "proof", "proved_at"] {
                row.remove(field);
            }
        }
    }
    value
}

#[test]
fn an_orderly_restart_keeps_everything() {
    check_survives(|app| app.server.stop());
}

#[test]
fn sigkill_keeps_everything_that_was_acknowledged() {
    check_survives(|app| app.server.kill());
}

/// Kills the server at the moment of the answer, several times: every acknowledged message is stored once.
#[test]
fn sigkill_right_after_a_success_answer_loses_nothing() {
    let mut app = TestApp::new();
    let enterprise = Enterprise::new("断电");
    drop(app.terminal(&enterprise));
    for round in 1..=5 {
        let entries = days(
            ELECTRICITY,
            &format!("2025-{round:02}-01"),
            &format!("2025-{round:02}-28"),
            |_| f64::from(round),
        );
        app.registered(&enterprise).upload(&entries).received();
        app.server.kill();
        app.server.launch();
        let terminal = app.registered(&enterprise);
        assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 28 * round as usize);
        let energy =
            terminal.get("/energy?from=2025-01&to=2025-05&grain=year&basis=calorific").ok();
        let tce: f64 = (1..=round).map(|r| 28.0 * f64::from(r) * 1.229).sum();
        check_value(&energy["total_tce"], tce, "roll-ups equal a recomputation after the fault");
    }
}

#[test]
fn pending_data_of_an_unapproved_device_survives_sigkill() {
    let mut app = TestApp::new();
    let enterprise = Enterprise::new("待批断电");
    let device = {
        let terminal = app.registered(&enterprise);
        terminal.upload(&days(ELECTRICITY, "2025-01-01", "2025-01-31", |_| 1.0)).received();
        terminal.device_id.clone()
    };
    app.server.kill();
    app.server.launch();
    assert_eq!(app.approve(&device).status, 200);
    let terminal = app.registered(&enterprise);
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 31);
}

#[test]
fn a_second_server_on_one_folder_is_refused() {
    let app = TestApp::new();
    let mut second = command();
    second.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(app.server.data());
    let output = second.output().expect("nengce runs");
    assert_eq!(output.status.code(), Some(3), "one writer per folder");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("already serves") && said.contains("--data"),
        "it says why, and what to do: {said}"
    );
    let terminal = app.terminal(&Enterprise::new("先来"));
    terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
}
