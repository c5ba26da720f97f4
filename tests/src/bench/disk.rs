//! Bytes per reading on disk: of the demo city with everything, and of 15-minute readings before and after compaction.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::baseline;
use super::report::{Report, thousands};
use crate::support::enterprise::Enterprise;
use crate::support::message::quarters;

pub fn measure(folder: &Path, report: &mut Report) -> Result<()> {
    report.step("the file on disk");
    let data = folder.join("data");
    let answer = baseline::ask(&["size", "--data", data.to_str().context("a path of UTF-8")?])?;
    let (bytes, readings) = (
        answer["bytes"].as_f64().context("bytes")?,
        answer["readings"].as_f64().context("readings")?,
    );
    report.row(
        "disk, demo city with roll-ups",
        format!("{:.1} bytes a reading", bytes / readings),
        format!("{} readings, {:.0} MB", thousands(readings), bytes / 1e6),
        String::new(),
        "",
    );
    Ok(())
}

const UNITS: u32 = 4;
const DAYS: i32 = 365;
/// Energy types of each unit, electricity among them.
const TYPES: [&str; 5] = ["3300", "1500", "3200", "0100", "2200"];
/// The mark: bytes of a stored 15-minute reading after compaction.
const MOST_BYTES: f64 = 6.0;

/// A year of quarter-hours, sent day by day as terminals do; then the nightly run.
pub fn compaction(report: &mut Report) -> Result<()> {
    report.step("a year of 15-minute readings, sent day by day");
    let app = super::ingest::server();
    let units: Vec<Enterprise> = (0..UNITS)
        .map(|at| Enterprise::numbered(8_800 + at, "刻钟"))
        .collect();
    let terminals: Vec<_> = units.iter().map(|it| app.terminal(it)).collect();
    let mut wave = Wave(0x9E37_79B9);
    for day in 0..DAYS {
        let date = (jiff::civil::date(2025, 1, 1) + jiff::ToSpan::days(day)).to_string();
        for (at, terminal) in terminals.iter().enumerate() {
            let mut entries: Vec<Value> = Vec::new();
            for (item, kind) in TYPES.iter().enumerate() {
                let code = format!("00-00-0000-02{kind}-11");
                let level = 1.0 + (at * TYPES.len() + item) as f64;
                let values: Vec<f64> = (0..96).map(|at| wave.at(level, at)).collect();
                entries.extend(quarters(&code, &date, |at| values[at as usize]));
            }
            terminal.upload(&entries).received();
        }
    }
    let answer = app.admin_post(
        "/api/v1/maintenance/compact",
        json!({ "all": true }).to_string().into_bytes(),
        "application/json",
    );
    ensure!(answer.status == 200, "compaction: {}", answer.text());
    let done = answer.ok();
    let figure = |name: &str| done[name].as_f64().with_context(|| name.to_owned());
    let readings = figure("readings")?;
    let (before, after) = (
        figure("reading_bytes_before")?,
        figure("reading_bytes_after")?,
    );
    let each = after / readings;
    report.row(
        "disk, 15-minute readings, compacted",
        format!("{each:.1} bytes a reading"),
        format!(
            "{:.1} before compaction, {} readings",
            before / readings,
            thousands(readings)
        ),
        format!("{:.2} × before", after / before),
        if each <= MOST_BYTES {
            "met: 6"
        } else {
            "missed: 6"
        },
    );
    report.row(
        "disk, the whole file's blocks with roll-ups, quality, uploads",
        format!(
            "{:.1} bytes a reading",
            figure("used_bytes_after")? / readings
        ),
        format!(
            "{:.1} before compaction",
            figure("used_bytes_before")? / readings
        ),
        String::new(),
        "",
    );
    Ok(())
}

/// A load curve: a level, the hours of the day, and noise, to four digits.
struct Wave(u32);

impl Wave {
    fn at(&mut self, level: f64, quarter: u32) -> f64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = f64::from(self.0 >> 8) / f64::from(1 << 24);
        let hour = f64::from(quarter) / 4.0;
        let shape = 1.0 + 0.4 * ((hour - 13.0) / 24.0 * std::f64::consts::TAU).cos();
        (level * shape * (0.95 + 0.1 * noise) * 1_000.0).round() / 1_000.0
    }
}
