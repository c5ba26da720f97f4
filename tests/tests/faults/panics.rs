//! A panic of the writer, the roll-ups, the checkpoints or a listener at each of its stages only fails its own job.
//! Acknowledged readings count once, `/readyz` reports the failure, and a part that cannot continue ends the process with
//! its exit code.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::server::{Options, command};
use nengce_tests::support::terminal::Terminal;
use nengce_tests::support::wait::wait_until;
use tempfile::TempDir;

use crate::ledger::{Chance, Ledger, entries};

/// The file that tells a server under test where to panic.
pub(crate) struct FailPoints {
    folder: TempDir,
}

impl FailPoints {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let it = Self { folder };
        it.arm(&[]);
        it
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("points")
    }

    /// Makes the next passages of each place panic, as many as stated.
    pub(crate) fn arm(&self, points: &[(&str, u32)]) {
        let text: String =
            points.iter().map(|(place, times)| format!("{place} {times}\n")).collect();
        let part = self.folder.path().join("part");
        std::fs::write(&part, text).expect("it is written");
        std::fs::rename(&part, self.file()).expect("it is put in place");
    }

    /// Whether every armed place was passed often enough.
    pub(crate) fn are_spent(&self) -> bool {
        let text = std::fs::read_to_string(self.file()).unwrap_or_default();
        !text.is_empty() && text.lines().all(|it| it.ends_with(" 0"))
    }

    /// Whether a wait of 15 tenths of a second has begun.
    pub(crate) fn is_begun(&self) -> bool {
        let text = std::fs::read_to_string(self.file()).unwrap_or_default();
        text.lines().any(|it| it.starts_with("stall:") && !it.ends_with(" 15"))
    }

    pub(crate) fn server(&self, more: &[(&str, &str)]) -> TestApp {
        let mut environment =
            vec![("NENGCE_FAIL_POINT_FILE".to_owned(), self.file().display().to_string())];
        environment
            .extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        TestApp::with(Options { environment, ..Options::default() })
    }
}

/// How often a part panicked, as `/metrics` has it.
pub(crate) fn panics(app: &TestApp, part: &str) -> u64 {
    let text = app.admin_get("/metrics").text();
    let name = format!("nengce_thread_panics_total{{thread=\"{part}\"}} ");
    let line = text.lines().find_map(|it| it.strip_prefix(&name));
    line.map_or(0, |it| it.parse().expect("a count"))
}

/// Sends one message; true when it was acknowledged. An unacknowledged sender is told to try again, and not that the
/// server is stopping.
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
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert!(!answer.header("retry-after").is_empty());
    assert!(!answer.text().contains("停止"), "{}", answer.text());
    false
}

/// Every invariant of the stored data holds.
#[track_caller]
pub(crate) fn verify(app: &TestApp) {
    wait_until("no other maintenance runs", || {
        let output = command()
            .args(["verify", "--data"])
            .arg(app.server.data())
            .output()
            .expect("nengce runs");
        let said = String::from_utf8_lossy(&output.stdout);
        let wrong = String::from_utf8_lossy(&output.stderr);
        let done = output.status.success() && said.contains("every check holds");
        assert!(done || wrong.contains("under way"), "{said}{wrong}");
        done
    });
}

/// Panics at each place while a terminal sends; the process goes on.
#[track_caller]
fn check_goes_on(part: &str, places: &[&str], settings: &[(&str, &str)]) {
    let points = FailPoints::new();
    let mut app = points.server(settings);
    let enterprise = Enterprise::new("恐慌");
    let (mut ledger, mut chance) = (Ledger::default(), Chance::new(5));
    let pid = app.server.pid();
    {
        let terminal = app.terminal(&enterprise);
        assert!(send(&terminal, &mut ledger, &mut chance));
        for (at, place) in places.iter().enumerate() {
            points.arm(&[(place, 1)]);
            wait_until(&format!("{place} is passed"), || {
                send(&terminal, &mut ledger, &mut chance);
                points.are_spent()
            });
            wait_until(&format!("ready after {place}"), || app.is_ready());
            wait_until("taken again", || send(&terminal, &mut ledger, &mut chance));
            assert_eq!(panics(&app, part), at as u64 + 1, "{place}");
            ledger.check(&terminal);
        }
    }
    assert_eq!(app.server.pid(), pid, "the same process all along");
    let log = app.server.log();
    assert!(!log.contains("server is stopping"), "{log}");
    verify(&app);
    app.server.kill();
    app.server.launch();
    ledger.check(&app.registered(&enterprise));
}

