//! Walks every operation of the API document: on a server that publishes nothing, a stranger gets 401 and a wrong token 403,
//! whatever the address is; what is published is read and nothing else is done.

use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::server::command;

/// An operation of the document: its method, an address with every part of the path filled, its permission.
pub(super) struct Operation {
    pub(super) method: String,
    pub(super) address: String,
    pub(super) permission: String,
}

/// Every operation under `/api/` that the document describes. `unit` stands for each unit in a path.
pub(super) fn operations(app: &TestApp, unit: &str) -> Vec<Operation> {
    let document = app.get("/api/openapi.json").ok();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            if !path.starts_with("/api/") {
                continue;
            }
            let permission = operation["x-permission"].as_str();
            found.push(Operation {
                method: method.to_uppercase(),
                address: fill(path, unit),
                permission: permission.unwrap_or_else(|| panic!("{path} names none")).to_owned(),
            });
        }
    }
    assert!(found.len() > 60, "{}", found.len());
    found
}

fn fill(path: &str, unit: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{code}" => unit,
        "{subject}" => "0201",
        "{kind}" => "units",
        "{name}" => "nobody",
        _ if part.starts_with('{') => "1",
        _ => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn send(app: &TestApp, it: &Operation, headers: &[(&str, &str)]) -> Answer {
    app.request(&it.method, &it.address, headers)
}

#[test]
fn a_server_that_publishes_nothing_is_closed_at_every_address() {
    let app = TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_TOKEN_FAILURES_PER_MINUTE", "10000"),
    ]);
    let wrong = [("authorization", "Bearer a-token-that-nobody-has")];
    for it in operations(&app, "911201160000000001") {
        let (nobody, stranger) = (send(&app, &it, &[]), send(&app, &it, &wrong));
        if it.permission == "open" {
            continue;
        }
        assert_eq!((nobody.status, stranger.status), (401, 403), "{} {}", it.method, it.address);
    }
}

#[test]
fn what_is_published_is_read_and_nothing_else_is_done() {
    let app = TestApp::with_environment(&[("NENGCE_PUBLIC_READS", "figures")]);
    for it in operations(&app, "911201160000000001") {
        let is_open = matches!(it.permission.as_str(), "open" | "names" | "figures");
        if it.address == "/api/v1/events" {
            continue;
        }
        let status = send(&app, &it, &[]).status;
        assert_eq!(status == 401, !is_open, "{} {}: {status}", it.method, it.address);
    }
    let mut checked = command();
    let checked = checked.env("NENGCE_PUBLIC_READS", "figures,import").arg("check-config");
    let refused = checked.output().expect("nengce runs").stderr;
    let refused = String::from_utf8_lossy(&refused);
    assert!(refused.contains("public_reads: import is none of"), "{refused}");
}
