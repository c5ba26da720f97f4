//! Upload throughput over HTTP with durable answers, against the bare Arrow appender on the same rows in the same run;
//! how long an answer takes at half that load; what it costs.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::baseline;
use super::report::{Report, percentile, thousands};
use super::usage;
use super::wire::{Sender, Wire, request};
use crate::support::app::TestApp;
use crate::support::enterprise::Enterprise;

/// The load that is sent as fast as answers come.
struct Scenario {
    entries: u32,
    connections: u32,
    /// The number for each connection.
    messages: u32,
}

const SCENARIOS: [Scenario; 6] = [
    Scenario { entries: 1, connections: 64, messages: 250 },
    Scenario { entries: 24, connections: 64, messages: 150 },
    Scenario { entries: 96, connections: 64, messages: 150 },
    Scenario { entries: 96, connections: 4, messages: 1_000 },
    Scenario { entries: 1_000, connections: 16, messages: 75 },
    Scenario { entries: 1_000, connections: 64, messages: 24 },
];

/// The duration and the load at half the rate.
const HALF_SECONDS: f64 = 6.0;
const HALF_READINGS: f64 = 1_500_000.0;

/// The least and the greatest number of rows per commit of the bare appender.
const GROUP: usize = 10_000;

/// Runs the scenarios whose entries per message `only` lists; without any, all scenarios and the comparisons.
pub(super) fn measure(only: &[String], report: &mut Report) -> Result<()> {
    for scenario in SCENARIOS {
        if only.is_empty() || only.contains(&scenario.entries.to_string()) {
            measure_one(&scenario, report)?;
        }
    }
    if !only.is_empty() {
        return Ok(());
    }
    super::terminals::measure(report)?;
    journal(report)
}

/// What one scenario came to.
struct Measured {
    /// Milliseconds of each answer at full load, and at half of it.
    times: Vec<f64>,
    calm: Vec<f64>,
    readings: f64,
    seconds: f64,
    /// Processor seconds of the server and of the senders.
    server: f64,
    client: f64,
    groups: f64,
    peak_mib: f64,
    bytes_per_reading: f64,
}

fn measure_one(scenario: &Scenario, report: &mut Report) -> Result<()> {
    let Scenario { entries, connections, .. } = *scenario;
    let name = format!("ingest, {entries} a message, {connections} connections");
    report.step(&name);
    let it = load(scenario)?;
    let rate = it.readings / it.seconds;
    let group = (it.readings / it.groups.max(1.0)).round();
    let same = raw(scenario, (group as usize).max(1))?;
    let durable = raw(scenario, GROUP)?;
    let bulk = raw(scenario, usize::MAX)?;
    let target = match entries {
        1_000 if rate >= 0.5 * durable => "≥ 0.5 of commits of 10,000: met",
        1_000 => "≥ 0.5 of commits of 10,000: missed",
        96 if connections > 4 && rate >= 150_000.0 => "≥ 150,000/s: met",
        96 if connections > 4 => "≥ 150,000/s: missed",
        _ => "",
    };
    let [p50, p99] = [0.5, 0.99].map(|share| percentile(&it.times, share));
    report.row(
        &name,
        format!("{} readings/s, p50 {p50:.1} p99 {p99:.1} ms", thousands(rate)),
        format!(
            "appender, commit each {}: {}/s; each 10,000: {}/s; one: {}/s",
            thousands(group),
            thousands(same),
            thousands(durable),
            thousands(bulk)
        ),
        format!("{:.2} / {:.2} / {:.2}", rate / same, rate / durable, rate / bulk),
        target,
    );
    let [p50, p95, p99] = [0.5, 0.95, 0.99].map(|share| percentile(&it.calm, share));
    report.row(
        "  the answer at half that load",
        format!("p50 {p50:.1} p95 {p95:.1} p99 {p99:.1} ms"),
        format!("{} messages", thousands(it.calm.len() as f64)),
        String::new(),
        if p99 <= 100.0 { "p99 ≤ 100 ms: met" } else { "p99 ≤ 100 ms: missed" },
    );
    report.row(
        "  cost",
        format!(
            "server {:.2} µs a reading, {:.1} CPU s of {:.1} s; peak {:.0} MiB",
            it.server / it.readings * 1e6,
            it.server,
            it.seconds,
            it.peak_mib
        ),
        format!("client {:.1} CPU s", it.client),
        String::new(),
        &format!("{:.1} bytes a reading on disk, not compacted", it.bytes_per_reading),
    );
    Ok(())
}

/// Readings per second of one connection that sends messages of so many entries.
pub(super) fn one_connection(entries: u32, messages: u32) -> Result<f64> {
    let it = load(&Scenario { entries, connections: 1, messages })?;
    Ok(it.readings / it.seconds)
}

