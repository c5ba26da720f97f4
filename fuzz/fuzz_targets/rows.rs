//! Rows of industry systems (NDJSON, CSV, either packed) and sheets of people (CSV, XLSX): every row is read or refused.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use nengce::import::bulk::{Format, Source};
use nengce::import::sheet::Sheet;
use nengce_core::ingest::{Bounds, NEVER_RETIRED};

const BOUNDS: Bounds = Bounds {
    now: 1_767_225_600,
    future_skew_seconds: 600,
    value_abs_max: 1e12,
    max_entries: 50,
    ends: None,
    keep: nengce_core::ingest::refusals::Keep::USUAL,
    retired_before: NEVER_RETIRED,
    habits: nengce_core::ingest::Habits::USUAL,
};

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    if kind & 4 != 0 {
        if let Ok(sheet) = Sheet::read(bytes) {
            let width = sheet.header.len();
            assert!(sheet.rows.iter().all(|row| row.cells.len() <= width.max(1_024)));
        }
        return;
    }
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("it is written");
    let units = |_: &str| Ok(1);
    let source = Source {
        path: file.path().to_owned(),
        format: if kind & 1 == 0 { Format::Ndjson } else { Format::Csv },
        gzip: kind & 2 != 0,
        max_bytes: 1 << 20,
        skip: 0,
        bounds: BOUNDS,
        units: &units,
    };
    let mut last = 0;
    let _whole = source.read(&mut |rows| {
        for row in rows {
            assert!(row.number > last, "rows come in order, each once");
            last = row.number;
            if let Ok(reading) = &row.reading {
                assert!(reading.value.is_finite());
            }
        }
        true
    });
});
