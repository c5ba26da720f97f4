//! A hundred readers at once compared with one alone, and the time until an abandoned query stops using the processor.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::report::{Report, percentile};
use super::usage;
use crate::support::app::TestApp;

const READERS: u64 = 100;
const MOST_MS: f64 = 200.0;

/// The duration of the exploration, and the time for which a reader looks at an answer before the next query: two
/// seconds on average, three times as fast as a quick reader with ten queries a minute.
const EXPLORE: Duration = Duration::from_secs(40);
const LOOK_MS: u64 = 4_000;

/// Queries to a server whose city is not in the browser, and queries that a browser never answers by itself.
const QUESTIONS: [&str; 8] = [
    "/api/v1/dual-control?",
    TIMELINE,
    "/api/v1/intensity?by=region&",
    "/api/v1/intensity?by=industry&",
    "/api/v1/energy-flow?",
    "/api/v1/units?limit=50&",
    "/api/v1/inspection-targets?",
    "/api/v1/slice?group=region,energy&",
];

/// All months that exist.
const TIMELINE: &str = "/api/v1/timeline?";

const FILTERS: [&str; 6] = [
    "",
    "region=120116",
    "region=120110,120111",
    "industry=C31",
    "class=ten_thousand",
    "industry=C26,C30",
];

const SPANS: [&str; 4] =
    ["", "&from=2026-01&to=2026-03", "&from=2025-07&to=2025-12", "&from=2026-02&to=2026-06"];

pub(super) fn measure(app: &TestApp, report: &mut Report) -> Result<()> {
    people(app, report)?;
    cancelled(app, report)
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }
}

