//! The cube: size on the wire by encoding, time to build, decode and group, beside bare SQL over the same
//! facts. The same code runs in the browser; there it is measured by `interaction`.

use std::time::Instant;

use anyhow::{Context, Result};
use nengce_analysis::cube::{Cube, Dim, Filter};
use serde_json::Value;

use super::report::{Report, percentile, thousands};
use super::{baseline, encodings};

/// What a measured city is called, and its size: units, periods, by day.
const CITIES: [(&str, &str, &str, bool); 4] = [
    ("months, 100 units × 10 × 36", "100", "36", false),
    ("months, 1,000 units × 10 × 36", "1000", "36", false),
    ("months, 17,000 units × 10 × 36", "17000", "36", false),
    ("days, 1,000 units × 10 × 1,096", "1000", "1096", true),
];

/// The city whose cube is sent whole.
const SENT: usize = 1;
const MOST_BYTES: f64 = 1.5e6;

pub fn measure(report: &mut Report) -> Result<()> {
    for (at, (name, units, periods, by_day)) in CITIES.into_iter().enumerate() {
        report.step(&format!("the cube: {name}"));
        let folder = tempfile::tempdir()?;
        let path = folder.path().to_str().context("a path of UTF-8")?;
        let mut arguments = vec!["cube", "--folder", path, "--units", units, "--periods", periods];
        if by_day {
            arguments.push("--by-day");
        }
        let answer = baseline::ask(&arguments)?;
        let facts = answer["facts"].as_f64().context("facts")?;
        report.row(
            &format!("cube of {name}: built from {} facts", thousands(facts)),
            format!("{:.0} ms", answer["build_ms"].as_f64().context("build_ms")?),
            String::new(),
            String::new(),
            &format!(
                "largest difference from SQL {:.1e}",
                answer["difference"].as_f64().context("difference")?
            ),
        );
        questions(name, &answer, report);
        let bytes = std::fs::read(folder.path().join("cube.bin"))?;
        decoding(name, &bytes, report)?;
        if at == SENT {
            sizes(&bytes, report)?;
        }
        if name.contains("17,000") {
            coarser(name, &bytes, report)?;
        }
    }
    Ok(())
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1000.0
}

fn questions(name: &str, answer: &Value, report: &mut Report) {
    for it in answer["asked"].as_array().into_iter().flatten() {
        let times = |side: &str| -> Vec<f64> {
            let all = it[side].as_array().into_iter().flatten();
            all.filter_map(Value::as_f64).collect()
        };
        let (sql, cube) = (times("sql"), times("cube"));
        let figure = |times: &[f64]| {
            format!("p50 {:.2} ms, p95 {:.2} ms", percentile(times, 0.5), percentile(times, 0.95))
        };
        let ratio = percentile(&cube, 0.95) / percentile(&sql, 0.95);
        let met = percentile(&cube, 0.95) <= 10.0 && ratio <= 1.2;
        report.row(
            &format!("{}, {name}", it["question"].as_str().unwrap_or_default()),
            figure(&cube),
            format!("bare SQL {}", figure(&sql)),
            format!("{ratio:.3}"),
            &format!("p95 ≤ 10 ms and ≤ 1.2: {}", if met { "met" } else { "missed" }),
        );
    }
}

fn decoding(name: &str, bytes: &[u8], report: &mut Report) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        std::hint::black_box(Cube::decode(bytes)?.cells());
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    report.row(
        &format!("decode, {name}"),
        format!("{:.2} ms", percentile(&times, 0.5)),
        format!("{:.1} MB before brotli", bytes.len() as f64 / 1e6),
        String::new(),
        "",
    );
    Ok(())
}

fn sizes(bytes: &[u8], report: &mut Report) -> Result<()> {
    report.step("sizes by encoding");
    let cube = Cube::decode(bytes)?;
    let own = encodings::brotli(bytes, 5)?.len() as f64;
    for (encoding, size, packed) in encodings::all(&cube, bytes)? {
        let mark = match encoding {
            encodings::OWN if own <= MOST_BYTES => "≤ 1.5 MB: met",
            encodings::OWN => "≤ 1.5 MB: missed",
            _ => "",
        };
        report.row(
            &format!("wire, {encoding}"),
            format!("{:.2} MB", packed as f64 / 1e6),
            format!("{:.2} MB before brotli", size as f64 / 1e6),
            format!("{:.2}", packed as f64 / own),
            mark,
        );
    }
    Ok(())
}

fn coarser(name: &str, bytes: &[u8], report: &mut Report) -> Result<()> {
    let cube = Cube::decode(bytes)?;
    let start = Instant::now();
    let coarse = cube.coarsened();
    let took = start.elapsed().as_secs_f64() * 1000.0;
    let encoded = coarse.encode();
    let packed = encodings::brotli(&encoded, 5)?.len();
    let mut times = Vec::new();
    for at in 0..20 {
        let mut filter = Filter::all(&coarse);
        filter.periods = at..at + 12;
        times.push(milliseconds(|| {
            std::hint::black_box(coarse.group(&filter, &[Dim::Region, Dim::Energy]));
        }));
    }
    report.row(
        &format!("coarser by itself, {name}"),
        format!(
            "{} cells, group p95 {:.2} ms",
            thousands(coarse.cells() as f64),
            percentile(&times, 0.95)
        ),
        format!("{:.2} MB sent", packed as f64 / 1e6),
        String::new(),
        &format!("coarsened in {took:.0} ms"),
    );
    Ok(())
}
