//! A disk that fills up, and a database that fails: nothing acknowledged is lost, everyone is told, and the server
//! recovers by itself without a restart of the process.

use std::time::{Duration, Instant};

use nengce_tests::support::app::TestApp;
use nengce_tests::support::disk::SmallDisk;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::server::Options;
use nengce_tests::support::terminal::Terminal;

use crate::ledger::{Chance, Ledger, entries};

const MIB: u64 = 1 << 20;
const PATIENCE: Duration = Duration::from_secs(60);

fn setting(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Waits for a condition; panics with what was waited for.
#[track_caller]
fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < PATIENCE, "in vain: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn is_ready(app: &TestApp) -> bool {
    app.get("/readyz").status == 200
}

/// Sends one message; true when it was acknowledged, else it was refused for want of room.
fn send(terminal: &Terminal<'_>, ledger: &mut Ledger, chance: &mut Chance) -> bool {
    let (day, version) = ledger.next(chance);
    ledger.sent(day, version);
    let answer = terminal.upload(&entries(day, version));
    if answer.status == 200 {
        answer.received();
        ledger.acknowledged(day, version);
        return true;
    }
    answer.refused();
    assert!([503, 507].contains(&answer.status), "{}: {}", answer.status, answer.text());
    let wait: u32 = answer.header("retry-after").parse().expect("Retry-After in seconds");
    assert!(wait > 0);
    false
}

/// What was promised is there, now and after the process was killed.
fn check(mut app: TestApp, enterprise: &Enterprise, ledger: &Ledger) {
    ledger.check(&app.registered(enterprise));
    app.server.kill();
    app.server.launch();
    ledger.check(&app.registered(enterprise));
}

fn on(disk: &SmallDisk, floor_mib: u32) -> Options {
    Options {
        data: Some(disk.path().join("data")),
        environment: vec![setting("NENGCE_STORE_FREE_SPACE_FLOOR_MIB", &floor_mib.to_string())],
        ..Options::default()
    }
}

#[test]
fn below_the_floor_nothing_is_acknowledged_until_there_is_room_again() {
    let Some(disk) = SmallDisk::mount(160) else {
        return;
    };
    let app = TestApp::with(on(&disk, 64));
    let enterprise = Enterprise::new("满盘");
    let (mut ledger, mut chance) = (Ledger::default(), Chance::new(1));
    let pid = app.server.pid();
    {
        let terminal = app.terminal(&enterprise);
        assert!(send(&terminal, &mut ledger, &mut chance));
        disk.fill_to(60 * MIB);
        wait_for("not ready below the floor", || !is_ready(&app));
        let reason = app.get("/readyz").json()["reason"].to_string();
        assert!(reason.contains("MiB"), "{reason}");
        let refused = terminal.upload(&entries(0, 1_000));
        assert_eq!(refused.status, 507, "{}", refused.text());
        refused.refused();
        assert!(!refused.header("retry-after").is_empty());
        let unknown = Enterprise::new("满盘之后");
        let message = serde_json::json!({"enterpriseCode": unknown.code, "region": unknown.region});
        assert_eq!(app.post("/register", &message).status, 507);
        ledger.check(&terminal);
        disk.make_room();
        wait_for("ready again", || is_ready(&app));
        for _ in 0..5 {
            assert!(send(&terminal, &mut ledger, &mut chance));
        }
    }
    assert_eq!(app.server.pid(), pid, "the same process all along");
    check(app, &enterprise, &ledger);
}

#[test]
fn a_disk_full_in_the_middle_of_a_commit_loses_nothing() {
    let Some(disk) = SmallDisk::mount(96) else {
        return;
    };
    let app = TestApp::with(on(&disk, 0));
    let enterprise = Enterprise::new("写满");
    let (mut ledger, mut chance) = (Ledger::default(), Chance::new(2));
    let pid = app.server.pid();
    {
        let terminal = app.terminal(&enterprise);
        assert!(send(&terminal, &mut ledger, &mut chance));
        for _ in 0..3 {
            disk.fill_to(MIB / 8);
            wait_for("a commit that finds no room", || !send(&terminal, &mut ledger, &mut chance));
            wait_for("not ready", || !is_ready(&app));
            assert!(!send(&terminal, &mut ledger, &mut chance));
            ledger.check(&terminal);
            disk.make_room();
            wait_for("ready again", || is_ready(&app));
            assert!(send(&terminal, &mut ledger, &mut chance));
        }
    }
    assert_eq!(app.server.pid(), pid, "the same process all along");
    check(app, &enterprise, &ledger);
}

