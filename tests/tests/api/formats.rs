//! A database and a snapshot of each format that was ever written, opened by this version with the same figures.
//! `UPDATE_FORMATS=1 cargo xtask test api -- formats` writes those of this version anew.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::{GzDecoder, GzEncoder};
use nengce_analysis::codec;
use nengce_shared::basis::Basis;
use nengce_shared::month::Month;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::server::Options;
use nengce_tests::support::sources::workspace;
use serde_json::{Map, Value};

const DATABASE: &str = "nengce.duckdb.gz";
const SNAPSHOT: &str = "snapshot.bin";
const FIGURES: &str = "figures.json";

/// The name of a figure, its API path, and its place in the answer; of a list the length counts. The files keep the
/// names, so paths may change.
const OF_DATABASE: [(&str, &str, &str); 9] = [
    ("units", "/api/v1/units?limit=100", "/rows"),
    ("devices", "/api/v1/devices", "/rows"),
    ("uploads", "/api/v1/uploads?limit=100", "/rows"),
    ("findings", "/api/v1/quality/findings?state=all&limit=100", "/rows"),
    ("replaced values", "/api/v1/replacements?limit=100", "/rows"),
    ("tce of 2025", "/api/v1/dual-control?from=2025&to=2025", "/total/value"),
    ("tce of 2024", "/api/v1/dual-control?from=2025&to=2025", "/total/previous"),
    ("regions", "/api/v1/dual-control?from=2025&to=2025", "/regions"),
    ("energy flow", "/api/v1/energy-flow?from=2025&to=2025", "/total_tce"),
];

fn formats() -> PathBuf {
    workspace().join("tests/fixtures/formats")
}

fn of_database(app: &TestApp) -> Map<String, Value> {
    app.wait_until_assessed();
    let figure = |(name, path, place): &(&str, &str, &str)| {
        let answer = app.get(path).ok();
        let found = answer.pointer(place).unwrap_or_else(|| panic!("{path}: no {place}: {answer}"));
        let found = found.as_array().map_or(found.clone(), |it| it.len().into());
        ((*name).to_owned(), found)
    };
    OF_DATABASE.iter().map(figure).collect()
}

fn of_snapshot(bytes: &[u8]) -> Map<String, Value> {
    let snapshot = codec::decode(bytes).expect("a snapshot");
    let sum = |year: i16, figure: &dyn Fn(usize, Month) -> Option<f64>| -> f64 {
        let months = snapshot.all_months().filter(|it| it.year() == year);
        months
            .flat_map(|month| (0..snapshot.units.len()).map(move |unit| (unit, month)))
            .filter_map(|(unit, month)| figure(unit, month))
            .sum()
    };
    let mut figures = Map::new();
    for year in [2024, 2025] {
        let tce = sum(year, &|unit, month| snapshot.tce_of_all(Basis::Equivalent, unit, month));
        let value_added = sum(year, &|unit, month| snapshot.value_added(unit, month));
        figures.insert(format!("snapshot: tce of {year}"), tce.into());
        figures.insert(format!("snapshot: value added of {year}"), value_added.into());
    }
    figures
}

/// Packs the files of a stopped server, together with its figures.
fn write(folder: &Path) {
    let City { app, .. } = City::new();
    let snapshot = app.get_with("/api/v1/snapshot", &[("accept-encoding", "identity")]);
    let mut figures = of_database(&app);
    figures.append(&mut of_snapshot(&snapshot.body));
    let left = app.server.into_folder();
    let database = fs::read(left.path().join("data/nengce.duckdb")).expect("a database");
    let mut packed = Vec::new();
    GzEncoder::new(&database[..], Compression::best()).read_to_end(&mut packed).expect("it packs");
    fs::create_dir_all(folder).expect("a folder");
    let text = serde_json::to_string_pretty(&figures).expect("JSON") + "\n";
    for (name, bytes) in
        [(DATABASE, &packed), (SNAPSHOT, &snapshot.body), (FIGURES, &text.into_bytes())]
    {
        fs::write(folder.join(name), bytes).expect("it is written");
    }
}

/// Whether figures are equal up to the rounding of figures that are sent in whole steps.
#[track_caller]
fn check(found: &Map<String, Value>, folder: &Path) {
    let text = fs::read(folder.join(FIGURES)).expect("figures");
    let written: Map<String, Value> = serde_json::from_slice(&text).expect("JSON");
    for (name, value) in found {
        let (value, expected) = (value.as_f64(), written[name].as_f64());
        let is_equal = match (value, expected) {
            (Some(value), Some(expected)) => (value - expected).abs() <= 1e-6 * expected.abs(),
            _ => false,
        };
        assert!(is_equal, "{}: {name}: {value:?}, written {expected:?}", folder.display());
    }
}

#[test]
fn what_earlier_versions_wrote_is_opened_with_the_same_figures() {
    if std::env::var_os("UPDATE_FORMATS").is_some() {
        write(&formats().join(env!("CARGO_PKG_VERSION")));
    }
    let mut opened = 0;
    for entry in fs::read_dir(formats()).expect("formats") {
        let folder = entry.expect("a format").path();
        check(&of_snapshot(&fs::read(folder.join(SNAPSHOT)).expect("a snapshot")), &folder);
        let data = tempfile::tempdir().expect("a folder");
        let mut database = Vec::new();
        let packed = fs::read(folder.join(DATABASE)).expect("a database");
        GzDecoder::new(&packed[..]).read_to_end(&mut database).expect("it unpacks");
        fs::write(data.path().join("nengce.duckdb"), database).expect("a copy");
        let app =
            TestApp::with(Options { data: Some(data.path().to_owned()), ..Options::default() });
        check(&of_database(&app), &folder);
        opened += 1;
    }
    assert!(opened > 0, "at least one format is kept");
}
