//! Bytes per reading on disk.

use std::path::Path;

use anyhow::{Context, Result};

use super::baseline;
use super::report::{Report, thousands};

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
