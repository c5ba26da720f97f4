//! A terminal sends months that its platform does not have: how many of its values the platform keeps in a second, against
//! messages of the same size that were written beforehand and go over one connection.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use nengce_engine::{DAY, Engine, Kind, Point, Sample, Settings, seconds_of};

use super::ingest;
use super::report::{Report, thousands};
use super::usage;
use crate::support::app::TestApp;
use crate::support::enterprise::Enterprise;
use crate::support::server;

const POINTS: i64 = 500;
/// Six months; another number of days may be given.
const DAYS: i64 = 183;
const QUARTER: i64 = 900;
/// Seconds after a day's end at which all of it is due.
const SETTLED: i64 = 1_800;
/// The mark.
const LEAST_PER_SECOND: f64 = 50_000.0;
/// Values of one message.
const MESSAGE: u32 = 5_000;
/// Messages that are written beforehand.
const MESSAGES: u32 = 200;
/// It is given up where nothing more arrives for this long.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) fn measure(extra: &[String], report: &mut Report) -> Result<()> {
    let days: i64 = extra.first().map_or(Ok(DAYS), |it| it.parse()).context("a number of days")?;
    ensure!((1..=300).contains(&days), "1 to 300 days of 2026");
    report.step("a terminal's store of months");
    let folder = tempfile::tempdir()?;
    let values = fill(folder.path().join("store"), days)?;
    report.step("the terminal sends them");
    let platform = super::server::server();
    configure(folder.path(), &platform.url())?;
    let started = Instant::now();
    let terminal = Terminal::start(folder.path())?;
    wait_until_kept(&platform, values)?;
    let seconds = started.elapsed().as_secs_f64();
    let client = usage::processor_seconds(terminal.0.id())?;
    let at_server = usage::processor_seconds(platform.server.pid())?;
    drop((terminal, platform));
    report.step("messages that were written beforehand");
    let ready = ingest::one_connection(MESSAGE, MESSAGES)?;
    let rate = values as f64 / seconds;
    let verdict = if rate >= LEAST_PER_SECOND { "met" } else { "missed" };
    report.row(
        &format!("backfill: {days} days of {POINTS} points, {} values", thousands(values as f64)),
        format!("{} values/s kept", thousands(rate)),
        format!("written beforehand, one connection: {}/s", thousands(ready)),
        format!("{:.2}", rate / ready),
        &format!("≥ {}/s: {verdict}", thousands(LEAST_PER_SECOND)),
    );
    let per_value = |it: f64| it / values as f64 * 1e6;
    report.row(
        "  cost",
        format!(
            "terminal {:.2} µs a value, server {:.2} µs",
            per_value(client),
            per_value(at_server)
        ),
        String::new(),
        String::new(),
        "",
    );
    Ok(())
}

/// Takes samples of each quarter-hour into a store; the number of values that are due then.
fn fill(store: std::path::PathBuf, days: i64) -> Result<u64> {
    let settings = Settings { folder: store, max_disk_mb: 8_192, ..Settings::default() };
    let mut engine = Engine::open(settings, &["city".into()])?;
    let table = (0..POINTS).map(point).collect::<Result<Vec<_>>>()?;
    let start = seconds_of(2026, 1, 1);
    engine.set_points(&table, start)?;
    let sample = |it: &Point| Sample { point: it.id.clone(), at: start, value: 0.0 };
    let mut samples: Vec<Sample> = table.iter().map(sample).collect();
    let end = start + days * DAY;
    for at in (start..=end).step_by(QUARTER as usize) {
        for (step, it) in (1_u32..).zip(&mut samples) {
            it.value += 0.01 * f64::from(step);
            it.at = at;
        }
        engine.take(&samples, at)?;
    }
    engine.tick(end + SETTLED)?;
    // Each day has its quarter-hours and its total, each month its own.
    let last = jiff::civil::date(2026, 1, 1).saturating_add(jiff::Span::new().days(days - 1));
    let months = i64::from(last.month());
    Ok(u64::try_from(POINTS * (days * (DAY / QUARTER + 1) + months))?)
}

fn point(number: i64) -> Result<Point> {
    let mut point = Point::new(&format!("P{number:04}"), &format!("进线 {number}"), Kind::Counter);
    (point.source, point.address) = ("plc".into(), number.to_string());
    let code = format!("{:02}-{:02}-0000-023300-11", 1 + number / 90, 1 + number % 90);
    point.data_code = Some(code.parse().map_err(|error| anyhow::anyhow!("{code}: {error}"))?);
    Ok(point)
}

/// The terminal's clock has passed the end of what it holds; its source is not there.
fn configure(folder: &std::path::Path, centre: &str) -> Result<()> {
    let Enterprise { name, code, region, .. } = Enterprise::numbered(1, "补传厂");
    let text = format!(
        "[plant]\nname = \"{name}\"\nenterprise_code = \"{code}\"\nregion = \"{region}\"\nindustry_code = \"C3110\"\n\
         [page]\nlisten = \"127.0.0.1:0\"\n[store]\nfolder = \"store\"\nmax_disk_mb = 8192\n\
         [[source]]\nname = \"plc\"\nkind = \"modbus_tcp\"\nhost = \"127.0.0.1\"\nport = 9\nevery_seconds = 86400\n\
         [[centre]]\nname = \"city\"\nurl = \"{centre}\"\njitter_seconds = 0\nupload_time = \"00:00:00\"\n\
         max_values_per_message = {MESSAGE}\nbackfill_values_per_second = 100000000\ntimeout_seconds = 60\n"
    );
    Ok(fs::write(folder.join("terminal.toml"), text)?)
}

struct Terminal(Child);

impl Terminal {
    fn start(folder: &std::path::Path) -> Result<Self> {
        let binary = server::binary().with_file_name("nengce-terminal");
        let mut command = Command::new(&binary);
        command.args(["run", "--config"]).arg(folder.join("terminal.toml"));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self(command.spawn().with_context(|| format!("{} does not start", binary.display()))?))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn wait_until_kept(platform: &TestApp, values: u64) -> Result<()> {
    let (mut before, mut since) = (0, Instant::now());
    loop {
        let kept = kept(platform);
        if kept >= values {
            ensure!(kept == values, "{kept} values were kept of {values}");
            return Ok(());
        }
        if kept > before {
            (before, since) = (kept, Instant::now());
        }
        if since.elapsed() > PATIENCE {
            bail!("{kept} values were kept of {values}, and no more come");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn kept(platform: &TestApp) -> u64 {
    let text = platform.admin_get("/metrics").text().to_owned();
    let count = text.lines().find_map(|it| it.strip_prefix("nengce_readings_committed_total "));
    count.and_then(|it| it.trim().parse::<f64>().ok()).unwrap_or(0.0) as u64
}
