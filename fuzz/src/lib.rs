//! Holds what the fuzz targets share: the bounds of terminals and imports, and the reading of rows of industry systems.

use std::io::Write;
use std::sync::LazyLock;

use nengce::import::readings::bulk::{Format, Limits, Source};
use nengce::store::imports::column_files;
use nengce_core::reference::Dictionaries;
use nengce_messages::{Bounds, Leniency, NEVER_RETIRED, rejected_entries};

pub const BOUNDS: Bounds = Bounds {
    now: 1_767_225_600,
    future_skew_seconds: 600,
    value_abs_max: 1e12,
    max_entries: 50,
    ends: None,
    rejected_limits: rejected_entries::RejectedLimits::USUAL,
    retired_before: NEVER_RETIRED,
    leniency: Leniency::USUAL,
};

const LIMITS: Limits = Limits {
    bytes: 1 << 20,
    rows: 1_000,
    row_bytes: 4 << 10,
    rejected: 500,
    columnar: column_files::Bounds {
        columns: 64,
        cell_bytes: 4 << 10,
        batch_bytes: 1 << 20,
        parquet_memory_mib: 64,
    },
};

static DICTIONARIES: LazyLock<Dictionaries> = LazyLock::new(Dictionaries::built_in);

/// Reads rows as a file of an industry system: each comes once, in order, read or refused within the limits.
pub fn read_rows(bytes: &[u8], format: Format, gzip: bool) {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("it is written");
    let units = |_: &str| Ok(1);
    let source = Source {
        path: file.path().to_owned(),
        format,
        gzip,
        limits: LIMITS,
        skip: 0,
        bounds: BOUNDS,
        units: &units,
        dictionaries: &DICTIONARIES,
    };
    let mut last = 0;
    let _whole = source.read(&mut |rows| {
        for row in rows {
            assert!(row.number > last, "rows come in order, each once");
            last = row.number;
            match &row.reading {
                Ok(reading) => assert!(reading.value.is_finite()),
                Err(refused) => {
                    assert!(refused.entry.len() < 8 << 10, "what is kept of a row is bounded")
                }
            }
        }
        true
    });
    assert!(last <= LIMITS.rows + 1);
}