#[test]
fn a_panic_of_the_writer_at_any_stage_of_a_group_fails_that_group_alone() {
    let places = [
        "writer:round",
        "writer:before_group",
        "writer:in_group",
        "writer:after_commit",
        "writer:before_answer",
    ];
    check_goes_on("writer", &places, &[]);
}

#[test]
fn a_panic_of_roll_ups_and_checkpoints_is_survived() {
    check_goes_on("roll-ups", &["roll-ups:slice", "roll-ups:committed"], &[]);
    let often = [("NENGCE_CHECKPOINT_INTERVAL_SECONDS", "1")];
    check_goes_on("checkpoint", &["checkpoint:before", "checkpoint:after"], &often);
}

#[test]
fn messages_that_were_grouped_with_one_that_panics_are_acknowledged_all_the_same() {
    let points = FailPoints::new();
    let app = points.server(&[]);
    let enterprises: Vec<_> = (0..8).map(|_| Enterprise::new("同组")).collect();
    let terminals: Vec<_> = enterprises.iter().map(|it| app.terminal(it)).collect();
    points.arm(&[("stall:writer", 10), ("writer:in_group", 1)]);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let sent: Vec<_> =
            terminals.iter().map(|it| scope.spawn(|| it.upload(&entries(0, 1)).status)).collect();
        sent.into_iter().map(|it| it.join().expect("an answer")).collect()
    });
    wait_until("the panic", || panics(&app, "writer") == 1);
    // Only a message outside a group, or one that came while the database was being opened, is sent again.
    assert!(statuses.iter().filter(|it| **it == 200).count() >= 2, "{statuses:?}");
    for (terminal, status) in terminals.iter().zip(&statuses) {
        if *status != 200 {
            wait_until("taken again", || terminal.upload(&entries(0, 1)).status == 200);
        }
        assert_eq!(terminal.readings(ELECTRICITY, 0).len(), 24);
    }
    verify(&app);
}

#[test]
fn a_panic_within_a_change_leaves_all_of_it_or_nothing() {
    let points = FailPoints::new();
    let app = points.server(&[]);
    for place in ["writer:in_change", "writer:after_change"] {
        let enterprise = Enterprise::new("登记");
        let terminal = app.registered(&enterprise);
        points.arm(&[(place, 1)]);
        let answer = app.approve(&terminal.device_id);
        answer.problem(503, "store_unavailable");
        assert!(points.are_spent(), "{place}");
        wait_until("ready again", || app.is_ready());
        app.approve(&terminal.device_id).ok();
        terminal.upload_config().received();
        terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
        assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 1, "{place}");
        let devices = app.admin_get("/api/v1/devices?limit=1000").ok();
        let rows = devices["rows"].as_array().expect("rows");
        let of_unit = |row: &&serde_json::Value| row["enterprise_code"] == enterprise.code;
        assert_eq!(rows.iter().filter(of_unit).count(), 1, "{place}");
    }
    // A failed registration leaves nothing: the same one is accepted as the first.
    let enterprise = Enterprise::new("再登记");
    let message =
        serde_json::json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
    points.arm(&[("writer:in_change", 1)]);
    let answer = app.post("/register", &message);
    answer.refused();
    assert_eq!(answer.status, 503, "{}", answer.text());
    wait_until("ready again", || app.is_ready());
    drop(app.terminal(&enterprise));
    verify(&app);
}

