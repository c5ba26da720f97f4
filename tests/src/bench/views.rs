//! Each view's API, p50 and p95, against the bare statements it stands on.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};

use super::baseline;
use super::report::{Report, percentile};
use crate::support::app::TestApp;
use crate::support::enterprise::Enterprise;
use crate::support::message::{ELECTRICITY, day};

const RUNS: usize = 60;

/// Different questions in turn, so that no answer is a repeated one.
const QUESTIONS: [&str; 6] = [
    "",
    "basis=calorific",
    "region=120116",
    "industry=C31",
    "class=ten_thousand",
    "region=120110&basis=calorific",
];

const VIEWS: [(&str, &str); 6] = [
    ("dual-control", "/api/v1/dual-control?"),
    ("intensity", "/api/v1/intensity?by=region&"),
    ("decomposition", "/api/v1/intensity/decomposition?"),
    ("benchmarks", "/api/v1/benchmarks/0101?"),
    ("inspection-targets", "/api/v1/inspection-targets?"),
    ("units", "/api/v1/units?limit=50&"),
];

pub fn measure(app: &TestApp, report: &mut Report) -> Result<()> {
    report.step("asking the views");
    for (name, path) in VIEWS {
        let times: Vec<f64> = (0..RUNS)
            .map(|run| {
                let question = QUESTIONS[run % QUESTIONS.len()];
                // A subject of one product takes fewer filters.
                let question = if name == "benchmarks" {
                    QUESTIONS[0]
                } else {
                    question
                };
                timed(app, &format!("{path}{question}"))
            })
            .collect();
        row(report, &format!("API {name}"), &times);
    }
    first_after_upload(app, report);
    Ok(())
}

fn row(report: &mut Report, name: &str, times: &[f64]) {
    let (p50, p95) = (percentile(times, 0.5), percentile(times, 0.95));
    let mark = if p95 <= 100.0 { "met" } else { "missed" };
    let figure = format!("p50 {p50:.1} ms, p95 {p95:.1} ms");
    report.row(
        name,
        figure,
        String::new(),
        String::new(),
        &format!("p95 ≤ 100 ms: {mark}"),
    );
}

fn timed(app: &TestApp, path: &str) -> f64 {
    let start = Instant::now();
    let answer = app.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    start.elapsed().as_secs_f64() * 1000.0
}

/// The answer that has to take in what just came: roll-ups and a new snapshot included.
fn first_after_upload(app: &TestApp, report: &mut Report) {
    let terminal = app.terminal(&Enterprise::new("视图之后"));
    let times: Vec<f64> = (1..=12)
        .map(|at| {
            terminal
                .upload(&[day(ELECTRICITY, &format!("2026-01-{at:02}"), 1.0)])
                .received();
            timed(app, "/api/v1/dual-control")
        })
        .collect();
    row(
        report,
        "API dual-control, first answer after an upload",
        &times,
    );
}

/// The same city's bare statements, after the server has stopped.
pub fn compare(data: &Path, report: &mut Report) -> Result<()> {
    report.step("the views' bare statements");
    let data = data.join("data");
    let path = data.to_str().context("a path of UTF-8")?;
    let today = jiff::Zoned::now().date().to_string();
    let answer = baseline::ask(&["views", "--data", path, "--today", &today])?;
    for (view, times) in answer.as_object().context("views")? {
        let times: Vec<f64> = times
            .as_array()
            .context("times")?
            .iter()
            .filter_map(serde_json::Value::as_f64)
            .collect();
        let figure = format!(
            "p50 {:.1} ms, p95 {:.1} ms",
            percentile(&times, 0.5),
            percentile(&times, 0.95)
        );
        report.row(
            &format!("bare SQL {view}"),
            figure,
            String::new(),
            String::new(),
            "",
        );
    }
    Ok(())
}
