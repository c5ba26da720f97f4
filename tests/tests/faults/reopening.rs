//! When the database fails, the server opens it again, and nothing acknowledged is lost.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::server::Options;
use nengce_tests::support::wait::wait_until;

use crate::ledger::{Chance, Ledger, check_kept, send, setting};

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
        wait_until("the database fails", || {
            send(&terminal, &mut ledger, &mut chance);
            app.server.log().contains("it is opened anew")
        });
        assert!(limit_file_size(&app, None), "prlimit runs");
        wait_until("ready again", || app.is_ready());
        for _ in 0..5 {
            wait_until("taken again", || send(&terminal, &mut ledger, &mut chance));
        }
    }
    assert_eq!(app.server.pid(), pid, "the same process all along");
    check_kept(app, &enterprise, &ledger);
}
