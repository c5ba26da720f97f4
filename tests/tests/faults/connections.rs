//! Connections that are slow, silent or too many are ended, and others are served meanwhile.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::wait::wait_until;

fn address(app: &TestApp) -> SocketAddr {
    let url = app.url();
    let text = url.trim_start_matches("http://");
    text.parse().unwrap_or_else(|error| panic!("{url}: {error}"))
}

fn connect(app: &TestApp) -> TcpStream {
    let stream = TcpStream::connect(address(app)).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a socket");
    stream
}

/// All bytes until the server closes.
fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) => assert!(
            [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe].contains(&error.kind()),
            "the server keeps it open: {error}"
        ),
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One answer on a connection that stays open: its status line.
fn status(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => bytes.push(byte[0]),
            other => panic!("no answer: {other:?} after {}", String::from_utf8_lossy(&bytes)),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn slow_and_silent_senders_are_cut_off_and_others_served() {
    let app = TestApp::with_environment(&[
        ("NENGCE_HEADER_TIMEOUT_SECONDS", "1"),
        ("NENGCE_BODY_TIMEOUT_SECONDS", "1"),
        ("NENGCE_MIN_BODY_BYTES_PER_SECOND", "1000"),
    ]);
    let terminal = app.terminal(&Enterprise::new("慢"));
    let mut silent = connect(&app);
    let mut slow_head = connect(&app);
    slow_head.write_all(b"POST /uploadEnergyData HTTP/1.1\r\nHost: x\r\nX-A").expect("it goes out");
    let mut slow_body = connect(&app);
    slow_body
        .write_all(b"POST /uploadEnergyData HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n{\"deviceId\":")
        .expect("it goes out");
    terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
    let mut dribbling = slow_body.try_clone().expect("a second handle");
    std::thread::spawn(move || {
        // Sends a byte now and then until the server closes the connection.
        while dribbling.write_all(b" ").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    let answer = rest(&mut slow_body);
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(
        answer.to_lowercase().contains("retry-after") && answer.contains("responseCode"),
        "{answer}"
    );
    drop(slow_body);
    assert!(!rest(&mut slow_head).contains("200 OK"));
    assert_eq!(rest(&mut silent), "", "closed without a word");
    // A peer that requests and never reads the answer delays no one.
    let mut deaf = connect(&app);
    deaf.write_all(b"GET /api/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n").expect("it goes out");
    terminal.upload(&[day(ELECTRICITY, "2025-01-02", 1.0)]).received();
    drop(deaf);
    terminal.upload(&[day(ELECTRICITY, "2025-01-03", 1.0)]).received();
}

#[test]
fn who_sent_much_at_once_waits_no_longer_than_others() {
    let app = TestApp::with_environment(&[
        ("NENGCE_BODY_TIMEOUT_SECONDS", "1"),
        ("NENGCE_MIN_BODY_BYTES_PER_SECOND", "1000"),
    ]);
    let mut stream = connect(&app);
    let head = "POST /uploadEnergyData HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n";
    let sent = format!("{head}{}", " ".repeat(500_000));
    stream.write_all(sent.as_bytes()).expect("it goes out");
    let answer = rest(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[test]
fn messages_of_one_address_leave_room_to_others() {
    let app = TestApp::with_config(
        "trusted_proxies = [\"127.0.0.1\"]\ntls_ends_in_front = true\n\
         max_bytes_in_flight = 400000\nmax_bytes_in_flight_per_address = 100000\n",
    );
    let client = reqwest::blocking::Client::new();
    let send = |address: Option<&str>| {
        let request = client.post(format!("{}/uploadEnergyData", app.url()));
        let request = request.body(format!("{{\"x\":\"{}\"}}", " ".repeat(150_000)));
        let request = match address {
            Some(it) => request.header("x-forwarded-for", it),
            None => request,
        };
        request.send().expect("an answer").status().as_u16()
    };
    assert_eq!(send(Some("203.0.113.1")), 503, "more than one address may hold");
    assert_eq!(send(None), 200, "whom nothing tells apart is bounded with all");
}

const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

#[test]
fn connections_over_the_limit_are_told_so_and_free_places_are_given_again() {
    let app = TestApp::with_environment(&[
        ("NENGCE_MAX_CONNECTIONS", "40"),
        ("NENGCE_HEADER_TIMEOUT_SECONDS", "600"),
    ]);
    let mut held = Vec::new();
    // The connections of the test's own client are among them.
    let refusal = loop {
        let mut stream = connect(&app);
        stream.write_all(REQUEST).expect("it goes out");
        let head = status(&mut stream);
        if head.starts_with("HTTP/1.1 503") {
            break head;
        }
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        held.push(stream);
        assert!(held.len() <= 40, "the limit holds");
    };
    assert!(refusal.to_lowercase().contains("retry-after: "), "{refusal}");
    assert!(held.len() >= 30, "{}", held.len());
    drop(held);
    wait_until("places come free", || {
        let mut stream = connect(&app);
        stream.write_all(REQUEST).expect("it goes out");
        status(&mut stream).starts_with("HTTP/1.1 200")
    });
}

fn descriptors() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|it| it.starts_with("Max open files"));
    line.and_then(|it| it.split_whitespace().nth(3)?.parse().ok()).unwrap_or(1_024)
}

fn resident_mib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let line = status.lines().find(|it| it.starts_with("VmRSS")).expect("resident memory");
    let kib: u64 = line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).expect("KiB");
    kib / 1024
}

#[test]
fn ten_thousand_connections_at_once_are_served_in_bounded_memory() {
    let wanted = descriptors().saturating_sub(500).min(10_000);
    if wanted < 10_000 {
        eprintln!("only {wanted} connections: ulimit -n is {}", descriptors());
    }
    let app = TestApp::with_environment(&[("NENGCE_HEADER_TIMEOUT_SECONDS", "600")]);
    let terminal = app.terminal(&Enterprise::new("万连"));
    let before = resident_mib(app.server.pid());
    let mut held: Vec<TcpStream> = (0..wanted).map(|_| connect(&app)).collect();
    for stream in &mut held {
        stream.write_all(REQUEST).expect("it goes out");
    }
    for stream in &mut held {
        let head = status(stream);
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    }
    terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
    let each = resident_mib(app.server.pid()).saturating_sub(before) * 1024 / wanted as u64;
    eprintln!("{wanted} connections at once, {each} KiB each");
    assert!(each < 64, "{each} KiB for a connection");
}