/// Sends a scenario at full load, then at half of it, and looks at what is stored.
fn load(scenario: &Scenario) -> Result<Measured> {
    let Scenario { entries, connections, messages } = *scenario;
    let app = super::server::server();
    let address: SocketAddr = app.url().trim_start_matches("http://").parse()?;
    let senders: Vec<Sender> = (1..=connections)
        .map(|number| {
            let terminal = app.registered(&Enterprise::numbered(number, "压测"));
            Sender { device: terminal.device_id.clone(), code: terminal.enterprise.code.clone() }
        })
        .collect();
    let pid = app.server.pid();
    let of = |from: u32, count: u32| -> Vec<Vec<Vec<u8>>> {
        senders
            .iter()
            .map(|it| (from..from + count).map(|at| request(it, at * entries, entries)).collect())
            .collect()
    };
    // The first message of each terminal creates its items.
    drive(address, of(0, 1), None)?;
    let bodies = of(1, messages);
    let before = (
        usage::processor_seconds(pid)?,
        usage::processor_seconds(std::process::id())?,
        groups(&app),
    );
    let start = Instant::now();
    let times = drive(address, bodies, None)?;
    let seconds = start.elapsed().as_secs_f64();
    let readings = f64::from(entries * connections * messages);
    let server = usage::processor_seconds(pid)? - before.0;
    let client = usage::processor_seconds(std::process::id())? - before.1;
    let groups = groups(&app) - before.2;

    let rate = readings / seconds;
    let half = (rate / 2.0 * HALF_SECONDS).min(HALF_READINGS);
    let each = ((half / f64::from(entries * connections)) as u32).max(1);
    let pause = f64::from(entries * connections) / (rate / 2.0);
    let calm = drive(address, of(1 + messages, each), Some(Duration::from_secs_f64(pause)))?;
    let peak_mib = usage::peak_mib(pid)?;
    let folder = {
        let mut app = app;
        app.server.stop();
        app.server.into_folder()
    };
    let (bytes, stored) = baseline::size(&folder.path().join("data"))?;
    let stored = stored as f64;
    let sent = f64::from(entries) * f64::from(connections) * f64::from(1 + messages + each);
    ensure!(stored == sent, "{stored} readings are stored of {sent} acknowledged");
    let bytes_per_reading = bytes as f64 / stored;
    Ok(Measured {
        times,
        calm,
        readings,
        seconds,
        server,
        client,
        groups,
        peak_mib,
        bytes_per_reading,
    })
}

/// The number of groups that have been committed.
fn groups(app: &TestApp) -> f64 {
    let text = app.admin_get("/metrics").text().to_owned();
    text.lines()
        .find_map(|it| it.strip_prefix("nengce_group_commit_seconds_count "))
        .and_then(|it| it.trim().parse().ok())
        .unwrap_or(0.0)
}

/// Every connection sends its messages, each after the answer to the last one or at a fixed rate. Returns the
/// milliseconds of each message, counted from when it was due at a fixed rate.
pub(super) fn drive(
    address: SocketAddr,
    bodies: Vec<Vec<Vec<u8>>>,
    pause: Option<Duration>,
) -> Result<Vec<f64>> {
    let start = Instant::now();
    let count = bodies.len() as u32;
    std::thread::scope(|scope| {
        let threads: Vec<_> = bodies
            .into_iter()
            .zip(0..)
            .map(|(bodies, number)| {
                scope.spawn(move || -> Result<Vec<f64>> {
                    let mut wire = Wire::connect(address)?;
                    let mut times = Vec::with_capacity(bodies.len());
                    for (body, turn) in bodies.iter().zip(0..) {
                        let due = match pause {
                            Some(pause) => start + pause * turn + pause * number / count,
                            None => Instant::now(),
                        };
                        std::thread::sleep(due.saturating_duration_since(Instant::now()));
                        ensure!(wire.send(body)?, "the queue was full");
                        times.push(due.elapsed().as_secs_f64() * 1000.0);
                    }
                    Ok(times)
                })
            })
            .collect();
        let mut times = Vec::new();
        for thread in threads {
            times.extend(thread.join().expect("a sender")?);
        }
        Ok(times)
    })
}

/// Rows per second of the bare appender on the scenario's rows, with a durable commit after each group of rows.
fn raw(scenario: &Scenario, per_commit: usize) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let rows = scenario.entries * scenario.connections * scenario.messages;
    let load = baseline::Load {
        rows: rows as usize,
        terminals: scenario.connections as usize,
        entries: scenario.entries as usize,
    };
    let spent = baseline::append_readings(folder.path(), load, per_commit)?;
    Ok(f64::from(rows) / spent.as_secs_f64())
}

/// Compares a journal with a commit of DuckDB, group by group: the time that an answer waits for.
fn journal(report: &mut Report) -> Result<()> {
    report.step("a journal against commits");
    for group in [96, 1_000, 10_000] {
        let folder = tempfile::tempdir()?;
        let (frames, commits) = baseline::journal_and_commits(folder.path(), group, 200)?;
        let figure = |times: &[f64]| {
            let [p50, p99] = [0.5, 0.99].map(|share| percentile(times, share));
            format!("p50 {p50:.1} p99 {p99:.1} ms")
        };
        report.row(
            &format!("a journal's frame of {} rows, CRC and fsync", thousands(group as f64)),
            figure(&frames),
            format!("a commit: {}", figure(&commits)),
            format!("{:.2}", percentile(&frames, 0.5) / percentile(&commits, 0.5)),
            "",
        );
    }
    Ok(())
}
