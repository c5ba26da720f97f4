//! On SIGTERM, complete requests get their answer, incomplete ones do not delay the stop, and nothing acknowledged is
//! lost.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days};
use nengce_tests::support::wait::wait_until;
use serde_json::json;

use crate::panics::FailPoints;

/// The time within which the server must stop: well above the grace of two seconds, well below the time for a slow
/// body.
const STOP_TIMEOUT: Duration = Duration::from_secs(9);

fn connect(app: &TestApp) -> TcpStream {
    let stream = TcpStream::connect(app.server.listens_on()).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a socket");
    stream
}

#[test]
fn half_sent_bodies_do_not_hold_the_server_up_and_are_told_why() {
    let mut app = TestApp::new();
    let enterprise = Enterprise::new("停止");
    app.terminal(&enterprise)
        .upload(&days(ELECTRICITY, "2025-01-01", "2025-01-31", |_| 1.5))
        .received();
    let mut halves: Vec<TcpStream> = (0..4).map(|_| connect(&app)).collect();
    for (at, half) in halves.iter_mut().enumerate() {
        let path =
            ["/uploadEnergyData", "/register", "/api/v1/imports/economy", "/api/v1/bulk/readings"]
                [at];
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-of-the-tests\r\nContent-Type: text/csv\r\nContent-Length: 5000\r\n\r\n{{"
        );
        half.write_all(head.as_bytes()).expect("it goes out");
    }
    // An incomplete request head, and a silent connection.
    let mut head = connect(&app);
    head.write_all(b"GET /healthz HTTP/1.1\r\nHo").expect("it goes out");
    let _silent = connect(&app);
    app.get("/healthz");
    let start = Instant::now();
    app.server.stop();
    let took = start.elapsed();
    assert!(took < STOP_TIMEOUT, "it took {took:?}:\n{}", app.server.log());
    let mut answer = String::new();
    drop(halves[0].read_to_string(&mut answer));
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("服务器正在停止"), "{answer}");
    app.server.launch();
    assert_eq!(app.registered(&enterprise).readings(ELECTRICITY, 1).len(), 31);
}

#[test]
fn a_bulk_upload_under_way_stops_at_a_committed_group_and_goes_on_after_the_start() {
    let points = FailPoints::new();
    let mut app = points.server(&[]);
    let enterprise = Enterprise::new("分组");
    let code = app.terminal(&enterprise).enterprise.code.clone();
    let made = json!({"name": "system", "units": [code], "all_units": false});
    let made = app.admin("POST", "/api/v1/tokens", made.to_string().into_bytes()).ok();
    let token = format!("Bearer {}", made["token"].as_str().expect("a token"));
    let mut body = String::new();
    for day in 0..250 {
        let date = jiff::civil::date(2024, 1, 1) + jiff::ToSpan::days(day);
        for at in 0..96 {
            let row = json!({"enterpriseCode": code, "dataCode": ELECTRICITY, "statType": 0, "inputType": 1,
                "statDate": format!("{date} {:02}:{:02}:00", at / 4, at % 4 * 15), "dataValue": 1, "valid": true, "scope": 1});
            body.push_str(&format!("{row}\n"));
        }
    }
    let headers = [
        ("authorization", token.as_str()),
        ("content-type", "application/x-ndjson"),
        ("idempotency-key", "k"),
    ];
    // The writer rests before the second group, and the server is told to stop meanwhile.
    points.arm(&[("stall:writer", 15)]);
    let (address, sent) = (app.url(), body.clone());
    let sender = {
        let headers = headers.map(|(name, value)| (name, value.to_owned()));
        std::thread::spawn(move || {
            let client = reqwest::blocking::Client::new();
            let request = client.post(format!("{address}/api/v1/bulk/readings")).body(sent);
            let request =
                headers.into_iter().fold(request, |all, (name, value)| all.header(name, value));
            drop(request.send());
        })
    };
    wait_until("it is under way", || points.is_begun());
    let start = Instant::now();
    app.server.stop();
    assert!(start.elapsed() < STOP_TIMEOUT, "{}", app.server.log());
    sender.join().expect("the sender ends");
    points.arm(&[]);
    app.server.launch();
    let answer = app.post_bytes("/api/v1/bulk/readings", body.into_bytes(), &headers).ok();
    let done = ["stored", "unchanged"].map(|it| answer[it].as_u64().unwrap_or(0));
    assert_eq!(done.iter().sum::<u64>(), 24_000, "{answer}");
    crate::panics::verify(&app);
}
