//! Lists of 3,369 rows (units, economy, targets and records) compared with a tenth of the rows in the same run;
//! quadratic work would take a hundred times as long.

use std::time::Instant;

use anyhow::{Result, ensure};

use super::report::{Report, thousands};
use crate::support::app::TestApp;
use crate::support::enterprise::Enterprise;
use crate::support::message::ELECTRICITY;

const ROWS: usize = 3_369;
const TARGET: f64 = 1.0;

/// Enterprises of one run: each list of units has its own.
fn code(of: usize, row: usize) -> String {
    Enterprise::numbered((of * 5_000 + row) as u32, "名单").code
}

fn units(of: usize, rows: usize, name: &str) -> String {
    let mut text = String::from("enterprise_code,name,region_code,industry_code\n");
    for row in 0..rows {
        text.push_str(&format!("{},{name}{row},120116,C3120\n", code(of, row)));
    }
    text
}

fn economy(rows: usize) -> String {
    let mut text = String::from("region_code,month,value_added\n");
    for row in 0..rows {
        let (region, month) = (row / 250, row % 250);
        text.push_str(&format!(
            "1201{:02},{}-{:02},{}.5\n",
            [1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 17, 18][region],
            2001 + month / 12,
            month % 12 + 1,
            100 + row
        ));
    }
    text
}

fn targets(of: usize, rows: usize) -> String {
    let mut text = String::from("scope,code,kind,from_year,to_year,value\n");
    for row in 0..rows {
        text.push_str(&format!("unit,{},total_tce,2025,2025,{}\n", code(of, row), 1_000 + row));
    }
    text
}

fn records(of: usize, rows: usize) -> String {
    let mut text = String::from("enterpriseCode,dataCode,statType,statDate,dataValue\n");
    for row in 0..rows {
        let code = code(of, row);
        text.push_str(&format!("{code},{ELECTRICITY},1,2026-03-01,{}\n", row + 1));
    }
    text
}

/// Seconds of an import whose rows all count.
fn import(app: &TestApp, kind: &str, text: &str) -> Result<f64> {
    let start = Instant::now();
    let report = app.import(kind, "list.csv", text);
    let seconds = start.elapsed().as_secs_f64();
    ensure!(report["rejected"] == 0, "{kind}: {report}");
    Ok(seconds)
}

pub(super) fn measure(report: &mut Report) -> Result<()> {
    report.step(&format!("lists of {} rows", thousands(ROWS as f64)));
    let app = TestApp::new();
    let few = ROWS / 10;
    let lists = [
        ("units", units(0, few, "单位"), units(1, ROWS, "单位")),
        ("units, every one renamed", units(0, few, "改名"), units(1, ROWS, "改名")),
        ("economy", economy(few), economy(ROWS)),
        ("targets", targets(0, few), targets(1, ROWS)),
        ("records", records(0, few), records(1, ROWS)),
    ];
    for (name, tenth, whole) in lists {
        let kind = name.split(',').next().unwrap_or(name);
        let tenth = import(&app, kind, &tenth)?;
        let whole = import(&app, kind, &whole)?;
        report.row(
            &format!("import {name}, {} rows", thousands(ROWS as f64)),
            format!("{whole:.2} s"),
            format!("{tenth:.2} s, {few} rows"),
            format!("{:.1} × for 10 ×", whole / tenth),
            if whole < TARGET { "met: < 1 s" } else { "missed: < 1 s" },
        );
    }
    Ok(())
}
