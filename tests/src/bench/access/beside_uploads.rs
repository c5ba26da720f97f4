//! Uploads beside everything else: with ten thousand sessions alive, with an entry of the audit log for every look, and in a
//! storm of sign-ins. Each is measured in turns with its counterpart.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use nengce_shared::access::role::Role;

use super::sessions;
use crate::bench::ingest::drive;
use crate::bench::report::{Report, percentile, thousands};
use crate::bench::usage;
use crate::bench::wire::{Sender, request};
use crate::support::app::TestApp;
use crate::support::enterprise::Enterprise;
use crate::support::person::create;

const SESSIONS: usize = 10_000;
const CONNECTIONS: u32 = 16;
const ENTRIES: u32 = 96;
const MESSAGES: u32 = 60;
const ROUNDS: usize = 5;
/// Rounds with and without sessions: a single pair differs by several per cent.
const PAIRS: usize = 31;
/// Looks a second at a unit.
const LOOKS_PER_SECOND: u32 = 200;

/// A server with terminals that send.
struct Uploading {
    app: Arc<TestApp>,
    senders: Vec<Sender>,
    next: u32,
    /// Milliseconds of each answer, readings, seconds of the server's processor, and on the clock.
    times: Vec<f64>,
    readings: f64,
    processor: f64,
    seconds: f64,
}

impl Uploading {
    fn start(settings: &[(&str, &str)]) -> Result<Self> {
        let common = [
            ("NENGCE_MAX_REQUESTS_PER_DEVICE_PER_MINUTE", "1000000"),
            ("NENGCE_AUTO_APPROVE_DEVICES", "true"),
            ("NENGCE_TRUSTED_PROXIES", "127.0.0.1"),
        ];
        let app = Arc::new(TestApp::with_environment(&[&common, settings].concat()));
        let senders = (1..=CONNECTIONS).map(|number| {
            let terminal = app.registered(&Enterprise::numbered(number, "压测"));
            Sender { device: terminal.device_id.clone(), code: terminal.enterprise.code.clone() }
        });
        let senders = senders.collect();
        create(&app, "bench", &[Role::Policymaker], &[], &[]);
        let mut it = Self {
            app,
            senders,
            next: 0,
            times: Vec::new(),
            readings: 0.0,
            processor: 0.0,
            seconds: 0.0,
        };
        it.round(None)?;
        it.begin_again();
        Ok(it)
    }

    fn begin_again(&mut self) {
        (self.times, self.readings, self.processor, self.seconds) = (Vec::new(), 0.0, 0.0, 0.0);
    }

    /// Messages of every terminal, as fast as answers come or with a pause between them.
    fn round(&mut self, pause: Option<Duration>) -> Result<()> {
        let address: SocketAddr = self.app.url().trim_start_matches("http://").parse()?;
        let span = self.next..self.next + MESSAGES;
        self.next += MESSAGES;
        let of = |it: &Sender| span.clone().map(|at| request(it, at * ENTRIES, ENTRIES)).collect();
        let bodies: Vec<Vec<Vec<u8>>> = self.senders.iter().map(of).collect();
        let (pid, start) = (self.app.server.pid(), Instant::now());
        let before = usage::running_seconds(pid)?;
        self.times.extend(drive(address, bodies, pause)?);
        self.seconds += start.elapsed().as_secs_f64();
        self.processor += usage::running_seconds(pid)? - before;
        self.readings += f64::from(ENTRIES * CONNECTIONS * MESSAGES);
        Ok(())
    }

    fn rate(&self) -> f64 {
        self.readings / self.seconds
    }

    /// Microseconds of the server's processor for a reading.
    fn cost(&self) -> f64 {
        self.processor / self.readings * 1e6
    }

    /// The cost of one more round.
    fn cost_of_round(&mut self) -> Result<f64> {
        let (processor, readings) = (self.processor, self.readings);
        self.round(None)?;
        Ok((self.processor - processor) / (self.readings - readings) * 1e6)
    }

    fn timed(&self, path: &str, headers: &[(&str, &str)]) -> f64 {
        let start = Instant::now();
        let answer = self.app.get_with(path, headers);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        start.elapsed().as_secs_f64() * 1000.0
    }
}

pub(in crate::bench) fn measure(report: &mut Report) -> Result<()> {
    // The time of a password is measured apart: here ten thousand sign-ins only make sessions.
    let fast = [("NENGCE_PASSWORD_MEMORY_KIB", "8"), ("NENGCE_PASSWORD_PASSES", "1")];
    report.step("ten thousand sessions");
    let (mut few, mut many) = (Uploading::start(&fast)?, Uploading::start(&fast)?);
    with_sessions(&mut few, &mut many, report)?;
    report.step("looks beside uploads");
    with_looks(&mut many, report)?;
    drop((few, many));
    report.step("a storm of sign-ins");
    in_a_storm(&mut Uploading::start(&[])?, report)
}

