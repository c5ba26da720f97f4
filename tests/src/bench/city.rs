//! The demo city on a server of its own, filled through the terminal protocol as the demo fills it.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tempfile::TempDir;

use super::report::{Report, thousands};
use crate::support::app::TestApp;
use crate::support::server::{ADMIN_TOKEN, Options, command};

/// The longest time that the assessment of the city may take.
const TIMEOUT: Duration = Duration::from_secs(900);

pub(super) struct DemoCity {
    pub app: TestApp,
}

/// Fills a city and returns the seconds; `extra` goes to `nengce simulate`, such as `--units 100`.
pub(super) fn demo(extra: &[String], report: &mut Report) -> Result<DemoCity> {
    report.step("filling the demo city");
    let environment =
        vec![("NENGCE_MAX_REQUESTS_PER_DEVICE_PER_MINUTE".to_owned(), "1000000".to_owned())];
    let app = TestApp::with(Options { environment, ..Options::default() });
    let start = Instant::now();
    let mut simulate = command();
    simulate.args(["simulate", "--server", &app.url(), "--token", ADMIN_TOKEN, "--once"]);
    simulate.args(extra);
    let output = simulate.output()?;
    ensure!(
        output.status.success(),
        "nengce simulate: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let seconds = start.elapsed().as_secs_f64();
    let total = app.get("/api/v1/units?limit=1").ok()["page"]["total"].as_f64().unwrap_or(f64::NAN);
    let figure = format!("{} units in {seconds:.0} s", thousands(total));
    report.row(
        "demo city filled over the protocol",
        figure,
        String::new(),
        String::new(),
        "≤ 60 s",
    );
    report.step("waiting until all of it is assessed");
    let filled = Instant::now();
    let behind = || app.get("/api/v1/quality/status").ok()["behind_days"].as_u64();
    let waited = behind().unwrap_or(0);
    while behind() != Some(0) {
        ensure!(filled.elapsed() < TIMEOUT, "the city is not assessed after {TIMEOUT:?}");
        std::thread::sleep(Duration::from_millis(200));
    }
    let assessed = filled.elapsed().as_secs_f64();
    report.row(
        "demo city assessed after it was filled",
        format!("{assessed:.0} s, {} item-days", thousands(waited as f64)),
        format!("{seconds:.0} s to fill it"),
        format!("{:.2} × the fill", assessed / seconds),
        if assessed <= 60.0 { "met: ≤ 60 s" } else { "missed: ≤ 60 s" },
    );
    Ok(DemoCity { app })
}

impl DemoCity {
    /// Stops the server in the regular way and keeps its folder.
    pub(super) fn stop(self) -> TempDir {
        let mut app = self.app;
        app.server.stop();
        app.server.into_folder()
    }
}