fn explore(app: &TestApp, person: u64, looks: u64) -> Vec<f64> {
    let mut dice = Dice(person);
    let mut times = Vec::new();
    let started = Instant::now();
    while started.elapsed() < EXPLORE {
        std::thread::sleep(Duration::from_millis(dice.below(looks)));
        let (question, filter) = (dice.of(&QUESTIONS), dice.of(&FILTERS));
        let span = if question == TIMELINE { "" } else { dice.of(&SPANS) };
        let path = format!("{question}{filter}{span}");
        let asked = Instant::now();
        let answer = app.get(&path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        times.push(asked.elapsed().as_secs_f64() * 1000.0);
    }
    times
}

fn people(app: &TestApp, report: &mut Report) -> Result<()> {
    report.step("one person explores the server");
    let alone = explore(app, 0, LOOK_MS / 20);
    report.step("a hundred people explore the server");
    let pid = app.server.pid();
    let before = usage::processor_seconds(pid)?;
    let times: Vec<f64> = std::thread::scope(|scope| {
        let one = |person| scope.spawn(move || explore(app, person, LOOK_MS));
        let all: Vec<_> = (1..=READERS).map(one).collect();
        all.into_iter().flat_map(|it| it.join().expect("a person")).collect()
    });
    let seconds = EXPLORE.as_secs_f64();
    let busy = (usage::processor_seconds(pid)? - before) / seconds;
    let p95 = percentile(&times, 0.95);
    let figure = |times: &[f64]| {
        let [middle, most] = [0.5, 0.95].map(|it| percentile(times, it));
        format!("p50 {middle:.1} ms, p95 {most:.1} ms")
    };
    report.row(
        &format!(
            "{READERS} people, {:.0} questions a second, {busy:.1} processors busy",
            times.len() as f64 / seconds
        ),
        figure(&times),
        format!("one alone {}", figure(&alone)),
        format!("{:.2}", p95 / percentile(&alone, 0.95)),
        &format!("p95 ≤ {MOST_MS} ms: {}", word(p95 <= MOST_MS)),
    );
    Ok(())
}

/// Queries days of all units, each time of other months, so that no answer is cached.
fn costly(trial: usize) -> String {
    let (year, first) = [(2025, 11), (2025, 12), (2026, 1), (2026, 2), (2026, 3)][trial % 5];
    let last = 6 + trial / 5;
    format!(
        "/api/v1/slice?group=industry,energy&grain=day&from={year}-{first:02}&to=2026-{last:02}"
    )
}

const TRIALS: usize = 20;
const MOST_STOP_MS: f64 = 50.0;

/// A query uses a whole processor; the server's own work uses less than this share of one.
const BUSY_SHARE: f64 = 0.5;

fn cancelled(app: &TestApp, report: &mut Report) -> Result<()> {
    report.step("questions that nobody waits for, once quality is assessed");
    let rests = usage::rest(app.server.pid())?;
    ensure!(rests, "the server does not come to rest");
    let whole: Vec<f64> = (0..3)
        .map(|trial| {
            let asked = Instant::now();
            let answer = app.get(&costly(trial));
            assert_eq!(answer.status, 200, "{}", answer.text());
            asked.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    let whole = percentile(&whole, 0.5);
    let mut stops = Vec::new();
    for trial in 3..3 + TRIALS {
        let wait = whole * (0.2 + 0.5 * trial as f64 / TRIALS as f64) * 0.8;
        stops.extend(stop_of(app, &costly(trial), wait)?);
        std::thread::sleep(Duration::from_secs(1));
    }
    ensure!(stops.len() > TRIALS / 2, "questions end too soon to be left");
    let p95 = percentile(&stops, 0.95);
    report.row(
        &format!(
            "a question of {whole:.0} ms whose asker has gone, {} times: until the processor rests",
            stops.len()
        ),
        format!("p50 {:.0} ms, p95 {p95:.0} ms", percentile(&stops, 0.5)),
        String::new(),
        format!("{:.2}", p95 / whole),
        &format!("≤ {MOST_STOP_MS} ms: {}", word(p95 <= MOST_STOP_MS)),
    );
    Ok(())
}

/// Sends a query, disconnects after `wait` milliseconds, and returns how long the server went on working; `None` where
/// it was not working then.
fn stop_of(app: &TestApp, path: &str, wait: f64) -> Result<Option<f64>> {
    const POLL_INTERVAL: Duration = Duration::from_millis(10);
    /// After this many samples without work, the server has stopped.
    const QUIET_POLLS: u32 = 3;
    let pid = app.server.pid();
    let is_busy = || -> Result<bool> {
        let (spent, from) = (usage::running_seconds(pid)?, Instant::now());
        std::thread::sleep(POLL_INTERVAL);
        Ok(usage::running_seconds(pid)? - spent > BUSY_SHARE * from.elapsed().as_secs_f64())
    };
    let address = app.url().trim_start_matches("http://").to_owned();
    let mut asker = TcpStream::connect(&address)?;
    write!(asker, "GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n")?;
    std::thread::sleep(Duration::from_secs_f64(wait / 1000.0));
    if !is_busy()? {
        return Ok(None);
    }
    drop(asker);
    let gone = Instant::now();
    let mut last = gone;
    let mut quiet = 0;
    while quiet < QUIET_POLLS {
        quiet = if is_busy()? { 0 } else { quiet + 1 };
        if quiet == 0 {
            last = Instant::now();
        }
    }
    Ok(Some(last.duration_since(gone).as_secs_f64() * 1000.0))
}

const COLUMNS: [u32; 3] = [400, 800, 1_600];
const MOST_SERIES_MS: f64 = 50.0;

/// A year of quarter-hours thinned to a screen, beside the same statement in process.
pub(super) fn series(report: &mut Report) -> Result<()> {
    report.step("a year of 15-minute readings for the series");
    let app = super::server::server();
    let units = super::quarters::fill(&app);
    let codes = super::quarters::codes();
    let year = super::quarters::YEAR;
    let mut times = Vec::new();
    for at in 0..90 {
        let (unit, code) = (&units[at % units.len()], &codes[at % codes.len()]);
        let width = COLUMNS[at % COLUMNS.len()] + at as u32;
        let path = format!(
            "/api/v1/units/{}/series?item={code}&from={year}-01-01&to={year}-12-31&width={width}",
            unit.code
        );
        let asked = Instant::now();
        let answer = app.get(&path);
        times.push(asked.elapsed().as_secs_f64() * 1000.0);
        let readings = answer.ok()["readings"].as_f64();
        ensure!(
            readings == Some(super::quarters::READINGS_PER_ITEM),
            "{path}: {readings:?} readings"
        );
    }
    let mut app = app;
    app.server.stop();
    let bare = super::baseline::time_series(&app.server.data(), year, &COLUMNS)?;
    ensure!(!bare.is_empty(), "no real-time item");
    let figure = |times: &[f64]| {
        format!("p50 {:.1} ms, p95 {:.1} ms", percentile(times, 0.5), percentile(times, 0.95))
    };
    let p95 = percentile(&times, 0.95);
    report.row(
        "series of a year of 15-minute readings by M4",
        figure(&times),
        format!("bare SQL {}", figure(&bare)),
        format!("{:.2}", p95 / percentile(&bare, 0.95)),
        &format!("p95 ≤ {MOST_SERIES_MS} ms: {}", word(p95 <= MOST_SERIES_MS)),
    );
    Ok(())
}

fn word(met: bool) -> &'static str {
    if met { "met" } else { "missed" }
}
