//! The message around the entries: a malformed one stores nothing and says so; gzip is read.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, days};
use serde_json::{Value, json};

const JSON: (&str, &str) = ("content-type", "application/json");

/// Checks that nothing is stored and that the answer has the protocol's form.
#[track_caller]
fn check_malformed(body: impl Fn(&str, &str) -> Vec<u8>, code: Option<&str>) {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("报文"));
    let bytes = body(&terminal.device_id, &terminal.enterprise.code);
    let answer = terminal.upload_bytes(bytes, &[JSON]).refused();
    if let Some(code) = code {
        assert!(answer.to_string().contains(code), "{code}: {answer}");
    }
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 0);
}

#[test]
fn cut_json_stores_nothing() {
    check_malformed(
        |device, code| {
            let whole = json!({"deviceId": device, "enterpriseCode": code, "data": [day(ELECTRICITY, "2025-01-01", 1.0)]});
            let text = whole.to_string();
            text.as_bytes()[..text.len() - 2].to_vec()
        },
        Some("body_not_json"),
    );
}

#[test]
fn an_array_is_no_message() {
    check_malformed(|_, _| b"[1]".to_vec(), None);
}

#[test]
fn data_that_is_no_list_stores_nothing() {
    check_malformed(
        |device, code| {
            json!({"deviceId": device, "enterpriseCode": code, "data": 5}).to_string().into()
        },
        None,
    );
    check_malformed(
        |device, code| json!({"deviceId": device, "enterpriseCode": code}).to_string().into(),
        None,
    );
}

#[test]
fn a_device_of_another_enterprise_stores_nothing() {
    let app = TestApp::shared();
    let one = app.terminal(&Enterprise::new("甲"));
    let other = app.terminal(&Enterprise::new("乙"));
    let entry = day(ELECTRICITY, "2025-01-01", 1.0);
    let message = json!({"deviceId": one.device_id, "enterpriseCode": other.enterprise.code, "data": [entry]});
    let body = one.upload_message(&message).refused();
    assert!(
        body["responseMessage"]
            .as_str()
            .is_some_and(|s| s.contains("序列号与企业统一社会信用代码不符")),
        "{body}"
    );
    assert_eq!(body["errors"][0]["code"], "entry_device_mismatch", "{body}");
    assert_eq!(one.readings(ELECTRICITY, 1).len() + other.readings(ELECTRICITY, 1).len(), 0);
}

#[test]
fn an_unknown_device_stores_nothing() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("报文"));
    let mut message = terminal.message(&[day(ELECTRICITY, "2025-01-01", 1.0)]);
    message["deviceId"] = Value::from("f".repeat(32));
    let body = terminal.upload_message(&message).refused();
    assert_eq!(body["errors"][0]["code"], "entry_device_unknown", "{body}");
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 0);
}

#[test]
fn gzip_bodies_are_read() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("压缩"));
    let message = terminal.message(&days(ELECTRICITY, "2025-01-01", "2025-01-31", |_| 3.0));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(message.to_string().as_bytes()).expect("gzip in memory");
    let body = encoder.finish().expect("gzip in memory");
    terminal.upload_bytes(body, &[JSON, ("content-encoding", "gzip")]).received();
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 31);
}

#[test]
fn a_body_that_only_claims_to_be_gzip_is_refused() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("压缩"));
    let message = terminal.message(&[day(ELECTRICITY, "2025-01-01", 1.0)]);
    terminal
        .upload_bytes(message.to_string().into_bytes(), &[JSON, ("content-encoding", "gzip")])
        .refused();
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 0);
}

/// A byte-order mark, and no content type at all: both were seen.
#[test]
fn a_byte_order_mark_and_a_missing_content_type_are_read() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("报文"));
    let mut body = "\u{feff}".as_bytes().to_vec();
    body.extend(terminal.message(&[day(ELECTRICITY, "2025-01-01", 1.0)]).to_string().as_bytes());
    terminal.upload_bytes(body, &[]).received();
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 1);
}
