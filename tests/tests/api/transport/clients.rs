//! Requests as client libraries send them by default are accepted: their headers, their framing, and the bytes around a
//! body.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, with};
use nengce_tests::support::raw;
use nengce_tests::support::sources::workspace;
use serde_json::json;

/// Sends the message of a client as it writes it, and checks that it was stored.
#[track_caller]
fn check(client: &str, before: &str, behind: &str) {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("客户端"));
    let entry = with(day(ELECTRICITY, "2025-03-01", 12.5), "remark", json!("锅炉房"));
    let body = format!("{before}{}{behind}", terminal.message(&[entry]));
    let file = workspace().join(format!("tests/fixtures/clients/{client}.http"));
    let head = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{client}: {error}"));
    let url = app.url();
    let address = url.trim_start_matches("http://");
    let head = head
        .trim_end()
        .replace("HOST", address)
        .replace("LENGTH", &body.len().to_string())
        .replace('\n', "\r\n");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a socket");
    write!(stream, "{head}\r\n\r\n").expect("the head is sent");
    if head.contains("Expect: 100-continue") {
        let mut interim = [0; 25];
        stream.read_exact(&mut interim).expect("an interim answer");
        assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n", "{client}");
    }
    if head.contains("Transfer-Encoding: chunked") {
        let (first, second) = body.as_bytes().split_at(body.len() / 3);
        for part in [first, second] {
            write!(stream, "{:x}\r\n", part.len()).expect("sent");
            stream.write_all(part).expect("sent");
            stream.write_all(b"\r\n").expect("sent");
        }
        stream.write_all(b"0\r\n\r\n").expect("sent");
    } else {
        stream.write_all(body.as_bytes()).expect("sent");
    }
    raw::answer(&mut stream).received();
    let rows = terminal.readings(ELECTRICITY, 1);
    assert_eq!((rows.len(), &rows[0]["value"]), (1, &json!(12.5)), "{client}");
}

#[test]
fn java_is_understood() {
    check("java-httpclient-3", "", "");
    check("java-httpclient-4", "", "");
    check("java-httpclient-4-expect", "", "");
    check("java-httpurlconnection", "", "\n");
}

#[test]
fn dotnet_is_understood() {
    // StreamWriter with Encoding.UTF8 writes a mark first.
    check("dotnet-httpwebrequest", "\u{feff}", "");
    check("dotnet-httpclient", "", "");
}

#[test]
fn c_and_cpp_are_understood() {
    check("qt", "", "");
    check("libcurl", "", "");
    // sizeof(buffer) in place of strlen, and lines around.
    check("libcurl", "", "\0");
    check("lwip", "", "\r\n\0\0\0\0");
    check("socket", "\r\n", "\0");
}

#[test]
fn go_is_understood() {
    check("go", "", "\n");
}

/// One entry that says NaN among good ones, as printf, Java and .NET write it.
#[test]
fn a_bare_nan_costs_its_entry_alone() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("客户端"));
    let days = ["2025-03-01", "2025-03-02", "2025-03-03", "2025-03-04"];
    let text = terminal.message(&days.map(|it| day(ELECTRICITY, it, 12.5))).to_string();
    let mut parts = text.split("12.5");
    let mut body = parts.next().unwrap_or_default().to_owned();
    for (value, part) in ["1.5", "NaN", "-1.#IND", "2.5"].iter().zip(parts) {
        body.push_str(value);
        body.push_str(part);
    }
    let answer = app.post_bytes("/uploadEnergyData", body.into_bytes(), &[]);
    answer.refused_entry(1, "dataValue", "entry_value_not_finite");
    answer.refused_entry(2, "dataValue", "entry_value_not_finite");
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 2);
    let uploads = app.admin_get(&format!("/api/v1/uploads?unit={}", terminal.enterprise.code)).ok();
    let id = uploads["rows"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|it| it["kind"] == "energy")
        .map(|it| it["upload_id"].to_string())
        .expect("the upload");
    let rejected = app.admin_get(&format!("/api/v1/uploads/{id}/rejected")).ok();
    let entry = rejected["rows"][0]["entry"].as_str().unwrap_or_default();
    assert!(entry.contains(":NaN"), "as it came: {entry}");
}
