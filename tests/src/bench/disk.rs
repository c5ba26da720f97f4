//! Bytes per reading on disk: of the demo city with everything, and of 15-minute readings before and after compaction.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::report::{Report, thousands};
use super::{baseline, quarters};

pub(super) fn measure(folder: &Path, report: &mut Report) -> Result<()> {
    report.step("the file on disk");
    let (bytes, readings) = baseline::size(&folder.join("data"))?;
    let (bytes, readings) = (bytes as f64, readings as f64);
    report.row(
        "disk, demo city with roll-ups",
        format!("{:.1} bytes a reading", bytes / readings),
        format!("{} readings, {:.0} MB", thousands(readings), bytes / 1e6),
        String::new(),
        "",
    );
    Ok(())
}

/// The target: bytes of a stored 15-minute reading after compaction.
const MOST_BYTES: f64 = 6.0;

/// A year of quarter-hours, sent day by day as terminals do; then the nightly run.
pub(super) fn compaction(report: &mut Report) -> Result<()> {
    report.step("a year of 15-minute readings, sent day by day");
    let app = super::server::server();
    quarters::fill(&app);
    let answer = app.admin_post(
        "/api/v1/maintenance/compact",
        json!({ "all": true }).to_string().into_bytes(),
        "application/json",
    );
    ensure!(answer.status == 200, "compaction: {}", answer.text());
    let done = answer.ok();
    let figure = |name: &str| done[name].as_f64().with_context(|| name.to_owned());
    let readings = figure("readings")?;
    let (before, after) = (figure("reading_bytes_before")?, figure("reading_bytes_after")?);
    let each = after / readings;
    report.row(
        "disk, 15-minute readings, compacted",
        format!("{each:.1} bytes a reading"),
        format!("{:.1} before compaction, {} readings", before / readings, thousands(readings)),
        format!("{:.2} × before", after / before),
        if each <= MOST_BYTES { "met: 6" } else { "missed: 6" },
    );
    report.row(
        "disk, the whole file's blocks with roll-ups, quality, uploads",
        format!("{:.1} bytes a reading", figure("used_bytes_after")? / readings),
        format!("{:.1} before compaction", figure("used_bytes_before")? / readings),
        String::new(),
        "",
    );
    Ok(())
}
