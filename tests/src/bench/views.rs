//! The p50 and p95 of each view's API, compared with the bare SQL statements behind it.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use super::baseline;
use super::report::{Report, percentile};
use crate::support::app::TestApp;
use crate::support::city_clock::today;
use crate::support::enterprise::Enterprise;
use crate::support::message::{ELECTRICITY, day};

const RUNS: usize = 60;
const STATEMENT_RUNS: usize = 20;

/// Different queries in turn, so that no answer is repeated.
pub(super) const QUESTIONS: [&str; 6] = [
    "",
    "basis=calorific",
    "region=120116",
    "industry=C31",
    "class=ten_thousand",
    "region=120110&basis=calorific",
];

pub(super) const VIEWS: [(&str, &str); 6] = [
    ("dual-control", "/api/v1/dual-control?"),
    ("intensity", "/api/v1/intensity?by=region&"),
    ("decomposition", "/api/v1/intensity/decomposition?"),
    ("benchmarks", "/api/v1/benchmarks/0101?"),
    ("inspection-targets", "/api/v1/inspection-targets?"),
    ("units", "/api/v1/units?limit=50&"),
];

/// p50 and p95 of a view, in milliseconds.
pub(super) struct Times {
    view: &'static str,
    p50: f64,
    p95: f64,
}

pub(super) fn measure(app: &TestApp, report: &mut Report) -> Vec<Times> {
    report.step("asking the views");
    let mut found = Vec::new();
    for (view, path) in VIEWS {
        let times: Vec<f64> = (0..RUNS)
            .map(|run| {
                let question = QUESTIONS[run % QUESTIONS.len()];
                // A subject of one product takes fewer filters.
                let question = if view == "benchmarks" { QUESTIONS[0] } else { question };
                timed(app, &format!("{path}{question}"))
            })
            .collect();
        found.push(Times { view, p50: percentile(&times, 0.5), p95: percentile(&times, 0.95) });
    }
    found.push(first_after_upload(app));
    found
}

fn timed(app: &TestApp, path: &str) -> f64 {
    let start = Instant::now();
    let answer = app.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    start.elapsed().as_secs_f64() * 1000.0
}

/// The time of an answer that includes data that has just come: with roll-ups and a new snapshot.
fn first_after_upload(app: &TestApp) -> Times {
    let terminal = app.terminal(&Enterprise::new("视图之后"));
    let times: Vec<f64> = (1..=12)
        .map(|at| {
            terminal.upload(&[day(ELECTRICITY, &format!("2026-01-{at:02}"), 1.0)]).received();
            timed(app, "/api/v1/dual-control")
        })
        .collect();
    Times {
        view: "dual-control, first answer after an upload",
        p50: percentile(&times, 0.5),
        p95: percentile(&times, 0.95),
    }
}

/// Measures the bare statements on the same city after the server has stopped.
pub(super) fn compare(data: &Path, found: &[Times], report: &mut Report) -> Result<()> {
    report.step("the views' bare statements");
    let data = data.join("data");
    let today = today().to_string();
    let statements = baseline::time_views(&data, STATEMENT_RUNS, &today)?;
    for it in found {
        let subject = it.view.split(',').next().unwrap_or_default();
        let bare = statements.iter().find(|(view, _)| *view == subject).map(|it| &it.1);
        let figure = |p50: f64, p95: f64| format!("p50 {p50:.1} ms, p95 {p95:.1} ms");
        let (baseline, ratio) = match bare {
            Some(times) => {
                let (p50, p95) = (percentile(times, 0.5), percentile(times, 0.95));
                (format!("bare SQL {}", figure(p50, p95)), format!("{:.2}", it.p95 / p95))
            }
            None => (String::new(), String::new()),
        };
        let target = if it.p95 <= 100.0 { "met" } else { "missed" };
        report.row(
            &format!("API {}", it.view),
            figure(it.p50, it.p95),
            baseline,
            ratio,
            &format!("p95 ≤ 100 ms: {target}"),
        );
    }
    Ok(())
}