fn with_sessions(few: &mut Uploading, many: &mut Uploading, report: &mut Report) -> Result<()> {
    let one = sessions::begin(&few.app, "bench", 1)?;
    let before = usage::peak_mib(many.app.server.pid())?;
    let start = Instant::now();
    let last = sessions::begin(&many.app, "bench", SESSIONS)?;
    let seconds = start.elapsed().as_secs_f64();
    let grown = usage::peak_mib(many.app.server.pid())? - before;
    let (mut of_one, mut of_many) = (Vec::new(), Vec::new());
    for _ in 0..500 {
        of_one.push(few.timed("/api/v1/session", &[("cookie", &one)]));
        of_many.push(many.timed("/api/v1/session", &[("cookie", &last)]));
    }
    let [p50, base] = [&of_many, &of_one].map(|it| percentile(it, 0.5));
    report.row(
        &format!("{} sessions alive", thousands(SESSIONS as f64)),
        format!("{grown:.0} MiB, p50 of a request {p50:.2} ms"),
        format!("one session: {base:.2} ms; {seconds:.0} s to sign in"),
        format!("{:.2}", p50 / base),
        "≤ 64 MiB",
    );
    let mut ratios = Vec::new();
    for turn in 0..PAIRS {
        // Each of the two begins every second pair.
        let (of_few, of_many) = if turn % 2 == 0 {
            let of_few = few.cost_of_round()?;
            (of_few, many.cost_of_round()?)
        } else {
            let of_many = many.cost_of_round()?;
            (few.cost_of_round()?, of_many)
        };
        ratios.push(of_many / of_few);
    }
    let ratio = percentile(&ratios, 0.5);
    report.row(
        "uploads with these sessions",
        format!("{:.2} µs of processor a reading, {}/s", many.cost(), thousands(many.rate())),
        format!("one session: {:.2} µs, {}/s", few.cost(), thousands(few.rate())),
        format!("median of {PAIRS} pairs {ratio:.3}"),
        if ratio <= 1.02 { "≤ 1.02: met" } else { "≤ 1.02: missed" },
    );
    Ok(())
}

/// Uploads while a unit is looked at: from one address, which is recorded once, and from ever new ones, each of which is
/// recorded.
fn with_looks(it: &mut Uploading, report: &mut Report) -> Result<()> {
    let path = format!("/api/v1/units/{}/meters", it.senders[0].code);
    let asked = AtomicUsize::new(0);
    let mut found = [(0.0, Vec::new(), 0.0), (0.0, Vec::new(), 0.0)];
    for round in 0..ROUNDS * 2 {
        let recorded = round % 2;
        it.begin_again();
        let ends = AtomicBool::new(false);
        let url = it.app.url();
        std::thread::scope(|scope| {
            scope.spawn(|| look(&url, &path, recorded == 1, (&ends, &asked)));
            let done = it.round(None);
            ends.store(true, Ordering::Release);
            done
        })?;
        found[recorded].0 += it.readings;
        found[recorded].1.extend(it.times.clone());
        found[recorded].2 += it.seconds;
    }
    let rate = |at: usize| found[at].0 / found[at].2;
    let p95 = |at: usize| percentile(&found[at].1, 0.95);
    report.row(
        &format!("uploads while {LOOKS_PER_SECOND} looks a second are recorded"),
        format!("{}/s, p95 {:.1} ms", thousands(rate(1)), p95(1)),
        format!("the same looks, recorded once: {}/s, p95 {:.1} ms", thousands(rate(0)), p95(0)),
        format!("{:.3}", rate(1) / rate(0)),
        if rate(1) >= 0.95 * rate(0) { "≥ 0.95: met" } else { "≥ 0.95: missed" },
    );
    Ok(())
}

fn look(url: &str, path: &str, anew: bool, (ends, asked): (&AtomicBool, &AtomicUsize)) {
    let client = reqwest::blocking::Client::new();
    let start = Instant::now();
    for turn in 0.. {
        if ends.load(Ordering::Acquire) {
            break;
        }
        let number = asked.fetch_add(1, Ordering::AcqRel);
        let address = if anew {
            format!("10.{}.{}.{}", number >> 16 & 255, number >> 8 & 255, number & 255)
        } else {
            "10.255.255.255".to_owned()
        };
        let sent = client.get(format!("{url}{path}")).header("x-forwarded-for", address).send();
        drop(sent);
        let due = start + Duration::from_secs(1) / LOOKS_PER_SECOND * turn;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
}

/// Views and uploads at a fixed rate, while nobody signs in and while many do.
fn in_a_storm(it: &mut Uploading, report: &mut Report) -> Result<()> {
    let pause = Some(Duration::from_millis(50));
    let mut found: [(Vec<f64>, Vec<f64>); 2] = Default::default();
    let (mut hashed, mut seconds) = (0, 0.0);
    for round in 0..ROUNDS * 2 {
        it.begin_again();
        if round % 2 == 0 {
            it.round(pause)?;
            found[0].1.extend(views(it));
        } else {
            let (app, start) = (Arc::clone(&it.app), Instant::now());
            let (done, count) = sessions::storm(&app, || {
                it.round(pause)?;
                Ok::<_, anyhow::Error>(views(it))
            });
            found[1].1.extend(done?);
            hashed += count;
            seconds += start.elapsed().as_secs_f64();
        }
        found[round % 2].0.extend(it.times.clone());
    }
    let p95 = |of: &Vec<f64>| percentile(of, 0.95);
    for (what, at) in [("uploads", 0), ("a view", 1)] {
        let [calm, storm] = [0, 1].map(|round| {
            let it = &found[round];
            p95(if at == 0 { &it.0 } else { &it.1 })
        });
        report.row(
            &format!("{what} in a storm of sign-ins, p95"),
            format!("{storm:.1} ms, {:.0} passwords hashed a second", hashed as f64 / seconds),
            format!("without it: {calm:.1} ms"),
            format!("{:.2}", storm / calm),
            if storm <= 100.0 { "≤ 100 ms: met" } else { "≤ 100 ms: missed" },
        );
    }
    Ok(())
}

fn views(it: &Uploading) -> Vec<f64> {
    (0..60).map(|at| it.timed(&format!("/api/v1/units?limit={}", 10 + at), &[])).collect()
}
