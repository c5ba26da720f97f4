//! The administrator's token must be long enough; the letter case of its scheme does not matter; invalid tokens are
//! logged and slowed down.

use std::thread;

use nengce_shared::api::meta::DEMO_TOKEN;
use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::server::{ADMIN_TOKEN, Options, command};
use nengce_tests::support::wait::wait_until;

const GUARDED_PATH: &str = "/api/v1/tokens";

fn with(app: &TestApp, authorization: &str) -> Answer {
    app.get_with(GUARDED_PATH, &[("authorization", authorization)])
}

#[test]
fn a_short_token_is_refused_at_start_and_none_is_fine() {
    for (token, fine) in
        [("fifteen-letters", false), ("x", false), ("sixteen-letters!", true), ("", true)]
    {
        let mut command = command();
        let output = command
            .env("NENGCE_ADMIN_TOKEN", token)
            .arg("check-config")
            .output()
            .expect("nengce runs");
        assert_eq!(output.status.success(), fine, "{token:?}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = command()
        .env("NENGCE_ADMIN_TOKEN", "short")
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path().join("data"))
        .output()
        .expect("nengce runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("admin_token") && said.contains("16"), "{said}");
    assert!(!folder.path().join("data").exists(), "nothing was opened");
}

#[test]
fn the_scheme_is_read_in_any_letter_case() {
    let app = TestApp::shared();
    for scheme in ["Bearer", "bearer", "BEARER", "bEaReR"] {
        with(&app, &format!("{scheme} {ADMIN_TOKEN}")).ok();
    }
    with(&app, &format!("Basic {ADMIN_TOKEN}")).problem(401, "unauthorised");
}

#[test]
fn failures_are_logged_counted_and_slowed_and_the_right_token_is_not_locked_out() {
    let app = TestApp::with_environment(&[
        ("NENGCE_TOKEN_FAILURES_PER_MINUTE", "3"),
        ("NENGCE_TOKEN_FAILURE_DELAY_MS", "4000"),
        ("NENGCE_TOKEN_FAILURES_WAITING", "2"),
    ]);
    for _ in 0..3 {
        with(&app, "Bearer wrong-token-of-a-stranger").problem(403, "forbidden");
    }
    // A revoked or guessed token of an industry system fails in the same way.
    let guesses = |n: usize| {
        let guess = format!("Bearer nengce_{n:064}");
        app.post_bytes("/api/v1/bulk/readings", Vec::new(), &[("authorization", &guess)]).status
    };
    let found: Vec<u16> = thread::scope(|scope| {
        let all: Vec<_> = (0..16).map(|n| scope.spawn(move || guesses(n))).collect();
        all.into_iter().map(|it| it.join().expect("an answer")).collect()
    });
    assert!(found.iter().all(|it| matches!(it, 403 | 429)), "{found:?}");
    assert!(found.contains(&429), "beyond two waiting answers no token is looked at: {found:?}");
    with(&app, &format!("Bearer {ADMIN_TOKEN}")).ok();

    let log = app.server.log();
    assert!(log.contains("a token was not valid"), "{log}");
    assert!(log.contains("127.0.0.1"), "{log}");
    assert!(!log.contains("wrong-token"), "{log}");
    let metrics = app.admin_get("/metrics").text();
    assert!(metrics.contains("nengce_token_failures_total"), "{metrics}");
}

fn demo(admin_token: &str) -> TestApp {
    TestApp::with(Options {
        subcommand: Some("demo"),
        arguments: ["--units", "12", "--days", "40"].map(str::to_owned).to_vec(),
        environment: vec![("NENGCE_ADMIN_TOKEN".to_owned(), admin_token.to_owned())],
        ..Options::default()
    })
}

#[test]
fn a_demo_says_how_to_act_as_its_administrator() {
    let open = demo("");
    with(&open, &format!("Bearer {DEMO_TOKEN}")).ok();
    wait_until("the demo names its token", || open.server.log().contains(DEMO_TOKEN));
    let closed = demo(ADMIN_TOKEN);
    with(&closed, &format!("Bearer {DEMO_TOKEN}")).problem(403, "forbidden");
    with(&closed, &format!("Bearer {ADMIN_TOKEN}")).ok();
    assert!(!closed.server.log().contains(DEMO_TOKEN), "{}", closed.server.log());
}

#[test]
fn no_other_server_takes_the_token_of_demos() {
    for environment in [&[("NENGCE_ADMIN_TOKEN", "")][..], &[], &[("NENGCE_DEMO", "true")]] {
        let app = TestApp::with_environment(environment);
        with(&app, &format!("Bearer {DEMO_TOKEN}")).problem(403, "forbidden");
    }
    let output = command()
        .env("NENGCE_ADMIN_TOKEN", DEMO_TOKEN)
        .arg("check-config")
        .output()
        .expect("nengce runs");
    assert!(!output.status.success(), "nobody can configure it");
}
