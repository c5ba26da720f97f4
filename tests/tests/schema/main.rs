//! Runs Schemathesis against a real server with a city: every operation answers as the API document states, also to
//! forbidden requests. It is bounded in time and uses the same inputs in every run.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use nengce_tests::support::city::City;
use nengce_tests::support::server::ADMIN_TOKEN;
use nengce_tests::support::sources::workspace;

/// Seconds for all operations; the suite may take two minutes.
const MAX_SECONDS: &str = "110";
const SEED: &str = "20261";

/// Operations that are left out: a stream without end, a body that Schemathesis cannot write (NDJSON), and those that
/// write folders.
const LEFT_OUT: &str = "^/api/v1/(events|bulk/readings|maintenance/(backup|parquet|compact))$";

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

#[test]
fn every_operation_answers_as_the_document_says() {
    let program = schemathesis();
    let city = City::new();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let start = Instant::now();
    let output = Command::new(program)
        .current_dir(folder.path())
        .arg("--config-file")
        .arg(workspace().join("tests/schemathesis/schemathesis.toml"))
        .args(["run", &format!("{}/api/openapi.json", city.app.url())])
        .args(["--header", &format!("Authorization:Bearer {ADMIN_TOKEN}")])
        .args(["--phases", "examples,coverage,fuzzing"])
        .args(["--max-examples", "8", "--max-time", MAX_SECONDS, "--workers", "1"])
        .args(["--seed", SEED, "--generation-deterministic", "--no-color"])
        .args(["--exclude-path-regex", LEFT_OUT, "--request-timeout", "20"])
        .args(["--warnings", "off"])
        .env("COLUMNS", "160")
        .output()
        .expect("schemathesis starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let tail: Vec<&str> = text.lines().collect();
    let tail = tail[tail.len().saturating_sub(400)..].join("\n");
    assert!(
        output.status.success(),
        "{tail}\n{}\n--- the server's log\n{}",
        String::from_utf8_lossy(&output.stderr),
        city.app.server.log()
    );
    println!("{:.0?}\n{}", start.elapsed(), tail);
}
