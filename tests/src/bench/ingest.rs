//! Upload throughput over HTTP with durable answers, against the bare Arrow appender on as many rows.

use std::fmt::Write;
use std::time::Instant;

use anyhow::{Context, Result};

use super::baseline;
use super::report::{Report, percentile, thousands};
use crate::support::app::TestApp;
use crate::support::enterprise::Enterprise;

/// (connections, entries per message, messages per connection)
const SCENARIOS: [(u32, u32, u32); 4] = [
    (4, 96, 500),
    (16, 96, 125),
    (4, 1_000, 100),
    (16, 1_000, 25),
];

pub fn measure(report: &mut Report) -> Result<()> {
    let raw = raw_rate(report)?;
    for (connections, entries, messages) in SCENARIOS {
        report.step(&format!(
            "uploading: {connections} connections × {messages} messages × {entries} entries"
        ));
        let (seconds, times) = upload(connections, entries, messages);
        let rate = f64::from(connections * entries * messages) / seconds;
        let mark = if rate >= 150_000.0 || rate >= 0.2 * raw {
            "met"
        } else {
            "missed"
        };
        report.row(
            &format!("ingest, {connections} connections, {entries} entries a message"),
            format!(
                "{} readings/s, p95 {:.0} ms",
                thousands(rate),
                percentile(&times, 0.95)
            ),
            format!("appender {} rows/s", thousands(raw)),
            format!("{:.2}", rate / raw),
            &format!("≥ 150,000/s or ≥ 0.2: {mark}"),
        );
    }
    Ok(())
}

/// Rows a second of the bare appender, committed each 10,000.
fn raw_rate(report: &Report) -> Result<f64> {
    report.step("the bare appender");
    let folder = tempfile::tempdir()?;
    let path = folder.path().to_str().context("a path of UTF-8")?;
    let answer = baseline::ask(&[
        "append",
        "--folder",
        path,
        "--rows",
        "1000000",
        "--per-commit",
        "10000",
    ])?;
    let seconds = answer["seconds"].as_f64().context("seconds")?;
    Ok(1_000_000.0 / seconds)
}

/// Seconds for all messages, and milliseconds of each.
fn upload(connections: u32, entries: u32, messages: u32) -> (f64, Vec<f64>) {
    let app =
        TestApp::with_environment(&[("NENGCE_MAX_REQUESTS_PER_DEVICE_PER_MINUTE", "1000000")]);
    let senders: Vec<_> = (1..=connections)
        .map(|number| {
            let terminal = app.terminal(&Enterprise::numbered(number, "压测"));
            let bodies: Vec<Vec<u8>> = (0..messages)
                .map(|at| {
                    body(
                        &terminal.device_id,
                        &terminal.enterprise.code,
                        at * entries,
                        entries,
                    )
                })
                .collect();
            (terminal, bodies)
        })
        .collect();
    let start = Instant::now();
    let times = std::thread::scope(|scope| {
        let threads: Vec<_> = senders
            .into_iter()
            .map(|(terminal, bodies)| {
                scope.spawn(move || {
                    let send = |body: Vec<u8>| {
                        let start = Instant::now();
                        terminal
                            .upload_bytes(body, &[("content-type", "application/json")])
                            .received();
                        start.elapsed().as_secs_f64() * 1000.0
                    };
                    bodies.into_iter().map(send).collect::<Vec<f64>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("a sender"))
            .collect()
    });
    (start.elapsed().as_secs_f64(), times)
}

/// Quarter-hours of ten items, the `from`-th on.
fn body(device: &str, code: &str, from: u32, entries: u32) -> Vec<u8> {
    let mut text = format!(r#"{{"deviceId":"{device}","enterpriseCode":"{code}","data":["#);
    for at in from..from + entries {
        let (item, slot) = (at % 10, at / 10);
        let (day, quarter) = (slot / 96, slot % 96);
        let (month, day) = (day / 28 % 12 + 1, day % 28 + 1);
        let comma = if at == from { "" } else { "," };
        let year = 2015 + slot / (96 * 28 * 12);
        write!(
            text,
            r#"{comma}{{"dataCode":"00-00-0000-{:06}-11","dataValue":{}.25,"inputType":1,"statType":0,"statDate":"{year}-{month:02}-{day:02} {:02}:{:02}:00","uploadDate":"2026-01-01 00:00:00","scope":1,"valid":true}}"#,
            22100 + item * 100,
            at % 977,
            quarter / 4,
            quarter % 4 * 15,
        )
        .expect("a text grows");
    }
    text.push_str("]}");
    text.into_bytes()
}
