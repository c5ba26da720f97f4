//! When a disk fills up, nothing acknowledged is lost, every sender is told, and the server recovers without a restart.
//! `cargo xtask test faults` runs these tests where it may mount a small disk.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::disk::SmallDisk;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::server::Options;
use nengce_tests::support::wait::wait_until;

use crate::ledger::{Chance, Ledger, check_kept, entries, send, setting};

const MIB: u64 = 1 << 20;

fn on(disk: &SmallDisk, floor_mib: u32) -> Options {
    Options {
        data: Some(disk.path().join("data")),
        environment: vec![setting("NENGCE_STORE_FREE_SPACE_FLOOR_MIB", &floor_mib.to_string())],
        ..Options::default()
    }
}

#[test]
#[ignore = "mounts a small disk, which needs root"]
fn below_the_floor_nothing_is_acknowledged_until_there_is_room_again() {
    let disk = SmallDisk::mount(160);
    let app = TestApp::with(on(&disk, 64));
    let enterprise = Enterprise::new("满盘");
    let (mut ledger, mut chance) = (Ledger::default(), Chance::new(1));
    let pid = app.server.pid();
    {
        let terminal = app.terminal(&enterprise);
        assert!(send(&terminal, &mut ledger, &mut chance));
        disk.fill_to(60 * MIB);
        wait_until("not ready below the floor", || !app.is_ready());
        let told = app.admin_get("/readyz").json();
        assert!(told["detail"].to_string().contains("MiB"), "{told}");
        let refused = terminal.upload(&entries(0, 1_000));
        assert_eq!(refused.status, 507, "{}", refused.text());
        refused.refused();
        assert!(!refused.header("retry-after").is_empty());
        let unknown = Enterprise::new("满盘之后");
        let message = serde_json::json!({"enterpriseCode": unknown.code, "region": unknown.region});
        assert_eq!(app.post("/register", &message).status, 507);
        ledger.check(&terminal);
        disk.make_room();
        wait_until("ready again", || app.is_ready());
        for _ in 0..5 {
            assert!(send(&terminal, &mut ledger, &mut chance));
        }
    }
    assert_eq!(app.server.pid(), pid, "the same process all along");
    check_kept(app, &enterprise, &ledger);
}

#[test]
#[ignore = "mounts a small disk, which needs root"]
fn a_disk_full_in_the_middle_of_a_commit_loses_nothing() {
    let disk = SmallDisk::mount(96);
    let app = TestApp::with(on(&disk, 0));
    let enterprise = Enterprise::new("写满");
    let (mut ledger, mut chance) = (Ledger::default(), Chance::new(2));
    let pid = app.server.pid();
    {
        let terminal = app.terminal(&enterprise);
        assert!(send(&terminal, &mut ledger, &mut chance));
        for _ in 0..3 {
            disk.fill_to(MIB / 8);
            wait_until("a commit that finds no room", || {
                !send(&terminal, &mut ledger, &mut chance)
            });
            wait_until("not ready", || !app.is_ready());
            assert!(!send(&terminal, &mut ledger, &mut chance));
            ledger.check(&terminal);
            disk.make_room();
            wait_until("ready again", || app.is_ready());
            assert!(send(&terminal, &mut ledger, &mut chance));
        }
    }
    assert_eq!(app.server.pid(), pid, "the same process all along");
    check_kept(app, &enterprise, &ledger);
}

/// A server that starts on a full disk serves readers, reports the state, and accepts uploads by itself once there is
/// room.
#[test]
#[ignore = "mounts a small disk, which needs root"]
fn a_start_on_a_full_disk_serves_what_there_is_and_recovers_by_itself() {
    let disk = SmallDisk::mount(96);
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
        wait_until("it answers", || app.try_get("/healthz").is_some_and(|it| it.status == 200));
        wait_until("it says that it is full", || {
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
        wait_until("ready again", || app.is_ready());
        wait_until("commands find it", || app.server.data().join("server.json").is_file());
        {
            let terminal = app.registered(&enterprise);
            wait_until("taken again", || send(&terminal, &mut ledger, &mut chance));
        }
        check_kept(app, &enterprise, &ledger);
        std::fs::remove_dir_all(disk.path().join("data")).expect("the folder goes");
    }
}