#[test]
fn a_database_that_cannot_be_opened_anew_is_tried_again_and_said_to_be_away() {
    let points = FailPoints::new();
    let app = points.server(&[]);
    let terminal = app.terminal(&Enterprise::new("重开"));
    terminal.upload(&entries(0, 1)).received();
    points.arm(&[("writer:in_group", 1), ("opening:loaded", 4)]);
    assert_eq!(terminal.upload(&entries(1, 1)).status, 503);
    wait_until("not ready while it is closed", || !app.is_ready());
    let told = app.admin_get("/readyz").json();
    assert_eq!((&told["ready"], &told["state"]), (&false.into(), &"reopening".into()));
    assert!(told["detail"].as_str().is_some_and(|it| it.contains("panicked")), "{told}");
    assert_eq!(terminal.upload(&entries(1, 1)).status, 503);
    wait_until("ready again", || app.is_ready());
    assert!(points.are_spent());
    wait_until("taken again", || terminal.upload(&entries(1, 1)).status == 200);
    assert_eq!(terminal.readings(ELECTRICITY, 0).len(), 48);
}

#[test]
fn a_writer_that_cannot_be_kept_running_ends_the_process_with_its_code() {
    let enterprise = Enterprise::new("退出");
    let arms: [&[(&str, u32)]; 2] =
        [&[("writer:in_group", 1), ("opening:loaded", 1_000)], &[("writer:round", 1_000)]];
    for arm in arms {
        let points = FailPoints::new();
        let mut app = points.server(&[("NENGCE_STORE_REOPEN_PATIENCE_SECONDS", "1")]);
        let acknowledged = {
            let terminal = app.terminal(&enterprise);
            terminal.upload(&entries(0, 1)).received();
            points.arm(arm);
            let answer = terminal.try_upload(&entries(1, 1));
            answer.is_some_and(|it| it.status == 200)
        };
        assert_eq!(app.server.ended(), Some(5), "{}", app.server.log());
        points.arm(&[]);
        app.server.launch();
        let terminal = app.registered(&enterprise);
        let least = if acknowledged { 48 } else { 24 };
        assert!(terminal.readings(ELECTRICITY, 0).len() >= least);
        terminal.upload(&entries(1, 1)).received();
        assert_eq!(terminal.readings(ELECTRICITY, 0).len(), 48);
    }
}

#[test]
fn a_writer_that_does_not_move_while_jobs_wait_is_not_ready() {
    let points = FailPoints::new();
    let app = points.server(&[("NENGCE_WRITER_STALL_SECONDS", "1")]);
    let terminal = app.terminal(&Enterprise::new("停顿"));
    points.arm(&[("stall:writer", 50)]);
    std::thread::scope(|scope| {
        let sent = scope.spawn(|| terminal.upload(&entries(0, 1)).status);
        wait_until("it is told", || {
            let told = app.get("/readyz");
            told.status == 503 && told.json()["state"] == "stalled"
        });
        assert_eq!(sent.join().expect("an answer"), 200);
    });
    assert!(app.is_ready());
}

#[test]
fn a_listener_listens_again_after_a_panic_and_one_that_always_panics_ends_the_process() {
    let points = FailPoints::new();
    let mut app = points.server(&[]);
    let address = app.server.listens_on();
    let knock = || {
        let mut stream = std::net::TcpStream::connect(&address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer.starts_with("HTTP/1.1 200"))
    };
    for (place, part) in [("listener:accept", "listener"), ("connection:open", "connection")] {
        points.arm(&[(place, 1)]);
        wait_until(place, || {
            knock();
            points.are_spent()
        });
        wait_until("listens again", || knock() == Some(true));
        wait_until("ready", || app.is_ready());
        assert_eq!(panics(&app, part), 1);
    }
    points.arm(&[("listener:accept", 1_000)]);
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Acquire) {
                knock();
                std::thread::sleep(Duration::from_millis(50));
            }
        });
        assert_eq!(app.server.ended(), Some(5), "{}", app.server.log());
        done.store(true, std::sync::atomic::Ordering::Release);
    });
}
