//! The allowed dependencies between crates and libraries, checked in the resolved dependency graph and in the sources.

use std::collections::BTreeSet;
use std::process::Command;

use nengce_tests::support::sources::{self, Source};
use serde_json::Value;

/// The platforms of the server and the portal. Packages of other platforms are left out, since they are not downloaded.
const SERVER: &str = "x86_64-unknown-linux-gnu";
const BROWSER: &str = "wasm32-unknown-unknown";

/// The dependency graph for one platform.
pub(super) fn metadata(platform: &str) -> Value {
    let text = cargo(&["metadata", "--format-version", "1"], platform);
    serde_json::from_str(&text).expect("cargo metadata is JSON")
}

/// What cargo prints about one platform. What the build did not need is downloaded here.
fn cargo(arguments: &[&str], platform: &str) -> String {
    let only = if arguments[0] == "tree" { "--target" } else { "--filter-platform" };
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(arguments)
        .args(["--locked", only, platform])
        .current_dir(sources::workspace())
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("cargo prints UTF-8")
}

/// The names of all that a package needs at run time, through any number of steps. `cargo metadata` would also name
/// optional packages that are not compiled.
fn needs(platform: &str, package: &str) -> BTreeSet<String> {
    let tree =
        cargo(&["tree", "--package", package, "--edges", "normal", "--prefix", "none"], platform);
    tree.lines().filter_map(|it| it.split(' ').next()).map(str::to_owned).collect()
}

