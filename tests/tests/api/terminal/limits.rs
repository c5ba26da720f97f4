//! Limits with names and units: above one, the answer is 413 or 429 with Retry-After, in the protocol's form.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, days};

/// Entries of January beyond a limit set by the environment: refused with the status, nothing stored.
#[track_caller]
fn check_refused(
    limit: (&str, &str),
    body: impl Fn(Vec<u8>) -> Vec<u8>,
    headers: &[(&str, &str)],
    status: u16,
    code: &str,
) {
    let app = TestApp::with_environment(&[limit]);
    let terminal = app.terminal(&Enterprise::new("超限"));
    let message = terminal.message(&days(ELECTRICITY, "2025-01-01", "2025-01-31", |_| 1.0));
    let answer = terminal.upload_bytes(body(message.to_string().into_bytes()), headers);
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(answer.refused().to_string().contains(code), "{code}: {}", answer.text());
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 0);
}

fn gzip(bytes: Vec<u8>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&bytes).expect("gzip in memory");
    encoder.finish().expect("gzip in memory")
}

#[test]
fn bytes_of_a_body() {
    check_refused(("NENGCE_MAX_BODY_BYTES", "3000"), |body| body, &[], 413, "body_too_large");
}

#[test]
fn bytes_of_a_body_after_gzip() {
    let headers = [("content-encoding", "gzip")];
    check_refused(("NENGCE_MAX_DECOMPRESSED_BYTES", "3000"), gzip, &headers, 413, "body_too_large");
}

#[test]
fn entries_of_a_message() {
    check_refused(
        ("NENGCE_MAX_ENTRIES_PER_MESSAGE", "30"),
        |body| body,
        &[],
        413,
        "too_many_entries",
    );
}

#[test]
fn requests_of_a_device_and_minute() {
    let app = TestApp::with_environment(&[("NENGCE_MAX_REQUESTS_PER_DEVICE_PER_MINUTE", "6")]);
    let terminal = app.terminal(&Enterprise::new("过频"));
    let answers: Vec<_> = (1..=12)
        .map(|at| terminal.upload(&[day(ELECTRICITY, &format!("2025-01-{at:02}"), 1.0)]))
        .collect();
    let refused =
        answers.iter().find(|answer| answer.status == 429).expect("one request over the limit");
    refused.refused();
    let seconds: u32 = refused.header("retry-after").parse().expect("Retry-After in seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
    let stored = answers.iter().filter(|answer| answer.status == 200).count();
    assert!((1..=6).contains(&stored), "{stored}");
    assert_eq!(
        terminal.readings(ELECTRICITY, 1).len(),
        stored,
        "what was received is stored, what was refused is not"
    );
    let other = app.registered(&Enterprise::new("另一家"));
    other.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
}

/// Six months of a quarter-hour item, day by day, at full speed: the default limits allow it.
#[test]
fn a_terminal_may_catch_up_on_six_months_at_full_speed() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("补传半年"));
    let all = days(ELECTRICITY, "2025-01-01", "2025-06-30", |_| 1.0);
    for entry in &all {
        let date = entry["statDate"].as_str().expect("a date")[..10].to_owned();
        let mut entries = nengce_tests::support::message::quarters(ELECTRICITY, &date, |_| 0.5);
        entries.push(entry.clone());
        terminal.upload(&entries).received();
    }
    let energy = terminal.get("/energy?from=2025-01-01&to=2025-06-30&grain=month").ok();
    assert_eq!(energy["completeness"], 1.0, "{energy}");
}
