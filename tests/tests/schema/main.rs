//! Runs Schemathesis against a real server with a city: every operation answers as the API document states, also to
//! forbidden requests, to an administrator's token and to the sessions of three roles. It is bounded in time and uses the
//! same inputs in every run.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::person::{Person, create};
use nengce_tests::support::server::ADMIN_TOKEN;
use nengce_tests::support::sources::workspace;

/// How much is tried for one sender.
struct Effort {
    /// Seconds for all operations.
    seconds: &'static str,
    examples: &'static str,
    phases: &'static str,
    /// Checks that make no sense of this sender.
    without: &'static str,
}

/// The administrator may do everything, so that most is found as one.
const ADMINISTRATOR: Effort =
    Effort { seconds: "110", examples: "8", phases: "examples,coverage,fuzzing", without: "" };
/// A role adds what it is refused, and what its scope changes.
/// The check of wrong tokens leaves the cookie in its place, so that it would find the session accepted.
const ROLE: Effort =
    Effort { seconds: "25", examples: "2", phases: "examples,fuzzing", without: "ignored_auth" };

const SEED: &str = "20261";

/// Operations that are left out: a stream without end, a body that Schemathesis cannot write (NDJSON), and those that
/// write folders.
const LEFT_OUT: &str = "events|bulk/readings|maintenance/(backup|parquet|compact)";
/// What would end the session of a role, or lock its person out.
const ENDS_SESSION: &str = "session|sessions/.*|account/password";

fn schemathesis() -> PathBuf {
    let installed = workspace().join("target/tools/schemathesis/bin/schemathesis");
    let program = std::env::var_os("SCHEMATHESIS").map_or(installed, PathBuf::from);
    assert!(
        program.is_file(),
        "no schemathesis at {}: `cargo xtask test schema` installs it from PyPI, or name one in SCHEMATHESIS",
        program.display()
    );
    program
}

/// Tries every operation with these headers.
fn check(city: &City, who: &str, headers: &[String], left_out: &str, effort: &Effort) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let start = Instant::now();
    let without = (!effort.without.is_empty()).then_some(["--exclude-checks", effort.without]);
    let output = Command::new(schemathesis())
        .current_dir(folder.path())
        .arg("--config-file")
        .arg(workspace().join("tests/schemathesis/schemathesis.toml"))
        .args(["run", &format!("{}/api/openapi.json", city.app.url())])
        .args(headers.iter().flat_map(|it| ["--header", it]))
        .args(["--phases", effort.phases, "--max-examples", effort.examples])
        .args(["--max-time", effort.seconds, "--workers", "1"])
        .args(["--seed", SEED, "--generation-deterministic", "--no-color"])
        .args(["--exclude-path-regex", &format!("^/api/v1/({left_out})$")])
        .args(["--request-timeout", "20", "--warnings", "off"])
        .args(without.into_iter().flatten())
        .env("COLUMNS", "160")
        .output()
        .expect("schemathesis starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let tail: Vec<&str> = text.lines().collect();
    let tail = tail[tail.len().saturating_sub(400)..].join("\n");
    assert!(
        output.status.success(),
        "{who}: {tail}\n{}\n--- the server's log\n{}",
        String::from_utf8_lossy(&output.stderr),
        city.app.server.log()
    );
    println!("{who}: {:.0?}\n{tail}", start.elapsed());
}

#[test]
fn every_operation_answers_as_the_document_says() {
    let city = City::new();
    let token = [format!("Authorization:Bearer {ADMIN_TOKEN}")];
    check(&city, "administrator", &token, LEFT_OUT, &ADMINISTRATOR);
}

/// One role that decides, one of a single unit, and one that sees no figures.
#[test]
fn every_operation_answers_three_roles_as_the_document_says() {
    let closed = [("NENGCE_PUBLIC_READS", ""), ("NENGCE_SECOND_FACTOR_ROLES", "")];
    let city = City::on(TestApp::with_environment(&closed));
    let left_out = format!("{LEFT_OUT}|{ENDS_SESSION}");
    for role in [Role::CentreOperator, Role::EnterpriseManager, Role::Auditor] {
        let name = role.as_str().replace('_', ".");
        create(&city.app, &name, &[role], &[], &[&city.units[1].code]);
        let person = Person::sign_in(&city.app, &name);
        let headers =
            [format!("Cookie:{}", person.cookie), format!("x-nengce-csrf:{}", person.csrf)];
        check(&city, role.as_str(), &headers, &left_out, &ROLE);
        assert_eq!(person.get("/api/v1/sessions").status, 200, "{role} is still signed in");
    }
}
