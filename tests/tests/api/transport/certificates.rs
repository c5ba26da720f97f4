//! New certificates are taken up without a restart; files that do not go together change nothing.

use std::process::Command;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::server::Options;
use nengce_tests::support::tls::{Authority, post};
use nengce_tests::support::wait::wait_until;
use serde_json::json;

#[test]
fn certificates_are_renewed_while_the_server_serves() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (first, second, third) =
        (Authority::new("first"), Authority::new("second"), Authority::new("third"));
    let config = first.server_files(folder.path());
    let app = TestApp::with(Options { config: Some(config), ..Options::default() });
    let address = app.server.listens_on();
    let pid = app.server.pid();
    let is_of = |it: &Authority| post(it, None, &address, "/register", &json!({})).is_ok();
    let hang_up = || {
        let sent = Command::new("kill").args(["-HUP", &pid.to_string()]).status();
        assert!(sent.expect("kill runs").success());
    };
    assert!(is_of(&first) && !is_of(&second));

    second.server_files(folder.path());
    hang_up();
    wait_until("SIGHUP takes up the second", || is_of(&second));
    assert!(!is_of(&first));

    std::fs::write(folder.path().join("server.key"), "no key").expect("a file is written");
    hang_up();
    wait_until("it is told", || app.server.log().contains("new certificates cannot be used"));
    assert!(is_of(&second), "the earlier ones stay");

    third.server_files(folder.path());
    wait_until("changed files are taken up by themselves", || is_of(&third));
    assert_eq!(app.server.pid(), pid);
    assert!(app.is_ready());
}