pub(super) fn rows(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[track_caller]
fn check_free_of(platform: &str, package: &str, forbidden: &[&str]) {
    let needs = needs(platform, package);
    assert!(needs.contains(package), "{package} is no member");
    let found: Vec<_> = forbidden.iter().filter(|name| needs.contains(**name)).collect();
    assert!(found.is_empty(), "{package} must not depend on {found:?}");
}

/// `shared` and `analysis` are compiled into both halves, so they may have few dependencies.
#[test]
fn shared_and_analysis_depend_on_no_framework() {
    let forbidden = ["axum", "duckdb", "leptos", "tokio", "reqwest", "hyper", "web-sys"];
    for package in ["nengce-shared", "nengce-analysis"] {
        check_free_of(SERVER, package, &forbidden);
        check_free_of(BROWSER, package, &forbidden);
    }
}

#[test]
fn core_and_messages_depend_on_nothing_that_does_io() {
    let forbidden = ["axum", "duckdb", "leptos", "tokio", "reqwest", "hyper", "tempfile", "notify"];
    for package in ["nengce-core", "nengce-messages"] {
        check_free_of(SERVER, package, &forbidden);
    }
}

/// The terminal runs on a small machine in a plant, and knows of the platform only the messages.
#[test]
fn the_terminal_depends_on_nothing_of_the_platform() {
    let forbidden = ["duckdb", "leptos", "reqwest", "nengce", "nengce-core", "openssl-sys"];
    for package in ["nengce-terminal", "nengce-client", "nengce-engine", "nengce-sources"] {
        check_free_of(SERVER, package, &forbidden);
    }
}

#[test]
fn browser_half_depends_on_nothing_of_the_server() {
    check_free_of(
        BROWSER,
        "nengce-frontend",
        &["axum", "duckdb", "reqwest", "nengce", "nengce-core"],
    );
    check_free_of(BROWSER, "nengce-charts", &["axum", "duckdb", "leptos", "nengce", "nengce-core"]);
}

/// Lines of code that hold one of the words, as `path:line: word`.
fn mentions(source: &Source, words: &[&str]) -> Vec<String> {
    let found = |(line, code): (usize, &str)| {
        let word = words.iter().find(|word| sources::contains_word(code, word))?;
        Some(format!("{}:{line}: {word}", source.path))
    };
    source.code_lines().filter_map(found).collect()
}

#[track_caller]
fn check_nowhere(words: &[&str], rule: &str, concerned: impl Fn(&Source) -> bool) {
    let files: Vec<Source> = sources::rust().into_iter().filter(concerned).collect();
    assert!(!files.is_empty(), "the rule «{rule}» concerns no file: the layout changed");
    let found: Vec<String> = files.iter().flat_map(|source| mentions(source, words)).collect();
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn core_and_shared_touch_neither_disk_nor_network_nor_clock() {
    check_nowhere(
        &[
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "SystemTime",
            "Instant",
            "Zoned::now",
            "Timestamp::now",
            "Utc::now",
        ],
        "pure crates take plain values and hand on plain values",
        |source| {
            ["backend/core/src/", "shared/src/", "shared/analysis/src/", "shared/messages/src/"]
                .iter()
                .any(|folder| source.under(folder))
        },
    );
}

#[test]
fn only_the_store_names_duckdb() {
    check_nowhere(&["duckdb"], "only backend/src/store names duckdb", |source| {
        source.under("backend/")
            && !source.under("backend/src/store/")
            && source.path != "backend/build.rs"
    });
}

#[test]
fn only_http_serve_and_the_page_of_the_terminal_name_axum() {
    let rule = "only backend/src/http, commands/serve.rs and the page of the terminal name axum";
    check_nowhere(&["axum"], rule, |source| {
        source.under("backend/")
            && !source.under("backend/src/http/")
            && !source.under("backend/terminal/src/page/")
            && !source.under("backend/terminal/tests/")
            && source.path != "backend/src/commands/serve.rs"
    });
}

#[test]
fn only_keep_names_the_database_of_the_terminal() {
    check_nowhere(&["rusqlite"], "only the module keep of the terminal names rusqlite", |source| {
        source.under("backend/") && !source.path.contains("/engine/src/keep")
    });
}

/// Values are bound and queries are files, so no SQL statement is a string outside the store.
#[test]
fn sql_stays_in_the_store() {
    let statements = [
        "SELECT ",
        "INSERT INTO",
        "DELETE FROM",
        "CREATE TABLE",
        "DROP TABLE",
        "UPDATE ",
        " FROM ",
        "ALTER TABLE",
    ];
    let strings_with_sql = |source: &Source| -> Vec<String> {
        source
            .code_lines()
            .filter(|(_, code)| {
                code.contains('"') && statements.iter().any(|sql| code.contains(sql))
            })
            .map(|(line, code)| format!("{}:{line}: {}", source.path, code.trim()))
            .collect()
    };
    let found: Vec<String> = sources::rust()
        .iter()
        .filter(|source| {
            !source.under("backend/src/store/")
                && !source.under("backend/terminal/engine/src/keep/")
                && !source.under("backend/terminal/sources/")
                && !source.under("tests/tests/architecture/")
        })
        .flat_map(strings_with_sql)
        .collect();
    assert!(found.is_empty(), "SQL outside backend/src/store:\n  {}", found.join("\n  "));
}

/// Inside the store every statement that reads or changes rows is a `.sql` file. Statements about transactions and
/// whole databases stand in the code, and tests write their own.
/// Entries of the audit log are added; only retention removes them, by one statement.
#[test]
fn the_audit_log_is_only_added_to() {
    let retention = "backend/src/store/audit/sql/audit_remove.sql";
    let changes = ["UPDATE AUDIT_", "DELETE FROM AUDIT_", "DROP TABLE AUDIT_", "TRUNCATE AUDIT_"];
    let found: Vec<String> = sources::all()
        .iter()
        .filter(|it| {
            it.path.ends_with(".sql")
                && it.under("backend/src/")
                && !it.under("backend/src/store/tests/")
        })
        .filter(|it| changes.iter().any(|word| it.text.to_uppercase().contains(word)))
        .map(|it| it.path.clone())
        .collect();
    assert_eq!(found, [retention]);
}

#[test]
fn queries_of_the_store_are_files() {
    let words = ["SELECT ", "INSERT ", "DELETE ", "UPDATE ", "JOIN ", "WITH "];
    let is_query = |code: &str| code.contains('"') && words.iter().any(|it| code.contains(it));
    let is_test = |path: &str| path.contains("/tests/") || path.ends_with("tests.rs");
    let found: Vec<String> = sources::rust()
        .iter()
        .filter(|source| source.under("backend/src/store/") && !is_test(&source.path))
        .flat_map(|source| {
            let lines = source.code_lines().take_while(|(_, code)| !code.contains("#[cfg(test)]"));
            lines
                .filter(|(_, code)| is_query(code))
                .map(|(line, _)| format!("{}:{line}", source.path))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(
        found.is_empty(),
        "a query belongs into a .sql file of its folder:\n  {}",
        found.join("\n  ")
    );
}