/// No file of the server may grow past so many bytes; `None` lifts it.
fn limit_file_size(app: &TestApp, bytes: Option<u64>) -> bool {
    let bytes = bytes.map_or("unlimited".to_owned(), |it| it.to_string());
    std::process::Command::new("prlimit")
        .args(["--pid", &app.server.pid().to_string()])
        .arg(format!("--fsize={bytes}:unlimited"))
        .status()
        .is_ok_and(|it| it.success())
}

/// A checkpoint that cannot write is fatal to the database instance, not to the process.
#[test]
fn a_fatal_failure_of_the_database_is_survived_by_opening_it_anew() {
    let options = Options {
        // Writing past the limit is an error then, not a signal that kills.
        through: ["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""].map(str::to_owned).to_vec(),
        environment: vec![
            setting("NENGCE_CHECKPOINT_INTERVAL_SECONDS", "1"),
            setting("NENGCE_STORE_FREE_SPACE_FLOOR_MIB", "0"),
        ],
        ..Options::default()
    };
    let app = TestApp::with(options);
    let enterprise = Enterprise::new("重开");
    let (mut ledger, mut chance) = (Ledger::default(), Chance::new(3));
    let pid = app.server.pid();
    {
        let terminal = app.terminal(&enterprise);
        assert!(send(&terminal, &mut ledger, &mut chance));
        let database = app.server.data().join("nengce.duckdb");
        let size = std::fs::metadata(&database).expect("a database").len();
        assert!(limit_file_size(&app, Some(size)), "prlimit runs");
        wait_for("the database fails", || {
            send(&terminal, &mut ledger, &mut chance);
            app.server.log().contains("it is opened anew")
        });
        assert!(limit_file_size(&app, None), "prlimit runs");
        wait_for("ready again", || is_ready(&app));
        for _ in 0..5 {
            wait_for("taken again", || send(&terminal, &mut ledger, &mut chance));
        }
    }
    assert_eq!(app.server.pid(), pid, "the same process all along");
    check(app, &enterprise, &ledger);
}

/// A start on a full disk opens for reading, says so, and takes uploads once there is room, all by itself.
#[test]
fn a_start_on_a_full_disk_serves_what_there_is_and_recovers_by_itself() {
    let Some(disk) = SmallDisk::mount(96) else {
        return;
    };
    for killed in [false, true] {
        let mut app = TestApp::with(on(&disk, 0));
        let enterprise = Enterprise::new("满盘启动");
        let (mut ledger, mut chance) = (Ledger::default(), Chance::new(4));
        {
            let terminal = app.terminal(&enterprise);
            for _ in 0..5 {
                assert!(send(&terminal, &mut ledger, &mut chance));
            }
        }
        match killed {
            true => app.server.kill(),
            false => app.server.stop(),
        }
        disk.fill_to(0);
        app.server.launch_without_waiting();
        wait_for("it answers", || app.try_get("/healthz").is_some_and(|it| it.status == 200));
        wait_for("it says that it is full", || {
            let told = app.get("/readyz");
            told.status == 503 && told.json()["state"] == "disk_full"
        });
        let told = app.get("/readyz").json();
        assert!(told["reason_zh"].as_str().is_some_and(|it| it.contains("磁盘")), "{told}");
        {
            let code = &enterprise.code;
            let path = format!("/api/v1/units/{code}/readings?stat_type=0&limit=1000");
            let rows = app.get(&path).ok()["rows"].as_array().map_or(0, Vec::len);
            assert!(rows >= 24, "{rows} readings");
            app.get("/api/v1/meta").ok();
            app.get("/api/v1/dual-control").ok();
        }
        disk.make_room();
        wait_for("ready again", || is_ready(&app));
        wait_for("commands find it", || app.server.data().join("server.json").is_file());
        {
            let terminal = app.registered(&enterprise);
            wait_for("taken again", || send(&terminal, &mut ledger, &mut chance));
        }
        check(app, &enterprise, &ledger);
        std::fs::remove_dir_all(disk.path().join("data")).expect("the folder goes");
    }
}
