//! The cube: size on the wire by encoding, time to build and decode, and its difference from SQL over the same facts.

use std::time::Instant;

use anyhow::Result;
use nengce_analysis::cube::Cube;

use super::baseline::cube::{Size, measure as build};
use super::encodings;
use super::report::{Report, percentile, thousands};

/// The name and size of a measured city: units, periods, and whether by day.
const CITIES: [(&str, u32, u32, bool); 4] = [
    ("months, 100 units × 10 × 36", 100, 36, false),
    ("months, 1,000 units × 10 × 36", 1_000, 36, false),
    ("months, 17,000 units × 10 × 36", 17_000, 36, false),
    ("days, 1,000 units × 10 × 1,096", 1_000, 1_096, true),
];

/// The city whose cube is sent whole.
const SENT: usize = 1;
const MOST_BYTES: f64 = 1.5e6;

pub(super) fn measure(report: &mut Report) -> Result<()> {
    for (at, (name, units, periods, by_day)) in CITIES.into_iter().enumerate() {
        report.step(&format!("the cube: {name}"));
        let folder = tempfile::tempdir()?;
        let found = build(folder.path(), Size { units, items: 10, periods, by_day })?;
        report.row(
            &format!("cube of {name}: built from {} facts", thousands(found.cube.cells() as f64)),
            format!("{:.0} ms", found.build_ms),
            String::new(),
            String::new(),
            &format!("largest difference from SQL {:.1e}", found.difference),
        );
        let bytes = found.cube.encode();
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
        let target = match encoding {
            encodings::OWN_ENCODING if own <= MOST_BYTES => "≤ 1.5 MB: met",
            encodings::OWN_ENCODING => "≤ 1.5 MB: missed",
            _ => "",
        };
        report.row(
            &format!("wire, {encoding}"),
            format!("{:.2} MB", packed as f64 / 1e6),
            format!("{:.2} MB before brotli", size as f64 / 1e6),
            format!("{:.2}", packed as f64 / own),
            target,
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
    report.row(
        &format!("coarser by itself, {name}"),
        format!("{} cells", thousands(coarse.cells() as f64)),
        format!("{:.2} MB sent", packed as f64 / 1e6),
        String::new(),
        &format!("coarsened in {took:.0} ms"),
    );
    Ok(())
}
