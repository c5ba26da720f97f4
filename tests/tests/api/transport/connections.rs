//! Connections are limited for each address; those that fail before a request are listed by address with a remedy.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::mutual_tls::MutualTls;
use nengce_tests::support::tls::{Authority, post};
use nengce_tests::support::wait::wait_for;
use serde_json::{Value, json};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore};

#[test]
fn an_address_holds_so_many_connections() {
    let app =
        TestApp::with_config("max_connections_per_address = 3\nunbounded_connections_from = []\n");
    let url = app.url();
    let address = url.trim_start_matches("http://");
    let mut held = Vec::new();
    // The test's own client keeps one or two connections open.
    let refused = loop {
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_millis(500))).expect("a socket");
        let mut text = String::new();
        if stream.read_to_string(&mut text).is_ok() {
            break text;
        }
        held.push(stream);
        assert!(held.len() <= 3, "more connections than one address may hold");
    };
    assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
    assert!(refused.contains("\"responseCode\":\"1\""), "{refused}");
    drop(held);
    let list = failures(&app, "too_many_connections");
    assert_eq!(list["address"], "127.0.0.1", "{list}");
}

#[test]
fn this_machine_is_not_bounded_unless_told() {
    let app = TestApp::with_config("max_connections_per_address = 1\n");
    let url = app.url();
    let address = url.trim_start_matches("http://");
    let held: Vec<_> = (0..5).map(|_| TcpStream::connect(address).expect("a connection")).collect();
    for mut it in held {
        let request = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        it.write_all(request).expect("sent");
        let mut text = String::new();
        it.read_to_string(&mut text).expect("an answer");
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    }
}

/// Waits for a failure of 127.0.0.1 with a reason; it is noted after the connection has closed. Until the server has
/// noticed the end of others, it may have no place for the request, and may say so before the request is sent.
fn failures(app: &TestApp, reason: &str) -> Value {
    wait_for(reason, || {
        app.try_get("/healthz").filter(|it| it.status == 200)?;
        let answer = app.admin_get("/api/v1/connection-failures");
        let list = if answer.status == 503 { Value::Null } else { answer.ok() };
        let row = list["rows"][0].clone();
        if row["reason"] != reason {
            return None;
        }
        assert!(!row["zh"].as_str().unwrap_or_default().is_empty(), "{row}");
        Some(row)
    })
}

/// A ClientHello of one old version with CBC suites, and the server's reply.
fn send_hello(address: &str, version: [u8; 2], suites: &[u16]) {
    let mut body = version.to_vec();
    body.extend([7; 32]);
    body.push(0);
    body.extend(u16::try_from(suites.len() * 2).expect("few suites").to_be_bytes());
    body.extend(suites.iter().flat_map(|it| it.to_be_bytes()));
    body.extend([1, 0]);
    let length = u8::try_from(body.len()).expect("a short hello");
    let mut record = vec![0x16, 3, 1, 0, length + 4, 1, 0, 0, length];
    record.extend(body);
    send(address, &record);
}

/// Sends bytes and reads until the server closes.
fn send(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a socket");
    stream.write_all(bytes).expect("sent");
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    answer
}

#[test]
fn old_tls_is_told_with_version_and_suites() {
    let it = MutualTls::start();
    let address = it.app.server.listens_on();
    send_hello(&address, [3, 2], &[0xc013, 0x002f]);
    let row = failures(&it.app, "tls_version_too_old");
    assert_eq!(row["offered_version"], "TLS 1.1", "{row}");
    assert_eq!(
        row["offered_suites"],
        json!(["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA"])
    );
    assert!(row["zh"].as_str().is_some_and(|it| it.contains("TLS 1.1")), "{row}");
    let log = it.app.server.log();
    assert!(
        log.contains("version=\"TLS 1.1\"") && log.contains("TLS_RSA_WITH_AES_128_CBC_SHA"),
        "{log}"
    );

    // A test that waited for the server may have sent plain HTTP before.
    let so_far = row["count"].as_u64().expect("a count");

    // TLS 1.2 with CBC suites only; rustls checks the suites after the groups, which are missing here.
    send_hello(&address, [3, 3], &[0x002f, 0x0035]);
    let row = failures(&it.app, "no_shared_signature");
    assert_eq!((&row["offered_version"], &row["count"]), (&json!("TLS 1.2"), &json!(so_far + 1)));
    let metrics = it.app.admin_get("/metrics").text();
    assert!(
        metrics.contains("nengce_connection_failures_total{reason=\"tls_version_too_old\"} 1"),
        "{metrics}"
    );
    // Only an administrator can read addresses.
    it.app.get("/api/v1/connection-failures").problem(401, "unauthorised");
}

#[test]
fn suites_of_cbc_alone_are_told() {
    let it = MutualTls::start();
    let provider = CryptoProvider {
        cipher_suites: vec![ring::cipher_suite::TLS13_AES_128_GCM_SHA256],
        ..ring::default_provider()
    };
    // A complete ClientHello of today, with its one suite replaced by a CBC suite.
    let config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let mut client = ClientConnection::new(Arc::new(config), name).expect("a client");
    let mut hello = Vec::new();
    client.write_tls(&mut hello).expect("a hello");
    let suite = hello
        .windows(4)
        .position(|it| it == [0x00, 0x04, 0x13, 0x01] || it == [0x00, 0x02, 0x13, 0x01]);
    let at = suite.expect("the suite") + 2;
    hello[at..at + 2].copy_from_slice(&[0xc0, 0x14]);
    send(&it.app.server.listens_on(), &hello);
    let row = failures(&it.app, "no_shared_cipher");
    assert_eq!(row["offered_suites"][0], "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "{row}");
    assert_eq!(row["server_name"], "localhost", "{row}");
}

#[test]
fn plain_http_and_other_bytes_on_the_port_of_https_are_told() {
    let it = MutualTls::start();
    let address = it.app.server.listens_on();
    let answer = send(&address, b"POST /register HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("HTTPS"), "{answer}");
    failures(&it.app, "plain_http_on_tls");
    send(&address, b"SSH-2.0-client\r\n");
    failures(&it.app, "not_tls");
    // The SSL 2 ClientHello of an old Java.
    let mut hello = vec![0x80, 0x1e, 1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 0x2f];
    hello.extend([9; 16]);
    send(&address, &hello);
    let row = failures(&it.app, "tls_version_too_old");
    assert_eq!(row["offered_version"], "TLS 1.0", "{row}");
}

#[test]
fn certificates_that_are_not_accepted_are_told() {
    let it = MutualTls::start();
    let body = json!({});
    let foreign = Authority::new("another authority");
    let stranger = foreign.issue("x", &[]);
    assert!(post(&it.authority, None, &it.asking, "/register", &body).is_err());
    failures(&it.app, "client_certificate_missing");
    assert!(post(&it.authority, Some(&stranger), &it.asking, "/register", &body).is_err());
    let row = failures(&it.app, "client_certificate_refused");
    assert_eq!(row["listener"], json!(it.asking), "{row}");
    let address = it.app.server.listens_on();
    assert!(post(&foreign, None, &address, "/register", &body).is_err());
    failures(&it.app, "server_certificate_refused");
}
