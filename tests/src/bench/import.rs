//! Files of 122,000 rows as CSV and as a workbook, previewed and committed, compared with the bare appender on as many
//! readings in the same run.

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use jiff::ToSpan;
use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::baseline;
use super::report::{Report, thousands};
use crate::support::app::TestApp;
use crate::support::enterprise::Enterprise;

const ROWS: usize = 122_000;
const ITEMS: [(&str, &str); 3] = [
    ("kwh", "00-00-0000-023300-11"),
    ("gas", "00-00-0000-011500-11"),
    ("heat", "00-00-0000-023200-11"),
];
const FIRST: DateTime = DateTime::constant(2021, 1, 1, 0, 0, 0, 0);
const TARGET: &str = "< 10 s";

fn cells(row: usize) -> Vec<String> {
    let at = FIRST.saturating_add((row as i64 * 15).minutes());
    let value = |item: usize| format!("{}", ((row * 7 + item * 13) % 977) as f64 + 0.25);
    let mut cells = vec![at.strftime("%Y-%m-%d %H:%M").to_string()];
    cells.extend((0..ITEMS.len()).map(value));
    cells
}

fn header() -> Vec<String> {
    let names = ITEMS.iter().map(|it| it.0.to_owned());
    std::iter::once("time".to_owned()).chain(names).collect()
}

fn text() -> Vec<u8> {
    let mut text = header().join(",");
    for row in 0..ROWS {
        text.push('\n');
        text.push_str(&cells(row).join(","));
    }
    text.into_bytes()
}

fn workbook() -> Result<Vec<u8>> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in (0u32..).zip(std::iter::once(header()).chain((0..ROWS).map(cells))) {
        for (column, cell) in (0u16..).zip(row) {
            match cell.parse::<f64>() {
                Ok(it) => sheet.write_number(line, column, it)?,
                Err(_) => sheet.write_string(line, column, cell)?,
            };
        }
    }
    Ok(book.save_to_buffer()?)
}

fn query(unit: &str) -> String {
    let items: Vec<Value> = ITEMS
        .iter()
        .map(|(column, code)| json!({"column": column, "data_code": code, "multiplier": 0.001}))
        .collect();
    let mapping = json!({"kind": "readings", "unit": unit, "time_column": "time", "interval": "15m",
                         "items": items, "fields": []});
    let encoded: String = mapping.to_string().bytes().map(|it| format!("%{it:02X}")).collect();
    format!("file=bench&mapping={encoded}")
}

/// Seconds of a preview, and of a commit from its first byte until its job says that it is done.
fn import(app: &TestApp, file: &[u8]) -> Result<(f64, f64)> {
    let query = query(&Enterprise::new("导入").code);
    let send = |step: &str| {
        let path = format!("/api/v1/imports/readings/{step}?{query}");
        app.admin_post(&path, file.to_vec(), "application/octet-stream")
    };
    let start = Instant::now();
    let preview = send("preview").ok();
    ensure!(preview["rows_good"] == ROWS, "the preview: {preview}");
    let seen = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let job = send("jobs");
    ensure!(job.status == 202, "the job: {}", job.text());
    let id = job.json()["job_id"].clone();
    loop {
        let job = app.admin_get(&format!("/api/v1/imports/jobs/{id}")).ok();
        match job["state"].as_str() {
            Some("running") => std::thread::sleep(Duration::from_millis(20)),
            Some("done") if job["stored"] == ROWS * ITEMS.len() => break,
            _ => bail!("the job: {job}"),
        }
    }
    Ok((seen, start.elapsed().as_secs_f64()))
}

pub(super) fn measure(report: &mut Report) -> Result<()> {
    let app = TestApp::new();
    let readings = ROWS * ITEMS.len();
    let folder = tempfile::tempdir()?;
    report.step("the bare appender on as many readings as the file has");
    let load = baseline::Load { rows: readings, terminals: 1, entries: 1_000 };
    let raw = baseline::append_readings(folder.path(), load, 20_000)?.as_secs_f64();
    for (format, file) in [("CSV", text()), ("XLSX", workbook()?)] {
        report.step(&format!("importing {} rows of {format}", thousands(ROWS as f64)));
        let (seen, spent) = import(&app, &file)?;
        let what = format!("{} rows × {} items", thousands(ROWS as f64), ITEMS.len());
        report.row(
            &format!("import {format}, {what}"),
            format!("{spent:.2} s"),
            format!("{raw:.2} s bare append"),
            format!("{:.1} ×", spent / raw),
            TARGET,
        );
        report.row(
            &format!("preview {format}, {what}"),
            format!("{seen:.2} s"),
            String::new(),
            String::new(),
            TARGET,
        );
    }
    Ok(())
}
